/// What a run would send to a target, without sending it.
public enum RequestPlan {
    /// Follow-ups that one target may cost at most.
    public static let followUpLimit = Diagnosis.followUpLimit

    public struct Planned: Sendable, Hashable {
        public var probe: String
        public var method: String
        /// Path on the target's host.
        public var path: String
        /// What it costs, in words.
        public var cost: String
    }

    public struct PlannedFollowUp: Sendable, Hashable {
        public var name: String
        public var purpose: String
        /// What it costs, in words.
        public var cost: String
        /// Scheme, host and port it goes to.
        public var origin: String
    }

    /// The requests that are always sent.
    public static func baseline(for target: Target, options: Diagnosis.Options, limits: RunLimits) -> [Planned] {
        var probes = Baseline.probes(for: target, options: options)
        if options.infers, target.vendor.endpoints[.inference] != nil, !probes.contains(where: { $0.kind == .inference }) {
            probes.append(Probe(.inference, endpoint: .inference))
        }
        return probes.map { probe in
            let path = target.path(of: probe.endpoint)
            let cost =
                probe.isPaid
                ? "paid: about 15 tokens in, at most \(target.vendor.inference.tokenLimit) out, model \(probe.model ?? "from the list")"
                : "free"
            return Planned(probe: probe.kind.rawValue, method: probe.method.rawValue, path: path, cost: cost)
        }
    }

    /// The requests that a failure may call for, each with whom it goes to.
    public static func followUps(for target: Target, options: Diagnosis.Options) -> [PlannedFollowUp] {
        var planned: [PlannedFollowUp] = []
        if options.infers, !options.hasOwnBody, target.vendor.endpoints[.inference] != nil {
            planned.append(
                PlannedFollowUp(
                    name: Probe.Kind.inference.rawValue,
                    purpose: "The same request in the form that a refusal of its token limit asks for.",
                    cost: "paid, at most \(TokenLimitQuirk.attempts) requests: what was refused cost nothing", origin: target.baseURL.origin
                ))
        }
        for followUp in FollowUp.all where followUp.mayBeSent(target, options) {
            let cost =
                followUp.isPaid
                ? "paid: one more request of the same size" : followUp.count > 1 ? "free, at most \(followUp.count) requests" : "free"
            planned.append(
                PlannedFollowUp(
                    name: followUp.kind.rawValue, purpose: followUp.purpose, cost: cost,
                    origin: followUp.origin(target) ?? target.baseURL.origin))
        }
        return planned
    }
}
