import Sonde
import SondeJSON

/// The requests of one target on a page of evidence: the table, what was said, and how to repeat them.
struct EvidenceRequests {
    let section: EvidenceSection

    private var result: TargetResult { section.result }
    private var vendor: Vendor { section.result.target.vendor }
    private var exchanges: [Exchange] { section.result.exchanges }

    /// `request 2`, `requests 2, 4`: requests by their numbers, from 1.
    static func names(of indices: [Int]) -> String {
        "request\(indices.count == 1 ? "" : "s") \(indices.sorted().map { String($0 + 1) }.joined(separator: ", "))"
    }

    // MARK: Table

    var table: [String] {
        let names = idNames
        let time = isTimed
        let idTitle = names.count == 1 ? section.code(names[0]) : "request id"
        return Markdown.header(["no.", "request", "status", "said", idTitle] + (time ? ["time (UTC)", "took"] : []))
            + exchanges.enumerated().map { index, exchange in
                let told = exchange.isTimed
                let isMeasured = told && !exchange.isTimedByServer
                let times =
                    time
                    ? [told ? Self.time(exchange.startedAt) : "–", isMeasured ? "\(exchange.timings.total.milliseconds) ms" : "–"] : []
                return Markdown.row(["\(index + 1)", request(exchange), status(exchange), said(exchange), ids(exchange, names)] + times)
            }
    }

    /// Says whether the times are known.
    var isTimed: Bool { exchanges.isEmpty || exchanges.contains(where: \.isTimed) }

    /// Says whether the only times are those that answers state.
    var isTimedByServer: Bool { !exchanges.isEmpty && exchanges.allSatisfy { $0.isTimedByServer || !$0.isTimed } }

    private static func time(_ time: Timestamp) -> String {
        let text = time.rfc3339
        return text.prefix(10) + " " + text.dropFirst(11).prefix(12)
    }

    private func request(_ exchange: Exchange) -> String {
        if exchange.probe.kind == .handshake { return "TLS handshake, no request" }
        let isElsewhere = if case .elsewhere = exchange.probe.place { true } else { false }
        var text = section.code(isElsewhere ? "\(exchange.request.method) \(exchange.request.url)" : exchange.request.name)
        if exchange.probe.kind == .otherModel, let model = exchange.probe.model { text += ", model \(section.code(model))" }
        switch exchange.request.keyUse {
        case .own, .untold: break
        case .madeUp: text += ", made-up key"
        case .none: text += isElsewhere ? "" : ", no key"
        }
        return exchange.attempt > 1 ? text + ", attempt \(exchange.attempt)" : text
    }

    private func status(_ exchange: Exchange) -> String {
        switch exchange.outcome {
        case .answer(let answer): answer.status == 0 ? "not told" : "\(answer.status)"
        case .failure(let failure): "none: \(Markdown.code(failure.kind.rawValue))"
        case .handshake: "–"
        }
    }

    /// The words by which an answer can be looked up, or what a success was about.
    private func said(_ exchange: Exchange) -> String {
        guard let answer = exchange.answer else { return "–" }
        if let error = answer.errors.first {
            var seen: Set<String> = []
            let words = [error.code, error.type, error.param].compactMap(\.self).filter { seen.insert($0).inserted }
            return words.isEmpty ? "an error" : words.map(section.code).joined(separator: ", ")
        }
        if answer.title != nil { return "a web page" }
        if let models = answer.facts.models { return "\(models.count) \(models.count == 1 ? "model" : "models")" }
        if let balance = answer.facts.balance, let remaining = balance.remaining {
            return "balance \(remaining) \(section.prose(balance.currency))"
        }
        if let inference = answer.facts.inference { return inference.hasText ? "text came" : "no text" }
        if let status = answer.facts.status {
            return status.components.map { section.prose("\($0.name): \($0.state)") }.joined(separator: "; ")
        }
        return answer.bodyKind == .empty ? "an empty body" : "–"
    }

    // MARK: Ids and places

    /// Names of the headers with ids that came at all, the vendor's own first.
    var idNames: [String] {
        var seen: Set<String> = []
        let known = (vendor.responseHeaders.requestID + vendor.responseHeaders.edge).map { $0.lowercased() }
        return known.filter { name in seen.insert(name).inserted && exchanges.contains { $0.answer?.headers[name] != nil } }
    }

    private func ids(_ exchange: Exchange, _ names: [String]) -> String {
        let found = names.compactMap { name in exchange.answer?.headers[name].map { (name, $0) } }
        guard !found.isEmpty else { return "–" }
        return found.map { name, value in (names.count == 1 ? "" : "\(section.prose(name)): ") + section.code(value) }.joined(
            separator: ", ")
    }

    /// Where the vendor's network took the requests: `edge fra1, region iad1`, and the country it saw.
    var places: String? {
        var groups: [(place: EdgeLocation, indices: [Int])] = []
        for (index, exchange) in exchanges.enumerated() {
            guard var edge = exchange.reading.edge else { continue }
            edge.time = nil
            if let known = groups.firstIndex(where: { $0.place == edge }) {
                groups[known].indices.append(index)
            } else {
                groups.append((edge, [index]))
            }
        }
        var texts = groups.prefix(4).map { place, indices in
            "edge \(section.code(place.edge))" + (place.region.map { ", region \(section.code($0))" } ?? "")
                + (groups.count > 1 ? " (\(Self.names(of: indices)))" : "")
        }
        if let country = exchanges.lazy.compactMap({ $0.answer?.facts.country }).first {
            texts.append("seen as coming from \(section.code(country))")
        }
        return texts.isEmpty ? nil : texts.joined(separator: "; ")
    }

