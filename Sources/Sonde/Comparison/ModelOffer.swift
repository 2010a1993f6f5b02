/// Who lists a model.
public struct ModelOffer: Sendable, Hashable {
    /// As it was asked about.
    public var model: String
    /// For each target that has a list, the names under which it lists the model; none where it does not.
    public var targets: [Listing]

    public init(model: String, targets: [Listing]) {
        self.model = model
        self.targets = targets
    }

    /// What one target lists of it.
    public struct Listing: Sendable, Hashable {
        public var subject: String
        public var names: [String]
        /// Says whether there was a list to look in.
        public var isKnown: Bool

        public init(subject: String, names: [String], isKnown: Bool) {
            self.subject = subject
            self.names = names
            self.isKnown = isKnown
        }
    }

    /// What each target of a comparison lists of some models; of each target the first cell with a list counts.
    static func offers(of models: [String], in matrix: ComparisonMatrix) -> [ModelOffer] {
        let subjects = matrix.entries.map(\.cell.subject).unique
        let lists = Dictionary(
            subjects.map { subject in
                let entries = matrix.entries.filter { $0.cell.subject == subject }
                return (subject, entries.lazy.compactMap { $0.result.listedModels }.first)
            }, uniquingKeysWith: { first, _ in first })
        return models.unique.map { model in
            ModelOffer(
                model: model,
                targets: subjects.map { subject in
                    let list = lists[subject] ?? nil
                    return Listing(
                        subject: subject, names: list?.filter { ModelNames.areAlike($0, model) } ?? [], isKnown: list != nil)
                })
        }
    }
}

extension TargetResult {
    /// The names that the service listed, as far as they were kept; nil without a list.
    fileprivate var listedModels: [String]? {
        exchanges.lazy.compactMap { $0.probe.kind == .models ? $0.answer?.facts.models?.ids : nil }.first
    }
}
