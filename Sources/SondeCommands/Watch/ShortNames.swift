/// Names cut to a column of a table, so that those that differ still do.
enum ShortNames {
    /// The names in their order, each at most so wide.
    static func cut(_ names: [String], to columns: Int) -> [String] {
        distinct(names, names.map { TerminalText.truncatedInMiddle($0, to: columns) }, sharing: 0, to: columns)
    }

    /// Where different names were cut alike, what all of them begin with is left out instead.
    ///
    /// - Parameter shared: Characters that were left out before.
    private static func distinct(_ names: [String], _ cut: [String], sharing shared: Int, to columns: Int) -> [String] {
        var cut = cut
        for places in Dictionary(grouping: names.indices, by: { cut[$0] }).values {
            let alike = places.map { names[$0] }
            let common = commonStart(of: alike)
            guard Set(alike).count > 1, common > shared else { continue }
            let shorter = alike.map { TerminalText.truncatedInMiddle("…" + $0.dropFirst(common), to: columns) }
            for (place, name) in zip(places, distinct(alike, shorter, sharing: common, to: columns)) { cut[place] = name }
        }
        return cut
    }

    /// How many characters all of them begin with.
    private static func commonStart(of names: [String]) -> Int {
        guard let first = names.first else { return 0 }
        return names.dropFirst().reduce(first[...]) { $0.commonPrefix(with: $1) }.count
    }
}

extension Substring {
    fileprivate func commonPrefix(with other: String) -> Substring {
        self[
            ..<(zip(indices, zip(self, other)).first { $0.1.0 != $0.1.1 }?.0 ?? index(startIndex, offsetBy: Swift.min(count, other.count)))]
    }
}
