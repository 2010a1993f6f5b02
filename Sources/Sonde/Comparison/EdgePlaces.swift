import SondeJSON

/// The places behind the codes with which vendors' networks name them.
///
/// Most name a place by its airport (IATA), some with a number behind it; others use the names of cloud regions. Sources: the lists of
/// regions that content networks and clouds publish.
public enum EdgePlaces {
    /// `Frankfurt, DE`; nil for a code that is not known.
    public static func name(of code: String) -> String? {
        let code = code.lowercased()
        return table.regions[code] ?? table.airports[String(code.prefix { !$0.isNumber && $0 != "-" })]
    }

    /// `Frankfurt, DE (fra1)`, or the code alone.
    static func described(_ code: String) -> String { name(of: code).map { "\($0) (\(code))" } ?? code }

    private static let table: (airports: [String: String], regions: [String: String]) = {
        let json = try? JSON.parse(PackageResources.places_json)
        let names = { (key: String) in
            Dictionary(
                (json?[key]?.objectValue?.members ?? []).compactMap { member in member.value.stringValue.map { (member.key, $0) } },
                uniquingKeysWith: { $1 })
        }
        return (names("airports"), names("regions"))
    }()
}
