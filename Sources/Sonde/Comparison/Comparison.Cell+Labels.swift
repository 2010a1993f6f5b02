extension Comparison.Cell {
    /// The cells with a label each: of those that would be called alike on one way the keys are numbered, `command (1)`, or the
    /// targets, where it is those that differ.
    ///
    /// Two keys from two commands have one label, since nothing may show the commands; so have two targets that a user gave one name.
    static func toldApart(_ cells: [Self], _ results: [TargetResult]) -> [Self] {
        let counts = Dictionary(grouping: cells, by: Label.init).mapValues(\.count)
        let doubled = Set(cells.filter { counts[Label($0), default: 0] > 1 }.map(\.row))
        guard !doubled.isEmpty else { return cells }
        let services = Dictionary(grouping: cells, by: \.row).mapValues { (alike: [Self]) in
            Set(alike.map { results[$0.target].target.comparedService }).count
        }
        var taken = Set(cells.map(Label.init))
        var seen: [Label: Int] = [:]
        return cells.map { cell in
            guard doubled.contains(cell.row) else { return cell }
            var (numbered, number) = (cell, seen[Label(cell), default: 0])
            repeat {
                number += 1
                numbered.label(with: number, byKey: cell.key != nil && services[cell.row] == 1, of: cell)
            } while taken.contains(Label(numbered))
            seen[Label(cell)] = number
            taken.insert(Label(numbered))
            return numbered
        }
    }

    private mutating func label(with number: Int, byKey isByKey: Bool, of cell: Self) {
        if isByKey { key = (cell.key ?? "") + " (\(number))" } else { subject = cell.subject + " (\(number))" }
    }

    /// What stands before a line of the matrix.
    package struct Row: Hashable {
        package var subject: String
        package var key: String?
    }

    package var row: Row { Row(subject: subject, key: key) }

    /// What a cell goes by: its row and its column.
    private struct Label: Hashable {
        var row: Row
        var way: String

        init(_ cell: Comparison.Cell) { (row, way) = (cell.row, cell.way) }
    }
}

extension [String] {
    /// The names with a number each where two are the same: `a (1)`, `a (2)`.
    package var toldApart: [String] {
        let counts = Dictionary(map { ($0, 1) }, uniquingKeysWith: +)
        var taken = Set(self)
        var numbers: [String: Int] = [:]
        return map { name in
            guard counts[name, default: 1] > 1 else { return name }
            var (numbered, number) = (name, numbers[name, default: 0])
            repeat {
                number += 1
                numbered = "\(name) (\(number))"
            } while taken.contains(numbered)
            numbers[name] = number
            taken.insert(numbered)
            return numbered
        }
    }
}
