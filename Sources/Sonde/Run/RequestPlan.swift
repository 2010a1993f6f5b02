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
        public var cost: String
    }

    /// The requests that are always sent.
    public static func baseline(for target: Target, options: Diagnosis.Options, limits: RunLimits) -> [Planned] {
        var probes = Baseline.probes(for: target, options: options)
        if options.infers, target.vendor.endpoints[.inference] != nil, !probes.contains(where: { $0.kind == .inference }) {
            probes.append(Probe(.inference, endpoint: .inference))
        }
        return probes.map { probe in
            let path = target.path(of: probe.endpoint)
            let cost = probe.isPaid ? "paid: about 15 tokens in, at most \(target.vendor.inference.tokenLimit) out, model \(probe.model ?? "from the list")" : "free"
            return Planned(probe: probe.kind.rawValue, method: probe.endpoint == .inference ? "POST" : "GET", path: path, cost: cost)
        }
    }

    /// The requests that a failure may call for, all of them to the target's own host.
    public static func followUps(for target: Target, options: Diagnosis.Options) -> [PlannedFollowUp] {
        FollowUp.all.filter { followUp in
            switch followUp.name {
            case "bad-key": options.usesControl && target.credential != nil && (options.followsUp || options.provesKey)
            case "no-key": options.followsUp && target.credential != nil
            case "other-model": options.followsUp && options.infers
            case "handshake": options.followsUp && target.baseURL.scheme == .https
            default: options.followsUp
            }
        }.map { followUp in
            PlannedFollowUp(name: followUp.name, purpose: followUp.purpose, cost: followUp.name == "other-model" ? "paid: one more request of the same size" : "free")
        }
    }
}