    // MARK: Bodies

    /// Longest body shown, in characters.
    private static let bodyLimit = 2_000

    /// What failures said, each once: a line about whose it is, and the words in a block.
    var bodies: [[String]] {
        var groups: [(label: String, text: String, indices: [Int])] = []
        for (index, exchange) in exchanges.enumerated() {
            guard let (label, text) = body(of: exchange) else { continue }
            if let known = groups.firstIndex(where: { $0.label == label && $0.text == text }) {
                groups[known].indices.append(index)
            } else {
                groups.append((label, text, [index]))
            }
        }
        return groups.flatMap { group in
            let name = Self.names(of: group.indices)
            return [
                ["\(name.prefix(1).uppercased())\(name.dropFirst()) (\(group.label)):"],
                Markdown.block(section.clean(group.text, limit: Self.bodyLimit)),
            ]
        }
    }

    private func body(of exchange: Exchange) -> (label: String, text: String)? {
        switch exchange.outcome {
        case .handshake:
            guard let certificate = exchange.connection.tls?.certificate else { return nil }
            return ("the certificate", "subject: \(certificate.subject)\nissuer: \(certificate.issuer)")
        case .failure(let failure):
            let code = failure.curlCode == 0 ? "" : ", curl error \(failure.curlCode)"
            let phase = failure.phase.map { ", in the phase \(Markdown.code($0.rawValue))" } ?? ""
            return ("no answer\(code)\(phase)", failure.message)
        case .answer(let answer):
            let isTelling = answer.isRefusal || !answer.errors.isEmpty || answer.title != nil || answer.excerpt != nil
            return isTelling ? body(of: answer) : nil
        }
    }

    private func body(of answer: Answer) -> (label: String, text: String)? {
        let status = answer.status == 0 ? "" : "\(answer.status), "
        let kind = answer.headers["content-type"].map { section.code($0) + ", " } ?? ""
        let about = "\(status)\(kind)\(answer.bodyBytes) bytes"
        if let text = answer.keptBody, !text.isEmpty { return ("\(about), redacted", text) }
        if !answer.errors.isEmpty { return ("\(about); what is kept of it", Self.fields(of: answer.errors)) }
        if let title = answer.title { return ("\(about); the title of a web page", title) }
        if let excerpt = answer.excerpt { return ("\(about); how it begins", excerpt) }
        return nil
    }

    private static func fields(of errors: [ErrorLayer]) -> String {
        errors.map { error in
            var object = JSON.Object()
            for (key, value) in [
                ("message", error.message), ("type", error.type), ("code", error.code), ("param", error.param), ("origin", error.origin),
            ] {
                if let value { object.append(key, .string(value)) }
            }
            var bytes: [UInt8] = []
            JSON.object(object).write(to: &bytes, pretty: true)
            return String(decoding: bytes, as: UTF8.self)
        }.joined(separator: "\n")
    }

    // MARK: To repeat it

    /// A line for each request, no line twice, and what has to be set before.
    func lines(heading: String) -> [[String]] {
        var lines: [String] = []
        var numbers: [Int] = []
        var usesBody = false
        for (index, exchange) in exchanges.enumerated() {
            let line = CurlLine(target: result.target, exchange: exchange, redactor: section.redactor)
            guard let text = line.text, !lines.contains(text) else { continue }
            lines.append(text)
            numbers.append(index)
            usesBody = usesBody || line.hasOwnBody
        }
        guard !lines.isEmpty else { return [] }
        return [
            [heading], [introduction(lines, numbers, usesBody: usesBody)], Markdown.block(lines.joined(separator: "\n"), language: "sh"),
        ]
    }

    private func introduction(_ lines: [String], _ numbers: [Int], usesBody: Bool) -> String {
        let names = Self.names(of: numbers)
        var text = "\(names.prefix(1).uppercased())\(names.dropFirst())\(numbers.count > 1 ? ", in this order" : "")."
        let all = lines.joined(separator: "\n")
        let scopes = result.target.vendor.scopes.flatMap { $0.variables + [$0.scope.uppercased()] }
        let candidates =
            [CurlLine.keyVariable(of: result.target), CurlLine.baseURLVariable] + scopes
            + result.target.headers.map { CurlLine.variable(ofHeader: $0.name) }
        var seen: Set<String> = []
        let used = candidates.filter { seen.insert($0).inserted && (all.contains("$\($0)\"")) }
        if !used.isEmpty { text += " Set \(used.map(Markdown.code).joined(separator: ", ")) before." }
        if !CurlLine.knows(result.target.route) {
            text += " They go the usual way, not over \(section.code(result.target.route.name))."
        } else if result.target.route.name == "env", result.routeFacts != RouteFacts() {
            text += " They go the usual way, not over \(section.code(result.routeFacts.text))."
        }
        if usesBody { text += " \(Markdown.code(CurlLine.bodyFile)) is the body that was sent, which no report keeps." }
        return text
    }
}
