/// The one request of a verification that must fail, so that a success beside it means something.
///
/// A server, mock or cache that answers anything with success would otherwise pass for a service that works again.
public enum ControlledFailure {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The request that proves the key, with a made-up one.
        case madeUpKey = "made_up_key"
        /// The inference request with a field that no such API accepts.
        case invalidField = "invalid_field"
    }

    /// What became of it.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// The API itself refused it, for the reason it was meant to.
        case refused
        /// It succeeded.
        case accepted
        /// It failed in another way, or whoever answered is not known to be the API.
        case unclear
        /// None was sent: what failed still fails, or no kind of it was possible.
        case notSent = "not_sent"
    }

    /// Which kind fits a target; nil when none does.
    ///
    /// A made-up key says nothing where keys are optional, nor to a service that tells the kinds of credentials apart before it looks
    /// any closer: there a field is spoiled.
    static func kind(for evidence: Evidence) -> Kind? {
        let vendor = evidence.target.vendor
        if evidence.options.usesControl, let credential = evidence.target.credential, !vendor.key.isOptional,
            !vendor.key.tokens.contains(where: { $0.prefix == credential.publicPrefix })
        {
            return .madeUpKey
        }
        return evidence.options.infers && vendor.endpoints[.inference] != nil ? .invalidField : nil
    }

    /// The request to send.
    static func probe(for evidence: Evidence) -> Probe? {
        switch kind(for: evidence) {
        case .madeUpKey: madeUpKey(evidence)
        case .invalidField:
            evidence.inference.map { inference in
                var probe = inference.exchange.probe
                probe.kind = .badField
                return probe
            }
        case nil: nil
        }
    }

    /// The key's own proof first, among the requests that were just answered if it is there; inference only where there is no proof.
    private static func madeUpKey(_ evidence: Evidence) -> Probe? {
        let endpoints = evidence.target.vendor.endpoints
        let proves = { (name: Vendor.EndpointName) in name != .inference && endpoints[name]?.provesKey == true }
        if let own = evidence.own.first(where: { proves($0.exchange.probe.endpoint) }) {
            return Probe(.badKey, endpoint: own.exchange.probe.endpoint)
        }
        if let proof = [Vendor.EndpointName.key, .models, .balance].first(where: proves) { return Probe(.badKey, endpoint: proof) }
        return evidence.inference.map { inference in
            var probe = inference.exchange.probe
            probe.kind = .badKey
            return probe
        }
    }

    /// What the answer to it shows.
    static func outcome(of exchange: Exchange) -> Outcome {
        guard let answer = exchange.answer else { return .unclear }
        if answer.isSuccess { return answer.errors.isEmpty && exchange.reading.isHealthy ? .accepted : .unclear }
        guard ![.edge, .proxy, .middlebox].contains(exchange.reading.speaker), answer.bodyKind != .html else { return .unclear }
        let isOwnWord = exchange.reading.speaker == .api
        switch exchange.probe.kind {
        case .badKey:
            let isAboutKey = exchange.reading.cause.map { Cause.key.contains($0) } ?? false
            return answer.status == 401 || isAboutKey || (isOwnWord && answer.status == 403) ? .refused : .unclear
        default:
            return isOwnWord && (answer.status == 400 || answer.status == 422) ? .refused : .unclear
        }
    }
}
