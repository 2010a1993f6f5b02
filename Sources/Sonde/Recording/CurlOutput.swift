/// Reads pasted output of `curl -i` and `curl -v`, of one call or several.
enum CurlOutput {
    /// The calls in the text; empty when it holds no status line and no error of curl's.
    static func calls(in text: String) -> [Recording.Call] {
        var parser = Parser()
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            parser.take(line, number: index + 1)
        }
        return parser.finish()
    }

    private struct Parser {
        private var calls: [Recording.Call] = []
        private var sent = SentLine()
        private var call: Recording.Call?
        private var reason: Substring = ""
        private var bodyLines: [Substring] = []
        private var isInHeaders = false
        /// The last remark that tells of a failure.
        private var remark: String?
        /// The host of which remarks since the last call speak.
        private var remarkedHost: String?
        private var number = 1
        /// The line on which what belongs to the next call begins.
        private var firstLine: Int?

        mutating func take(_ line: Substring, number: Int) {
            self.number = number
            if line.hasPrefix("> ") || line == ">" {
                takeSent(line.dropFirst(2))
            } else if line.hasPrefix("* ") {
                takeRemark(line.dropFirst(2))
            } else if line.hasPrefix("< ") || line == "<" {
                takeReceived(line.dropFirst(2))
            } else if let command = CurlCommand.words(line) {
                flush()
                (sent, remarkedHost, firstLine) = (SentLine(command: command), nil, number)
            } else if !isNoise(line) {
                takePlain(line)
            }
        }

        /// Progress, warnings, and the marks between which `-v` shows bodies.
        private func isNoise(_ line: Substring) -> Bool {
            if line.hasPrefix("{ [") || line.hasPrefix("} [") { return line.hasSuffix(" bytes data]") }
            if line.hasPrefix("Warning: ") || line.hasPrefix("  % Total") || line.contains("--:--:--") || line.contains("Dload  Upload") {
                return true
            }
            return false
        }

        private mutating func takeSent(_ line: Substring) {
            let words = line.split(separator: " ")
            if words.count == 3, words[2].hasPrefix("HTTP/") {
                flush()
                let host = sent.host
                sent = SentLine(method: String(words[0]), target: String(words[1]))
                if sent.host == nil { sent.host = host }
            } else if let colon = line.firstIndex(of: ":") {
                sent.take(header: line[..<colon], line[line.index(after: colon)...])
            }
        }

        private mutating func takeRemark(_ line: Substring) {
            if let host = HostText.find(in: line) {
                remarkedHost = host
                firstLine = firstLine ?? number
            }
            // Remarks of a connection that was made in the end say nothing: only the last words of one that was not count.
            guard call?.status == nil else { return }
            let text = String(line)
            if Self.isFailure(text) { remark = text }
        }

        /// Remarks that end a call, such as `Could not resolve host`, not those that describe a handshake that goes on.
        private static func isFailure(_ line: String) -> Bool {
            let text = FoldedText(line)
            return failures.contains(where: text.contains) && TransportErrorText.read(line) != nil
        }

        private static let failures = [
            "could not resolve", "failed to connect", "connect to", "certificate problem", "timed out", "tunnel failed", "error", "refused",
            "reset", "empty reply",
            "after connect", "alert",
        ].map(FoldedText.init)

        private mutating func takeReceived(_ line: Substring) {
            if line.hasPrefix("HTTP/") {
                begin(line)
            } else if line.isEmpty {
                isInHeaders = false
            } else if isInHeaders {
                takeHeader(line)
            }
        }

        private mutating func takePlain(_ line: Substring) {
            let bare = line.drop { $0 == " " }
            if bare.hasPrefix("HTTP/"), StatusLine.code(bare) != nil {
                begin(bare)
            } else if let error = bare.range(of: "curl: (") {
                if error.lowerBound > bare.startIndex { takeBody(bare[..<error.lowerBound]) }
                takeError(String(bare[error.lowerBound...]))
            } else if isInHeaders {
                if bare.isEmpty { isInHeaders = false } else { takeHeader(bare) }
            } else {
                takeBody(line)
            }
        }

        /// A remark may stand behind a body that had no line end.
        private mutating func takeBody(_ line: Substring) {
            guard call != nil else { return }
            var line = line
            for mark in ["* Connection #", "* Closing connection", "* shutting down", "% "] {
                if let range = line.range(of: mark), mark != "% " || line.hasSuffix("% ") { line = line[..<range.lowerBound] }
            }
            bodyLines.append(line)
        }

        /// `curl: (6) Could not resolve host: …`, the last word of a call that got no answer.
        private mutating func takeError(_ line: String) {
            if let status = StatusLine.returnedError(line), call?.status == nil {
                call = begun(Recording.Call(method: sent.method, path: sent.path, status: status))
            } else if call?.status == nil || call?.isTunnel == true {
                let words = [remark, line].compactMap(\.self).joined(separator: "; ")
                let proxyStatus = call?.isTunnel == true ? call?.status : StatusLine.proxyStatus(line)
                if sent.host == nil, remarkedHost == nil { remarkedHost = HostText.find(in: line) }
                call = begun(
                    Recording.Call(
                        method: sent.method, path: sent.path, transportError: remark == nil ? line : words, proxyStatus: proxyStatus))
            }
            flush()
            sent = SentLine()
        }

        private mutating func begin(_ line: Substring) {
            // `100 Continue`, and what a proxy says to CONNECT when it agrees, come before the answer that counts.
            if let status = call?.status, (100..<200).contains(status) || isAgreement(status) { call = nil }
            flush()
            let status = StatusLine.code(line)
            reason = line.split(separator: " ", maxSplits: 2).dropFirst(2).first ?? ""
            call = begun(Recording.Call(method: sent.method, path: sent.path, status: status, httpVersion: StatusLine.version(line)))
            if sent.isTunnel, let status, !(200..<300).contains(status) { call?.isTunnel = true }
            isInHeaders = true
        }

        /// With what is known of the request.
        private mutating func begun(_ call: Recording.Call) -> Recording.Call {
            var call = call
            (call.host, call.showsKey, call.line) = (sent.host ?? remarkedHost, sent.showsKey, firstLine ?? number)
            (remarkedHost, firstLine) = (nil, nil)
            return call
        }

        private func isAgreement(_ status: Int) -> Bool {
            guard (200..<300).contains(status), bodyLines.allSatisfy(\.isEmpty) else { return false }
            return sent.isTunnel || String(reason).containsFragment("established") || call?.headers.isEmpty == true
        }

        private mutating func takeHeader(_ line: Substring) {
            guard let colon = line.firstIndex(of: ":") else { return }
            call?.headers.add(String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }

        private mutating func flush() {
            if call == nil, let remark, !sent.isTunnel || StatusLine.proxyStatus(remark) != nil {
                call = begun(
                    Recording.Call(
                        method: sent.method, path: sent.path, transportError: remark, proxyStatus: StatusLine.proxyStatus(remark)))
            }
            if var call {
                let isAgreed = call.status.map { (100..<200).contains($0) || (sent.isTunnel && isAgreement($0)) } ?? false
                if call.isTunnel {
                    call.transportError = "CONNECT tunnel failed, response \(call.status ?? 0)"
                    call.proxyStatus = call.status
                    (call.status, call.headers, call.path, call.method) = (nil, Headers(), nil, nil)
                } else {
                    call.body = RecordedBody.pasted(bodyLines.joined(separator: "\n").trimmingBlanks(), headers: call.headers)
                }
                if !isAgreed { calls.append(call) }
            }
            (call, remark, bodyLines, isInHeaders) = (nil, nil, [], false)
        }

        mutating func finish() -> [Recording.Call] {
            flush()
            return calls
        }
    }

    /// What was sent, as far as it is shown.
    private struct SentLine {
        var method: String?
        var path: String?
        var host: String?
        /// Says whether a header with a key stands in it.
        var showsKey = false
        var isTunnel = false

        init() {}

        init(method: String, target: String) {
            isTunnel = method == "CONNECT"
            if isTunnel {
                host = String(target.prefix { $0 != ":" }).lowercased()
            } else {
                (self.method, path) = (method, URLText.path(of: target))
            }
        }

        /// What a command names as a header may be an empty variable: only what was sent shows a key.
        mutating func take(header name: Substring, _ value: Substring) {
            let value = value.split(separator: " ")
            switch name.lowercased() {
            case "host":
                if !isTunnel, let name = value.first { host = String(name.prefix { $0 != ":" }).lowercased() }
            case "authorization": showsKey = value.count > 1
            case "x-api-key", "api-key", "x-goog-api-key": showsKey = !value.isEmpty
            default: break
            }
        }

        init(command: [Substring]) {
            let address = CurlCommand.address(in: command)
            (host, path) = (address.map { BaseURL(scheme: .http, host: $0.host).isLoopback ? $0.server : $0.host }, address?.path)
            let hasBody = command.contains { $0.hasPrefix("-d") || $0.hasPrefix("--data") || $0.hasPrefix("--json") }
            method = path == nil ? nil : hasBody ? "POST" : "GET"
            if let flag = command.firstIndex(where: { $0 == "-X" || $0 == "--request" }), flag + 1 < command.count {
                method = String(command[flag + 1])
            }
        }
    }
}

