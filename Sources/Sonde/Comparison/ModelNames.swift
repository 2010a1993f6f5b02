/// Finds the name under which a service knows a model that another service calls otherwise.
///
/// Gateways put the maker in front: what is `small-1` at its maker's is `maker/small-1` there. Which word stands for which maker is
/// told by the gateway's manifest (`model_prefixes`), by the ids of the vendors that are called directly.
public enum ModelNames {
    /// The name of a model at one service of a comparison.
    ///
    /// - Parameters:
    ///   - model: As the user wrote it, with or without a maker.
    ///   - vendor: The service that will be asked.
    ///   - vendors: All services of the comparison: a bare name means the maker that is called directly, if there is just one.
    ///   - known: All vendors: where no maker is called directly, the one whose models have such names is meant.
    public static func name(of model: String, at vendor: Vendor, among vendors: [Vendor], known: [Vendor] = []) -> String {
        if vendor.modelPrefixes.isEmpty { return withoutOwnPrefix(model, vendor, among: vendors) }
        guard !model.contains("/") else { return model }
        let isMaker = { (other: Vendor) in other.id != vendor.id && vendor.modelPrefixes[other.id] != nil }
        let makers = vendors.filter(isMaker).map(\.id).unique
        let maker = makers.count == 1 ? makers[0] : maker(of: model, among: (makers.isEmpty ? known : vendors).filter(isMaker))
        return (maker.flatMap { vendor.modelPrefixes[$0] } ?? "") + model
    }

    /// The vendor whose models' names begin with the most words of this one; nil where that is none, or more than one.
    private static func maker(of model: String, among makers: [Vendor]) -> String? {
        let words = model.lowercased().split(separator: "-")
        let shared = makers.map { maker in
            maker.probeModels.map { name in
                zip(words, name.lowercased().split(separator: "-")).prefix { $0 == $1 }.count
            }.max() ?? 0
        }
        guard let most = shared.max(), most > 0 else { return nil }
        let found = Set(zip(makers, shared).filter { $1 == most }.map(\.0.id))
        return found.count == 1 ? found.first : nil
    }

    /// Says whether two names are of the same model, a maker in front of one of them aside.
    static func areAlike(_ one: String, _ other: String) -> Bool {
        if one.equalsIgnoringCase(other) { return true }
        // Two makers may use the same word; where both are named, both must fit.
        guard one.contains("/") != other.contains("/") else { return false }
        return last(of: one).lowercased() == last(of: other).lowercased()
    }

    /// Without the word in front that stands for this very vendor: its id, an alias, or what a gateway of the comparison calls it.
    private static func withoutOwnPrefix(_ model: String, _ vendor: Vendor, among vendors: [Vendor]) -> String {
        guard vendor.kind == .direct, let slash = model.firstIndex(of: "/") else { return model }
        let prefix = String(model[...slash])
        let own = ([vendor.id] + vendor.aliases).map { $0 + "/" } + vendors.compactMap { $0.modelPrefixes[vendor.id] }
        return own.contains { $0.equalsIgnoringCase(prefix) } ? String(model[model.index(after: slash)...]) : model
    }

    private static func last(of name: String) -> Substring { name.split(separator: "/").last ?? "" }
}
