import SondeJSON

/// Turns raw responses into what may be kept: an allow-list first, then redaction of every value that is left.
public struct Capture: Sendable {
    private let redactor: Redactor
    private let keepsBodies: Bool
    /// Hides whom one answer names; nil where it names nobody.
    private var own: Redactor?

    /// - Parameters:
    ///   - redactor: Knows this run's secrets.
    ///   - keepsBodies: Says whether whole bodies are kept, redacted (`--keep-bodies`).
    public init(redactor: Redactor, keepsBodies: Bool = false) {
        self.redactor = redactor
        self.keepsBodies = keepsBodies
    }

    /// Header fields of answers that are kept for every vendor.
    static let sharedHeaders: Set<String> = [
        "content-type", "content-encoding", "date", "server", "via", "retry-after", "retry-after-ms", "x-should-retry", "location",
        "www-authenticate",
        "proxy-authenticate", "x-request-id", "request-id", "cf-ray", "cf-mitigated", "x-squid-error", "x-cache", "age", "allow",
        "x-powered-by",
    ]

    /// Those of which each mention adds to a list.
    private static let listHeaders: Set<String> = ["via", "allow", "www-authenticate", "proxy-authenticate", "x-cache", "content-encoding"]

    /// Longest text kept of one value, and of one exchange in all, in bytes.
    static let valueLimit = 600
    /// Longest text kept of a field that holds a word, such as an error's type; some services put a sentence there.
    static let wordLimit = 200
    static let exchangeLimit = 4096

    /// What is kept of a response.
    public func answer(from response: Response, probe: Probe, target: Target) -> Answer {
        let named = redactor.keepsIdentifiers ? [] : NamedIdentifiers.find(in: response, of: target.vendor)
        var capture = self
        if !named.isEmpty { capture.own = Redactor(secrets: named, patterns: []) }
        return capture.kept(response, probe: probe, target: target)
    }

    private func kept(_ response: Response, probe: Probe, target: Target) -> Answer {
        let kind = BodyKind(of: response.body, contentType: response.headers["content-type"])
        var answer = Answer(
            status: response.status, httpVersion: response.httpVersion, headers: kept(response.headers, vendor: target.vendor),
            bodyKind: kind,
            bodyBytes: response.body.count, isBodyCut: response.isBodyCut)
        switch kind {
        case .json:
            if let body = JSON.lenient(response.body) {
                note(body, in: &answer, probe: probe, target: target)
            } else {
                answer.bodyKind = .brokenJSON
            }
        case .eventStream:
            noteEvents(response, in: &answer, probe: probe, target: target)
        case .html:
            answer.title = HTMLTitle.find(in: response.body).map(clean)
        case .text where probe.kind == .edgeTrace:
            let trace = String(decoding: response.body.prefix(4096), as: UTF8.self)
            answer.facts.country = EdgeTrace.country(in: trace)
            // Whole only where addresses may be shown.
            answer.facts.egress = EdgeTrace.address(in: trace).flatMap { redactor.redact($0) == $0 ? $0 : EdgeTrace.block(of: $0) }
        case .text:
            answer.excerpt = clean(String(decoding: response.body.prefix(16 * Self.valueLimit), as: UTF8.self))
        case .empty, .brokenJSON, .binary: break
        }
        if keepsBodies, kind != .binary { answer.keptBody = redact(String(decoding: response.body, as: UTF8.self)) }
        return answer
    }

    /// What is kept of a failure.
    public func failure(from failure: TransportFailure) -> Exchange.Failure {
        Exchange.Failure(
            kind: failure.kind, phase: failure.phase, curlCode: failure.curlCode, message: clean(failure.message),
            status: failure.partial?.status, proxyStatus: failure.proxyStatus)
    }

    /// What is kept of a connection; certificates come from the other side, too, and an address in public use tells who the caller is.
    public func connection(_ connection: Connection) -> Connection {
        var kept = connection
        kept.localAddress = connection.localAddress.flatMap {
            PrivateAddress.matches($0) || redactor.redact($0) == $0 ? $0 : EdgeTrace.block(of: $0)
        }
        if var certificate = connection.tls?.certificate {
            certificate.subject = clean(certificate.subject)
            certificate.issuer = clean(certificate.issuer)
            kept.tls?.certificate = certificate
        }
        return kept
    }

    private func kept(_ headers: Headers, vendor: Vendor) -> Headers {
        var budget = Self.exchangeLimit / 2
        var kept = Headers()
        for field in headers.fields {
            let name = field.name.lowercased()
            // A field that comes twice is kept once, so that the report can hold it; lists may be joined (RFC 9110 section 5.3), others say it first.
            guard kept[name] == nil || Self.listHeaders.contains(name) else { continue }
            guard Self.sharedHeaders.contains(name) || name.hasPrefix("x-ratelimit-") || vendor.keptHeaders.contains(name) else { continue }
            let value = name == "location" ? Self.originAndPath(of: field.value) : field.value
            let text = clean(value)
            budget -= name.utf8.count + text.utf8.count
            guard budget >= 0 else { break }
            if let index = kept.fields.firstIndex(where: { $0.name == name }) {
                kept.fields[index].value += ", " + text
            } else {
                kept.add(clean(field.name).lowercased(), text)
            }
        }
        return kept
    }

