/// Several targets side by side, and what their difference proves.
///
/// The cells are the combinations that were checked; everything else follows from them and the results, so that a saved comparison
/// says the same when it is read again.
public struct Comparison: Sendable, Hashable {
    /// How many cells one comparison has at most: each is held against the others.
    public static let cellLimit = 1000

    public var cells: [Cell]
    public var conclusions: [Conclusion]
    /// Names of models that were asked about, and who lists them.
    public var offers: [ModelOffer]
    public var latency: LatencyComparison?

    public init(cells: [Cell], conclusions: [Conclusion] = [], offers: [ModelOffer] = [], latency: LatencyComparison? = nil) {
        self.cells = cells
        self.conclusions = conclusions
        self.offers = offers
        self.latency = latency
    }

    /// Concludes from results.
    ///
    /// - Parameters:
    ///   - cells: Whose `target` is an index into `results`; those with equal labels are numbered.
    ///   - models: Names to look for in each service's list.
    public init(cells: [Cell], results: [TargetResult], models: [String] = [], latency: LatencyComparison? = nil) {
        let cells = Cell.toldApart(cells, results)
        let matrix = ComparisonMatrix(cells: cells, results: results)
        self.init(
            cells: cells, conclusions: ComparisonLaw.conclusions(from: matrix), offers: ModelOffer.offers(of: models, in: matrix),
            latency: latency)
    }

    /// One combination that was checked.
    public struct Cell: Sendable, Hashable {
        /// Index of its result among the report's targets.
        public var target: Int
        /// The target as it was named, without route and key.
        public var subject: String
        public var route: String
        /// Where the key came from; nil where there is none.
        public var key: String?
        /// Equal numbers for equal keys; nil where there is none.
        public var keyNumber: Int?
        /// The proxy it went through, without its password.
        public var proxy: String?
        /// The machine on which it was checked, where reports of several are merged.
        public var place: String?

        public init(
            target: Int, subject: String, route: String, key: String? = nil, keyNumber: Int? = nil, proxy: String? = nil,
            place: String? = nil
        ) {
            self.target = target
            self.subject = subject
            self.route = route
            self.key = key
            self.keyNumber = keyNumber
            self.proxy = proxy
            self.place = place
        }

        /// What lies between the caller and the service: `direct`, or `eu, direct` where machines are compared.
        public var way: String { place.map { route.isEmpty || route == "env" ? $0 : "\($0), \(route)" } ?? route }
    }

    /// What a law of comparison found.
    public struct Conclusion: Sendable, Hashable {
        /// A law's name, see ``ComparisonLaw``.
        public var law: String
        /// One or two sentences for people.
        public var text: String
        /// How sure it is; what compares moments or places as well is less sure than what compares one thing.
        public var confidence: Confidence
        /// Who acts first; nil where nobody has to.
        public var owner: Owner?
        /// The cells it rests on, as indices into ``Comparison/cells``.
        public var cells: [Int]
        /// What to do, in order.
        public var nextSteps: [String]

        public init(
            law: String, text: String, confidence: Confidence, owner: Owner? = nil, cells: [Int], nextSteps: [String] = []
        ) {
            self.law = law
            self.text = text
            self.confidence = confidence
            self.owner = owner
            self.cells = cells
            self.nextSteps = nextSteps
        }
    }
}

extension Comparison {
    /// What is said where no law speaks.
    public static let nothingProven = "Nothing by itself: what differs, differs in more than one thing, or was not decided."

    /// The cells that stand apart: their cause and reason are not those of most.
    ///
    /// Where no state is more frequent than the others, that of health counts as the usual one, then the first.
    public func differing(_ results: [TargetResult]) -> Set<Int> {
        let states = cells.map { State(results[$0.target]) }
        guard Set(states).count > 1 else { return [] }
        let counts = Dictionary(grouping: states, by: \.self).mapValues(\.count)
        let most = counts.values.max() ?? 0
        let usual = states.filter { counts[$0] == most }
        let reference = usual.first(where: \.isHealthy) ?? usual.first
        return Set(states.indices.filter { states[$0] != reference })
    }

    /// What two cells must share to count as alike.
    private struct State: Hashable {
        var cause: Cause
        var reason: String?

        init(_ result: TargetResult) {
            (cause, reason) = (result.verdict.cause, result.verdict.reason)
        }

        var isHealthy: Bool { cause == .healthy }
    }
}
