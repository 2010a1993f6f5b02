import SondeJSON

/// Judges evidence: readings, laws, checks and the verdict, all from data that is embedded.
public struct Judge: Sendable {
    private let shared: Vocabulary
    private let vocabularies: [String: Vocabulary]
    private let writer: VerdictWriter
    private let distinctivePrefixes: [String]
    /// The reasons and causes that have advice.
    public let advised: Set<String>

    /// - Parameter vendors: Those whose answers will be read; their signs are put in order once.
    /// - Throws: `JSONError` when the embedded documents are broken, which tests rule out.
    public init(vendors: [Vendor]) throws {
        shared = Vocabulary(try Sign.list(JSONReader(.parse(PackageResources.vocabulary_json))))
        vocabularies = Dictionary(vendors.map { ($0.id, Vocabulary($0.signs)) }, uniquingKeysWith: { $1 })
        distinctivePrefixes = vendors.flatMap(\.key.distinctivePrefixes)
        let book = try AdviceBook(JSONReader(.parse(PackageResources.advice_json)))
        advised = book.keys
        writer = VerdictWriter(book: book)
    }

    /// What reads exchanges of one target.
    public func reader(for target: Target) -> AnswerReader {
        let own = Set(target.vendor.key.prefixes)
        return AnswerReader(
            target: target, vocabularies: [vocabularies[target.vendor.id] ?? Vocabulary(target.vendor.signs), shared],
            foreignPrefixes: distinctivePrefixes.filter { !own.contains($0) })
    }

    /// The verdict and the checks for what a diagnosis has gathered.
    public func judge(_ diagnosis: Diagnosis) -> (verdict: Verdict, checks: [CheckResult]) { judge(diagnosis.evidence) }

    func judge(_ evidence: Evidence) -> (verdict: Verdict, checks: [CheckResult]) {
        let weighing = evidence.weighed(by: Law.all)
        let verdict = writer.verdict(for: evidence, weighing: weighing)
        return (verdict, CheckList.all.filter { evidence.options.checks.contains($0.id) }.map { $0.judge(evidence, weighing) })
    }
}