/// A line that calls curl, as it stands before its output.
enum CurlCommand {
    /// The words after `curl`, quotes taken off; nil when the line is no such command.
    static func words(_ line: Substring) -> [Substring]? {
        let words = line.split { $0 == " " || $0 == "\t" }
        guard let place = words.prefix(3).firstIndex(of: "curl"), words.count > place + 1 else { return nil }
        guard words[..<place].allSatisfy({ $0.hasSuffix("$") || $0 == "%" || $0 == "#" || $0 == ">" }) else { return nil }
        return words[(place + 1)...].map { word in
            let bare = word.drop { "'\"".contains($0) }
            return bare.last.map { "'\"".contains($0) } ?? false ? bare.dropLast() : bare
        }
    }
}

extension CurlCommand {
    /// The address that is asked: the first one that is no option's value, such as that of a proxy or a referrer.
    static func address(in words: [Substring]) -> URLText? {
        var isValue = false
        for word in words {
            if isValue {
                isValue = false
            } else if takesAddress.contains(String(word)) {
                isValue = true
            } else if let url = URLText(word) {
                return url
            }
        }
        return nil
    }

    /// The options behind which an address may stand that is not asked.
    private static let takesAddress: Set<String> = [
        "-x", "--proxy", "--preproxy", "--socks4", "--socks4a", "--socks5", "--socks5-hostname", "-e", "--referer", "-H", "--header",
        "-d", "--data", "--data-raw", "--data-binary", "--json", "-A", "--user-agent", "-o", "--output", "--doh-url",
    ]
}

/// Reads what a status line and errors of curl's say of a status.
enum StatusLine {
    /// `HTTP/1.1 403 Forbidden`, `HTTP/2 403`.
    static func code(_ line: Substring) -> Int? {
        guard let word = line.split(separator: " ").dropFirst().first, word.utf8.count == 3, let code = Int(word),
            (100...999).contains(code)
        else { return nil }
        return code
    }

    static func version(_ line: Substring) -> String {
        String(line.dropFirst(5).prefix { $0 != " " }.prefix(3))
    }

    /// `The requested URL returned error: 403`, with `--fail`.
    static func returnedError(_ line: String) -> Int? { number(after: "returned error: ", in: line) }

    /// `CONNECT tunnel failed, response 407`, `Received HTTP code 407 from proxy after CONNECT`.
    static func proxyStatus(_ line: String) -> Int? {
        number(after: "tunnel failed, response ", in: line) ?? number(after: "HTTP code ", in: line)
    }

    private static func number(after mark: String, in line: String) -> Int? {
        line[...].range(of: mark).flatMap { Int(line[$0.upperBound...].prefix(3)) }
    }
}
