/// Reads pasted output of `curl -i` and `curl -v`, of one call or several.
enum CurlOutput {
    /// The calls in the text; empty when it holds no status line and no error of curl's.
    static func calls(in text: String) -> [Recording.Call] {
        var parser = Parser()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { parser.take(line.hasSuffix("\r") ? line.dropLast() : line) }
        return parser.finish()
    }

    private struct Parser {
        private var calls: [Recording.Call] = []
        private var method: String?
        private var path: String?
        private var call: Recording.Call?
        private var bodyLines: [Substring] = []
        private var isInHeaders = false

        mutating func take(_ line: Substring) {
            switch line.first {
            case ">": takeSent(line.dropFirst().drop { $0 == " " })
            case "*": takeRemark(line.dropFirst().drop { $0 == " " })
            case "<" where line.hasPrefix("< "): takeReceived(line.dropFirst(2))
            case "<" where line == "<": takeReceived("")
            case "{" where line.hasPrefix("{ [") || line.hasPrefix("} ["): break
            default: takePlain(line)
            }
        }

        private mutating func takeSent(_ line: Substring) {
            let words = line.split(separator: " ")
            guard words.count == 3, words[2].hasPrefix("HTTP/") else { return }
            flush()
            (method, path) = (String(words[0]), String(words[1]))
        }

        private mutating func takeRemark(_ line: Substring) {
            // Remarks of a connection that was made in the end say nothing: only the last words of one that was not count.
            guard TransportErrorText.read(String(line)) != nil, call == nil || call?.status == nil, isFailure(line) else { return }
            call = Recording.Call(method: method, path: path, transportError: String(line))
        }

        /// Remarks that end a call, such as `Could not resolve host`, not those that describe a handshake that goes on.
        private func isFailure(_ line: Substring) -> Bool {
            let words = ["could not resolve", "failed to connect", "connect to", "ssl certificate problem", "timed out", "tunnel failed", "error", "refused", "reset", "empty reply", "curl:"]
            return words.contains { String(line).containsFragment($0) }
        }

        private mutating func takeReceived(_ line: Substring) {
            if line.hasPrefix("HTTP/") { begin(line) } else if line.isEmpty { isInHeaders = false } else { takeHeader(line) }
        }

        private mutating func takePlain(_ line: Substring) {
            if line.hasPrefix("HTTP/"), statusCode(line) != nil {
                begin(line)
            } else if line.hasPrefix("curl: (") {
                if call?.status == nil { call = Recording.Call(method: method, path: path, transportError: String(line)) }
            } else if isInHeaders {
                if line.isEmpty { isInHeaders = false } else { takeHeader(line) }
            } else if call != nil {
                bodyLines.append(line)
            }
        }

        private mutating func begin(_ line: Substring) {
            let code = statusCode(line)
            // `100 Continue`, and a proxy's answer to CONNECT, come before the one that counts.
            if let status = call?.status, (100..<200).contains(status) || (bodyLines.allSatisfy(\.isEmpty) && call?.headers.isEmpty == true) { call = nil }
            flush()
            call = Recording.Call(method: method, path: path, status: code)
            isInHeaders = true
        }

        private func statusCode(_ line: Substring) -> Int? {
            line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        }

        private mutating func takeHeader(_ line: Substring) {
            guard let colon = line.firstIndex(of: ":") else { return }
            call?.headers.add(String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }

        private mutating func flush() {
            if var call {
                let text = bodyLines.joined(separator: "\n").trimmingBlanks()
                if !text.isEmpty { call.body = .text(text) }
                calls.append(call)
            }
            call = nil
            bodyLines = []
            isInHeaders = false
        }

        mutating func finish() -> [Recording.Call] {
            flush()
            return calls
        }
    }
}
