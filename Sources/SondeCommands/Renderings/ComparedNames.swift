import Sonde

/// What the cells of a comparison are called, as short as tells them apart; not escaped.
struct ComparedNames {
    /// One for each cell.
    let all: [String]
    private let hasSeveralKeys: Bool

    init(cells: [Comparison.Cell]) {
        let keys = Dictionary(grouping: cells) { "\($0.subject)\u{0}\($0.way)" }
        let hasSeveralKeys = keys.values.contains { Set($0.map(\.key)).count > 1 }
        let isOneWay = Set(cells.map(\.way)).count == 1
        all = cells.map { cell in
            let row = Self.row(cell.row, hasSeveralKeys)
            return isOneWay ? row : "\(row) over \(cell.way)"
        }
        self.hasSeveralKeys = hasSeveralKeys
    }

    /// The target, with its key where several are compared.
    func row(_ row: Comparison.Cell.Row) -> String { Self.row(row, hasSeveralKeys) }

    private static func row(_ row: Comparison.Cell.Row, _ hasSeveralKeys: Bool) -> String {
        hasSeveralKeys ? "\(row.subject), \(row.key ?? "no key")" : row.subject
    }
}
