/// Reads one exchange by itself: who spoke, a cause, a reason, a certainty.
///
/// Needs nothing but what a report keeps, so that a saved exchange is read as a live one.
public struct AnswerReader: Sendable {
    private let target: Target
    private let vocabularies: [Vocabulary]
    private let foreignPrefixes: [String]

    /// - Parameters:
    ///   - vocabularies: The vendor's own and the shared one, in this order.
    ///   - foreignPrefixes: Distinctive beginnings of other vendors' keys.
    public init(target: Target, vocabularies: [Vocabulary], foreignPrefixes: [String] = []) {
        self.target = target
        self.foreignPrefixes = foreignPrefixes
        self.vocabularies = vocabularies
    }

    public func read(_ exchange: Exchange) -> Reading {
        // What is said aside of the API points to nothing by itself; laws may hold it against what the API said.
        guard exchange.probe.asksAPI else { return Reading(speaker: exchange.answer?.facts.country == nil ? .unknown : .edge) }
        return switch exchange.outcome {
        case .failure(let failure): FailureReader.read(failure)
        case .handshake: Reading(speaker: .unknown)
        case .answer(let answer): read(answer, probe: exchange.probe)
        }
    }

    func read(_ answer: Answer, probe: Probe) -> Reading {
        var reading =
            if let sign = sign(for: answer, probe: probe) {
                reading(of: sign, in: answer, probe: probe)
            } else if answer.isSuccess {
                success(answer, probe: probe)
            } else {
                unknownRefusal(answer, probe: probe)
            }
        noteEchoedKey(&reading, answer)
        noteEmptyModel(&reading, answer)
        reading.retryAfter = RetryAfter.parse(answer.headers)
        reading.edge = target.provider.edge(in: answer.headers, vendor: target.vendor)
        return target.provider.refine(reading, of: answer, probe: probe, target: target)
    }

    /// A key that is repeated in the refusal, and cannot be one, was refused for its form.
    ///
    /// One that lacks the beginning by which this vendor's keys are told from others' may be somebody else's.
    private func noteEchoedKey(_ reading: inout Reading, _ answer: Answer) {
        guard reading.cause == .keyRejected, reading.speaker != .upstream, let words = answer.words else { return }
        let rules = target.vendor.key
        // A gateway passes on what others say of their keys, and any key may go to a server that may be anybody's.
        let tellsKeys = target.vendor.kind == .direct && target.vendor.hasPlace
        let own = tellsKeys ? rules.prefixes + rules.tokens.map(\.prefix) : []
        if let problem = EchoedKey.problem(in: words, own: own, foreign: tellsKeys ? foreignPrefixes : []) ?? problemOfRecordedKey {
            reading.cause = problem == "not_received" ? .keyMissing : .keyMalformed
            reading.reason = problem
            reading.certainty = .likely
        } else if let head = EchoedKey.beginning(in: words), !rules.distinctivePrefixes.isEmpty,
            !rules.distinctivePrefixes.contains(where: { head.hasPrefix($0) || $0.hasPrefix(head) })
        {
            reading.certainty = min(reading.certainty, .likely)
        }
    }

    /// What is wrong with the beginning of a key that a recording tells; a live key was looked at before it was sent.
    private var problemOfRecordedKey: String? {
        guard target.isRecorded, target.vendor.kind == .direct, target.vendor.hasPlace, let credential = target.credential,
            !credential.publicPrefix.isEmpty
        else { return nil }
        return EchoedKey.problem(with: credential.publicPrefix, foreign: foreignPrefixes)
    }

    /// A model without a name is a mistake in the request, not a model that is missing.
    private func noteEmptyModel(_ reading: inout Reading, _ answer: Answer) {
        guard reading.cause == .modelUnavailable, let words = answer.words?.trimmingBlanks().lowercased() else { return }
        let isEmpty =
            words.hasSuffix("model:") || ["model ``", "model ''", "model \"\"", "model: ''", "model: \"\""].contains(where: words.contains)
        guard isEmpty else { return }
        (reading.cause, reading.reason, reading.certainty) = (.requestRejected, "no_model_named", .likely)
    }

    /// Signs speak of refusals; an answer of success is asked only when it holds an error or is a page.
    private func sign(for answer: Answer, probe: Probe) -> Sign? {
        if answer.isSuccess, answer.errors.isEmpty, answer.bodyKind != .html, answer.bodyKind != .text { return nil }
        return Vocabulary.best(for: answer, probe: probe, in: vocabularies)
    }

    /// What a sign says; what it found in an inner layer is the word of the service behind, about an account that may not be ours.
    private func reading(of sign: Sign, in answer: Answer, probe: Probe) -> Reading {
        let detail = sign.detailAfter.flatMap { self.detail(after: $0, in: answer) }
        var outer = answer
        outer.errors = Array(answer.errors.prefix(1))
        guard answer.errors.count > 1, !sign.matches(outer, probe: probe) else {
            return Reading(
                speaker: sign.speaker ?? speaker(of: outer), cause: sign.cause, reason: sign.reason, certainty: sign.certainty,
                detail: detail)
        }
        return Reading(speaker: .upstream, cause: sign.cause, reason: sign.reason, certainty: min(sign.certainty, .likely), detail: detail)
    }

    private func speaker(of answer: Answer) -> Speaker {
        if answer.errors.count > 1 { return .upstream }
        if !answer.errors.isEmpty { return .api }
        // Without words of its own, only the API's own mark shows that it spoke.
        let isMarked = target.vendor.responseHeaders.requestID.contains { answer.headers[$0] != nil }
        return answer.bodyKind == .json || (answer.bodyKind == .empty && isMarked) ? .api : .unknown
    }

