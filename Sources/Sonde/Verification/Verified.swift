/// A target before and after: what its repeated requests show.
public struct Verified: Sendable {
    public enum Change: String, Sendable, Hashable, CaseIterable {
        /// What failed is answered, and the controlled failure fails.
        case fixed
        /// It fails as before.
        case unchanged
        /// It fails in another way.
        case changed
        /// The answers do not decide.
        case undecided
    }

    /// A request of the earlier report and the same one now, as places in their exchanges.
    public struct Pair: Sendable, Hashable {
        public var before: Int?
        public var now: Int?
    }

    public var before: TargetResult
    public var now: TargetResult
    public let change: Change
    /// Why, in a sentence or two.
    public let summary: String
    /// What failed before and what was asked now, in the order of now.
    public let requests: [Pair]
    public let control: Control
    /// What was done only for the trouble and can be taken back; empty unless it is fixed.
    public let undo: [String]

    /// The controlled failure, as it went.
    public struct Control: Sendable, Hashable {
        public var kind: ControlledFailure.Kind?
        public var outcome: ControlledFailure.Outcome
        /// Its place among the exchanges of now.
        public var exchange: Int?
        /// What it shows, in one sentence.
        public var text: String
    }

    /// Compares a target with itself.
    ///
    /// - Parameter isOffline: This machine reached nothing at all, so that nothing is known of the target.
    public init(before: TargetResult, now: TargetResult, isOffline: Bool = false, undoing book: UndoBook) {
        (self.before, self.now) = (before, now)
        requests = Self.pairs(before, now)
        control = Self.control(now)
        change = Self.change(before, now, requests, control, isOffline: isOffline)
        summary = Self.summary(change, before, now, control, isOffline: isOffline)
        undo = change == .fixed ? book.steps(for: before.verdict, of: now.target) : []
    }

    // MARK: Requests

    fileprivate static func evidence(_ result: TargetResult) -> Evidence {
        var evidence = Evidence(target: result.target, options: result.options)
        for exchange in result.exchanges { evidence.add(exchange) }
        return evidence
    }

    private static func pairs(_ before: TargetResult, _ now: TargetResult) -> [Pair] {
        let old = evidence(before).own
        var pairs = evidence(now).own.map { item in
            Pair(before: old.last { isSame($0.exchange.probe, item.exchange.probe) }?.index, now: item.index)
        }
        // Where nothing could be sent now, what failed is shown all the same.
        if pairs.isEmpty {
            pairs = old.filter { !$0.reading.isHealthy }.map { Pair(before: $0.index, now: nil) }
        }
        return pairs
    }

    /// The same question, whatever the model and the form in which it was put.
    private static func isSame(_ one: Probe, _ other: Probe) -> Bool { one.kind == other.kind && one.endpoint == other.endpoint }

    /// Says whether every request that can be compared failed and fails in the same way.
    private static func isSameFailure(_ before: TargetResult, _ now: TargetResult, _ pairs: [Pair]) -> Bool {
        let compared = pairs.compactMap { pair -> Bool? in
            guard let old = pair.before, let new = pair.now else { return nil }
            return before.exchanges[old].isSameFailure(as: now.exchanges[new])
        }
        return !compared.isEmpty && compared.allSatisfy(\.self)
    }

    // MARK: Control

    private static func control(_ now: TargetResult) -> Control {
        let kinds: [Probe.Kind: ControlledFailure.Kind] = [.badKey: .madeUpKey, .badField: .invalidField]
        guard let index = now.exchanges.lastIndex(where: { kinds[$0.probe.kind] != nil }), let kind = kinds[now.exchanges[index].probe.kind]
        else {
            let isWell = now.verdict.cause == .healthy
            return Control(
                outcome: .notSent,
                text: isWell
                    ? "No request that must fail could be sent." : "No request that must fail was sent: what was repeated does not work.")
        }
        let exchange = now.exchanges[index]
        let outcome = ControlledFailure.outcome(of: exchange)
        let name = kind == .madeUpKey ? "a made-up key" : "an invalid field"
        let request = "\(Wording.request(exchange)) with \(name)"
        let answer = Wording.answer(exchange)
        let text =
            switch outcome {
            case .refused: "\(request) is refused, as it must be: \(answer)"
            case .accepted: "\(request) is accepted (\(answer)), so success proves nothing here."
            case .unclear, .notSent: "\(request) did not get a clean refusal: \(answer)"
            }
        return Control(kind: kind, outcome: outcome, exchange: index, text: text)
    }

    // MARK: Change

    private static func change(
        _ before: TargetResult, _ now: TargetResult, _ pairs: [Pair], _ control: Control, isOffline: Bool
    ) -> Change {
        if isOffline { return .undecided }
        if now.isServing { return control.outcome == .refused ? .fixed : .undecided }
        if before.verdict.cause == .inconclusive, now.verdict.cause == .inconclusive { return .undecided }
        // What was asked then and may not be asked now tells nothing of the service.
        if now.exchanges.isEmpty, !before.exchanges.isEmpty { return .undecided }
        if isSameFailure(before, now, pairs) { return .unchanged }
        if now.verdict.cause == .inconclusive || now.verdict.cause == .healthy { return .undecided }
        let isSame = before.verdict.cause == now.verdict.cause && before.verdict.reason == now.verdict.reason
        return isSame ? .unchanged : .changed
    }

    private static func summary(
        _ change: Change, _ before: TargetResult, _ now: TargetResult, _ control: Control, isOffline: Bool
    ) -> String {
        let (old, new) = (before.verdict.name, now.verdict.name)
        switch change {
        case .fixed: return "What failed as \(old) is answered now. \(control.text)"
        case .unchanged: return "It still fails as \(old). \(before.verdict.summary)"
        case .changed: return "It no longer fails as \(old), but as \(new). \(now.verdict.summary)"
        case .undecided where isOffline: return "No host was reached, and all failed alike: this machine seems to be offline."
        case .undecided where now.isServing: return "It answers now, but fixed is not claimed. \(control.text)"
        case .undecided where now.exchanges.isEmpty: return "Nothing was sent. \(now.target.blockingFinding?.text ?? now.verdict.summary)"
        case .undecided: return "The answers do not decide. \(now.verdict.summary)"
        }
    }
}

extension TargetResult {
    /// Says whether it does what was asked of it: inference, or where none was wanted what stands for it.
    var isServing: Bool {
        guard Verified.evidence(self).optionalIsWell else { return false }
        return verdict.cause == .healthy || (verdict.reason == "inference_not_tested" && (outcome == .pass || outcome == .warn))
    }

    /// Says whether there is something to verify: it was not well.
    public var hasFailed: Bool { !isServing }
}

extension Verdict {
    /// Cause and reason, as far as the reason says more: `billing_blocked (card_required)`.
    public var name: String { cause.rawValue + (reason.map { $0 == cause.rawValue ? "" : " (\($0))" } ?? "") }
}

extension Exchange {
    /// Says whether both failed, and in the same way.
    fileprivate func isSameFailure(as other: Exchange) -> Bool {
        switch (outcome, other.outcome) {
        case (.answer(let mine), .answer(let theirs)): !reading.isHealthy && mine.isSameRefusal(as: theirs)
        case (.failure(let mine), .failure(let theirs)):
            mine.kind == theirs.kind && mine.kind != .deadline && mine.kind != .cancelled
        default: false
        }
    }
}
