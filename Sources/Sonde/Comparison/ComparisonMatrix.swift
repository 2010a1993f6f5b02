/// The cells of a comparison with their results, arranged so that what differs in one thing alone can be found.
struct ComparisonMatrix {
    let entries: [Entry]

    init(cells: [Comparison.Cell], results: [TargetResult]) {
        entries = cells.enumerated().map { Entry(index: $0, cell: $1, result: results[$1.target]) }
    }

    /// One cell and what was found.
    struct Entry {
        let index: Int
        let cell: Comparison.Cell
        let result: TargetResult

        var cause: Cause { result.verdict.cause }
        var vendor: Vendor { result.target.vendor }
        var wayFacts: WayFacts { WayFacts(result, proxy: cell.proxy) }

        enum State: Hashable {
            case works, fails, undecided
        }

        /// Works when every check that was asked for passed; what was not decided proves nothing in either direction.
        var state: State {
            switch result.outcome {
            case .pass, .warn: .works
            case .fail: .fails
            case .skip, .inconclusive: .undecided
            }
        }

        /// The way the requests took: the route, and the machine they left from.
        var way: String { cell.way }

        /// Says whether anybody at the other end answered.
        var wasAnswered: Bool { result.exchanges.contains { $0.probe.place == .target && $0.answer != nil } }

        /// Says whether anything was sent, or at least tried: what this tool refused to send tells nothing of the way.
        var wasTried: Bool {
            result.exchanges.contains { exchange in
                guard let failure = exchange.failure else { return true }
                return failure.kind != .plainHTTPRefused && failure.kind != .unsendable
            }
        }

        /// Says whether the API itself, or the upstream behind it, gave the refusal.
        var isRefusedByAPI: Bool {
            state == .fails
                && result.exchanges.contains { exchange in
                    exchange.probe.place == .target && exchange.reading.cause == cause
                        && (exchange.reading.speaker == .api || exchange.reading.speaker == .upstream)
                }
        }
    }

    /// Entries that share all but the way they took, in groups of two ways or more.
    var byWay: [[Entry]] {
        groups { Group(service: $0.service, key: $0.keyIdentity, way: nil) }.filter { Set($0.map(\.way)).count > 1 }
    }

    /// Entries that share all but the key, in groups of two or more.
    var byKey: [[Entry]] { groups { Group(service: $0.service, key: nil, way: $0.way) } }

    /// Entries that took the same way, whatever was asked, in groups of two or more. Of each service only the first key counts.
    var byService: [[Entry]] {
        var seen: Set<Group> = []
        let firsts = entries.filter { seen.insert(Group(service: $0.service, key: nil, way: $0.way)).inserted }
        return Self.groups(firsts) { Group(service: nil, key: nil, way: $0.way) }
    }

    private struct Group: Hashable {
        /// Who is asked for what, whatever the target is called.
        var service: String?
        var key: String?
        var way: String?
    }

    private func groups(_ key: (Entry) -> Group) -> [[Entry]] { Self.groups(entries, key) }

    private static func groups(_ entries: [Entry], _ key: (Entry) -> Group) -> [[Entry]] {
        var order: [Group] = []
        var groups: [Group: [Entry]] = [:]
        for entry in entries {
            let key = key(entry)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(entry)
        }
        return order.compactMap { groups[$0] }.filter { $0.count > 1 }
    }
}

extension ComparisonMatrix.Entry {
    var service: String { result.target.comparedService }

    /// What may tell keys apart: their number in this run, or in merged reports all that is known of them.
    var keyIdentity: String {
        if let number = cell.keyNumber { return "#\(number)" }
        guard let credential = result.target.credential else { return "" }
        return "\(credential.publicPrefix) \(credential.length) \(cell.key ?? "")"
    }

    /// Says whether both were surely asked with one key, or both without any.
    ///
    /// Reports tell of a key where it was read, its public beginning and its length. On one machine that is one key; on two it may be
    /// two that are alike in these.
    func surelyShares(keyOf other: Self) -> Bool {
        guard let key = result.target.credential, let otherKey = other.result.target.credential else {
            return result.target.credential == nil && other.result.target.credential == nil
        }
        guard cell.place == other.cell.place else { return false }
        if let number = cell.keyNumber, let otherNumber = other.cell.keyNumber { return number == otherNumber }
        return key.length == otherKey.length && key.publicPrefix == otherKey.publicPrefix && cell.key == other.cell.key
    }

    /// Says whether the two were surely asked with different keys; of two sources in a saved report the key may be the same.
    func surelyDiffers(inKeyFrom other: Self) -> Bool {
        guard let key = result.target.credential, let otherKey = other.result.target.credential else {
            return (result.target.credential == nil) != (other.result.target.credential == nil)
        }
        if key.length != otherKey.length || key.publicPrefix != otherKey.publicPrefix { return true }
        guard cell.place == other.cell.place, let number = cell.keyNumber, let otherNumber = other.cell.keyNumber else { return false }
        return number != otherNumber
    }

    /// `account_denied: 403 access_denied “Forbidden.”`
    var finding: String {
        guard let said = result.exchanges.last(where: { $0.probe.place == .target && $0.reading.cause == cause }) else {
            return "\(cause.rawValue), nothing was sent"
        }
        return "\(cause.rawValue): \(said.answer == nil ? said.failure?.message ?? "no answer" : Wording.answer(said, quoting: 70))"
    }
}

extension Target {
    /// Who is asked for what: two targets that differ in their name alone are one.
    var comparedService: String {
        let scopes = scopes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } + headers.map(\.name)
        return ([vendor.id, baseURL.text, model ?? ""] + scopes).joined(separator: "\u{0}")
    }
}
