/// What is not well in a comparison: each verdict once, with the cells that have it.
public struct ComparedVerdicts: Sendable {
    /// One verdict and where it was found.
    public struct Group: Sendable {
        /// That of the first cell; the others' differ in no more than their details.
        public var verdict: Verdict
        /// Indices into ``Comparison/cells``.
        public var cells: [Int]
        /// Says whether a conclusion about one of the cells tells what to do, so that the verdict's own steps would be a second advice.
        public var isAdvisedOn: Bool
    }

    /// In the order of their first cells.
    public let groups: [Group]

    /// - Parameters:
    ///   - comparison: Its conclusions tell which verdicts have their advice already.
    ///   - results: The targets that the cells refer to.
    public init(_ comparison: Comparison, results: [TargetResult]) {
        let advised = Set(comparison.conclusions.filter { !$0.nextSteps.isEmpty }.flatMap(\.cells))
        var order: [Kind] = []
        var groups: [Kind: Group] = [:]
        for (index, cell) in comparison.cells.enumerated() {
            let result = results[cell.target]
            guard result.outcome == .fail || result.outcome == .inconclusive else { continue }
            let kind = Kind(vendor: result.target.vendor.id, cause: result.verdict.cause, reason: result.verdict.reason)
            if groups[kind] == nil { order.append(kind) }
            groups[kind, default: Group(verdict: result.verdict, cells: [], isAdvisedOn: false)].cells.append(index)
            if advised.contains(index) { groups[kind]?.isAdvisedOn = true }
        }
        self.groups = order.compactMap { groups[$0] }
    }

    /// What verdicts must share to be told as one: the words about a cause are the vendor's.
    private struct Kind: Hashable {
        var vendor: String
        var cause: Cause
        var reason: String?
    }
}