    private func note(_ body: JSON, in answer: inout Answer, probe: Probe, target: Target, isError: Bool = false) {
        let status = answer.status == 0 || (isError && answer.isSuccess) ? 400 : answer.status
        answer.errors = within(
            Self.exchangeLimit / 2,
            target.provider.errorLayers(in: body, status: status).prefix(4).map(clean))
        guard answer.isSuccess, answer.errors.isEmpty else { return }
        if probe.kind == .statusPage {
            answer.facts.status = StatusDocument.status(in: body, components: target.vendor.statusPage?.components ?? []).map(clean)
            return
        }
        answer.facts = clean(target.provider.facts(in: body, for: probe, vendor: target.vendor))
        // What a header says of the cost is the same as what the body would.
        if let text = target.vendor.inference.costHeader.flatMap({ answer.headers[$0] }), let cost = Double(text), (0..<1000).contains(cost)
        {
            answer.facts.inference?.cost = cost
            answer.facts.embedding?.cost = cost
        }
    }

    /// Of a stream of events: the first error in it, and what the events before it add up to.
    private func noteEvents(_ response: Response, in answer: inout Answer, probe: Probe, target: Target) {
        var (parser, account) = (EventStreamParser(), StreamAccount())
        var position = 0
        let sent = response.timings.pretransfer ?? .zero
        for chunk in response.chunks {
            let bytes = response.body[position..<min(position + chunk.count, response.body.count)]
            position += bytes.count
            let events = parser.take(bytes)
            guard note(events, at: max(.zero, chunk.at - sent), &account, in: &answer, probe: probe, target: target) else { break }
        }
        if answer.errors.isEmpty {
            let rest = parser.take(response.body[position...]) + parser.end()
            _ = note(rest, at: nil, &account, in: &answer, probe: probe, target: target)
        }
        if answer.isSuccess, let inference = account.inference {
            answer.facts.inference = inference
            answer.facts = clean(answer.facts)
        }
        if probe.kind == .streaming { answer.facts.stream = account.stream }
    }

    /// Notes some events; false once one of them speaks of an error.
    private func note(
        _ events: [EventStreamParser.Event], at time: Duration?, _ account: inout StreamAccount, in answer: inout Answer, probe: Probe,
        target: Target
    ) -> Bool {
        for event in events {
            var failure: JSON?
            let value = account.take(event, at: time) { value in
                let piece = target.provider.streamPiece(in: value, vendor: target.vendor)
                failure = piece?.failure
                return piece
            }
            guard let value else { continue }
            // The first facts are enough, but an error may come after them.
            let facts = answer.facts
            if facts.isEmpty || failure != nil || event.name == "error" || value["error"] != nil {
                note(failure ?? value, in: &answer, probe: probe, target: target, isError: event.name == "error")
            }
            if !answer.errors.isEmpty { return false }
            if !facts.isEmpty { answer.facts = facts }
        }
        return true
    }

    private func clean(_ layer: ErrorLayer) -> ErrorLayer {
        ErrorLayer(
            message: layer.message.map(clean), type: layer.type.map(cleanWord), code: layer.code.map(cleanWord),
            param: layer.param.map(cleanWord),
            origin: layer.origin.map(cleanWord))
    }

    /// The first layers, as many as fit.
    private func within(_ budget: Int, _ layers: [ErrorLayer]) -> [ErrorLayer] {
        var rest = budget
        return Array(
            layers.prefix { layer in
                rest -= [layer.message, layer.type, layer.code, layer.param, layer.origin].compactMap { $0?.utf8.count }.reduce(0, +)
                return rest >= 0
            })
    }

    private func clean(_ status: Facts.Status) -> Facts.Status {
        Facts.Status(components: status.components.map { Facts.Status.Component(name: cleanWord($0.name), state: cleanWord($0.state)) })
    }

    private func clean(_ facts: Facts) -> Facts {
        var facts = facts
        if let models = facts.models {
            facts.models?.ids = models.ids.map(clean)
            facts.models?.prices = Dictionary(models.prices.map { (clean($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        }
        if var inference = facts.inference {
            inference.model = inference.model.map(clean)
            inference.finishReason = inference.finishReason.map(clean)
            facts.inference = inference
        }
        return facts
    }

    /// Redacts, then cuts: the other way round half a secret could stay.
    private func clean(_ text: String) -> String { clean(text, limit: Self.valueLimit) }

    private func redact(_ text: String) -> String {
        let redacted = redactor.redact(text)
        return own?.redact(redacted) ?? redacted
    }

    private func cleanWord(_ text: String) -> String { clean(text, limit: Self.wordLimit) }

    private func clean(_ text: String, limit: Int) -> String {
        let redacted = redact(
            text.utf8.count > 16 * Self.valueLimit ? String(decoding: text.utf8.prefix(16 * Self.valueLimit), as: UTF8.self) : text)
        return redacted.utf8.count <= limit ? redacted : String(decoding: redacted.utf8.prefix(limit), as: UTF8.self) + "…"
    }

    /// A redirect's target without query, fragment and user information, which may carry anything.
    private static func originAndPath(of location: String) -> String {
        let kept = location.prefix { $0 != "?" && $0 != "#" }
        guard let mark = kept.range(of: "//") else { return String(kept) }
        let authority = kept[mark.upperBound...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return String(kept) }
        return String(kept[..<mark.upperBound] + kept[kept.index(after: at)...])
    }
}