    /// An answer of success: is it the promised shape?
    private func success(_ answer: Answer, probe: Probe) -> Reading {
        if !answer.errors.isEmpty {
            return Reading(speaker: speaker(of: answer), cause: .responseInvalid, reason: "error_in_success", certainty: .likely)
        }
        if answer.isBodyCut, answer.bodyKind != .html {
            // What we cut off is not held against the server; a list that is too long to be read whole is still one.
            let isList = probe.endpoint == .models && answer.bodyKind == .brokenJSON
            return Reading(
                speaker: isList ? .api : .unknown, cause: isList ? .healthy : .inconclusive, reason: "body_over_limit", certainty: .possible
            )
        }
        if let stream = answer.facts.stream, let problem = problem(of: stream, answer) {
            return Reading(speaker: .api, cause: .responseInvalid, reason: problem, certainty: .likely)
        }
        if !answer.facts.isEmpty, hasShape(answer, probe: probe) { return shaped(answer, probe: probe) }
        switch answer.bodyKind {
        case .html:
            return Reading(speaker: .unknown, cause: .wrongEndpoint, reason: "page_instead_of_api", certainty: .likely)
        case .empty:
            return Reading(speaker: .unknown, cause: .responseInvalid, reason: "empty_body", certainty: .likely)
        case .brokenJSON:
            return Reading(speaker: .unknown, cause: .responseInvalid, reason: "broken_json", certainty: .likely)
        case .text, .binary:
            return Reading(speaker: .unknown, cause: .responseInvalid, reason: "not_json", certainty: .likely)
        case .json, .eventStream:
            guard hasShape(answer, probe: probe) else {
                return Reading(speaker: .unknown, cause: .responseInvalid, reason: "unexpected_shape", certainty: .likely)
            }
            return shaped(answer, probe: probe)
        }
    }

    /// What is wrong with a stream that began well.
    private func problem(of stream: Facts.Stream, _ answer: Answer) -> String? {
        if stream.broken > 0 { return "broken_events" }
        guard answer.facts.inference != nil || stream.events == 0 else { return nil }
        return stream.isEnded || answer.facts.inference?.finishReason != nil ? nil : "stream_cut_short"
    }

    /// An answer of the promised shape may still say that it is none.
    private func shaped(_ answer: Answer, probe: Probe) -> Reading {
        switch answer.facts.inference?.finishReason {
        // A refusal in the model's own words ends with `stop` and is an answer like any; these are the service's filters.
        case "content_filter", "refusal": return Reading(speaker: .api, cause: .contentFiltered, reason: "moderation", certainty: .likely)
        case "error": return Reading(speaker: .api, cause: .providerOutage, reason: "server_error", certainty: .likely)
        default: break
        }
        // An endpoint of which only the status is known proves less than one whose answer is.
        let isKnown = (probe.endpoint != .key && probe.endpoint != .balance) || target.vendor.endpoints[probe.endpoint]?.balance != nil
        return Reading(speaker: .api, cause: .healthy, certainty: isKnown ? .certain : .likely)
    }

    private func hasShape(_ answer: Answer, probe: Probe) -> Bool {
        switch probe.endpoint {
        case .models: answer.facts.models != nil
        case .inference, .responses: answer.facts.inference != nil
        case .embeddings: answer.facts.embedding != nil
        case .key, .balance: target.vendor.endpoints[probe.endpoint]?.balance == nil || answer.facts.balance != nil
        }
    }

    /// A refusal that no sign knows: its form and status are all there is.
    private func unknownRefusal(_ answer: Answer, probe: Probe) -> Reading {
        if (300..<400).contains(answer.status) {
            return Reading(
                speaker: .unknown, cause: .wrongEndpoint, reason: "redirected", certainty: .likely,
                detail: redirect(of: answer, probe: probe))
        }
        return Reading(speaker: speaker(of: answer), cause: .inconclusive, reason: "unknown_answer", certainty: .possible)
    }

    /// Where a redirect leads, as a base URL: without the probe's own path.
    private func redirect(of answer: Answer, probe: Probe) -> String? {
        guard var location = answer.headers["location"], !location.isEmpty else { return nil }
        if location.hasPrefix("/") { location = target.baseURL.origin + location }
        while location.hasSuffix("/") { location.removeLast() }
        if let path = target.vendor.endpoints[probe.endpoint]?.path, location.hasSuffix(path) { location.removeLast(path.count) }
        return location
    }

    /// The words after a fragment, up to the end of the clause.
    private func detail(after fragment: String, in answer: Answer) -> String? {
        for message in answer.errors.compactMap(\.message) {
            guard let range = message.lowercased()[...].range(of: fragment.lowercased()) else { continue }
            let offset = message.lowercased().distance(from: message.lowercased().startIndex, to: range.upperBound)
            let rest = message.dropFirst(offset).drop(while: { $0 == " " || $0 == ":" })
            var clause = rest.prefix { $0 != "\n" && $0 != "(" && $0 != "," }
            if let end = clause.range(of: ". ") { clause = clause[..<end.lowerBound] }
            while let last = clause.last, ". `'\"".contains(last) { clause.removeLast() }
            if !clause.isEmpty { return String(clause.drop { "`'\"".contains($0) }) }
        }
        return nil
    }
}
