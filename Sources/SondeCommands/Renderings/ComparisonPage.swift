import Sonde

/// The page about a comparison: a matrix with what differs marked, what that proves, and what is known of the ways.
struct ComparisonPage {
    let report: Report
    let comparison: Comparison
    let look: TextLook

    private var style: Style { look.style }
    private var cells: [Comparison.Cell] { comparison.cells }

    /// Blocks of lines, to be separated by an empty one.
    var blocks: [[String]] {
        var blocks = [matrix]
        blocks.append(conclusions)
        if let latency = comparison.latency { blocks.append(LatencyTable(latency: latency, names: names, look: look).lines) }
        if comparison.latency?.series.isEmpty == true {
            blocks.append([style(.strong, "Latency") + ": not measured, since fewer than two combinations work"])
        }
        blocks.append(offers)
        blocks.append(ways)
        return blocks
    }

    // MARK: The matrix

    /// What the rows are about: the target, with its key where several are compared.
    private func row(_ cell: Comparison.Cell) -> String {
        hasSeveralKeys ? "\(cell.subject), \(cell.key ?? "no key")" : cell.subject
    }

    private var hasSeveralKeys: Bool {
        let keys = Dictionary(grouping: cells) { "\($0.subject)\u{0}\($0.way)" }
        return keys.values.contains { Set($0.map(\.key)).count > 1 }
    }

    /// A name for each cell, as short as it can be.
    private var names: [String] {
        let isOneWay = Set(cells.map(\.way)).count == 1
        return cells.map { isOneWay ? row($0) : "\(row($0)) over \($0.way)" }.map(TerminalText.escaped)
    }

    private var matrix: [String] {
        let rows = cells.map(row).unique
        let columns = cells.map(\.way).unique
        let differing = comparison.differing(report.targets)
        let states = cells.indices.map { state(of: $0, isDifferent: differing.contains($0)) }
        let heads = columns.map(TerminalText.escaped)
        let labels = rows.map(TerminalText.escaped)
        let labelWidth = labels.map(TerminalText.width).max() ?? 0
        let widths = columns.indices.map { column in
            max(
                TerminalText.width(heads[column]),
                cells.indices.filter { cells[$0].way == columns[column] }.map { states[$0].text.count }.max() ?? 0)
        }
        var lines: [String]
        if 2 + labelWidth + widths.reduce(0, { $0 + 2 + $1 }) <= look.width {
            lines = [
                "  " + TerminalText.padded("", to: labelWidth) + zip(heads, widths).map { "  " + TerminalText.padded($0, to: $1) }.joined()
            ]
            .map { trimmed($0) }
            for (row, label) in zip(rows, labels) {
                var line = "  " + TerminalText.padded(label, to: labelWidth)
                for (column, width) in zip(columns, widths) {
                    let index = cells.indices.first { self.row(cells[$0]) == row && cells[$0].way == column }
                    let (text, role) = index.map { states[$0] } ?? ("", .skip)
                    line += "  " + style(role, text) + String(repeating: " ", count: max(0, width - text.count))
                }
                lines.append(trimmed(line))
            }
        } else {
            // Too wide for a table: one combination a line.
            let names = names
            lines = cells.indices.flatMap { index in
                TerminalText.wrapped("\(names[index]): \(states[index].text)", to: look.width, indent: 2, hanging: 4)
            }
        }
        if !differing.isEmpty { lines.append("  * differs from the rest") }
        return [style(.heading, "Compared")] + lines
    }

    private func state(of index: Int, isDifferent: Bool) -> (text: String, role: Style.Role) {
        let result = report.targets[cells[index].target]
        let role: Style.Role =
            switch result.outcome {
            case .pass: .pass
            case .warn, .inconclusive: .warn
            case .fail: .fail
            case .skip: .skip
            }
        return (result.verdict.cause.rawValue + (isDifferent ? " *" : ""), role)
    }

    private func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }

    // MARK: Conclusions

    private var conclusions: [String] {
        guard !comparison.conclusions.isEmpty else {
            return [style(.strong, "What that proves")]
                + TerminalText.wrapped(
                    Comparison.nothingProven, to: look.width, indent: 2)
        }
        var lines = [style(.strong, "What that proves")]
        var said: Set<[String]> = []
        for conclusion in comparison.conclusions {
            lines += item("-", "\(conclusion.text) (\(conclusion.law), \(conclusion.confidence.rawValue))")
            // The steps hang on the verdict; two conclusions about one refusal need them once.
            guard !conclusion.nextSteps.isEmpty, said.insert(conclusion.nextSteps).inserted else { continue }
            if let owner = conclusion.owner { lines.append("    Next" + (owner == .nobody ? "" : ": \(owner.phrase)")) }
            for (number, step) in conclusion.nextSteps.enumerated() { lines += item("\(number + 1).", step, indent: 4) }
        }
        return lines
    }

    private func item(_ mark: String, _ text: String, indent: Int = 2) -> [String] {
        let column = indent + mark.count + 1
        let body = TerminalText.wrapped(TerminalText.escaped(text), to: look.width, indent: column)
        let start = String(repeating: " ", count: indent) + mark + " "
        return body.enumerated().map { index, line in index == 0 ? start + line.dropFirst(column) : line }
    }

    // MARK: Models and ways

    private var offers: [String] {
        guard !comparison.offers.isEmpty else { return [] }
        let width = comparison.offers.map { TerminalText.width(TerminalText.escaped($0.model)) }.max() ?? 0
        var lines = [style(.strong, "Models")]
        for offer in comparison.offers {
            let found = offer.targets.map { target in
                let subject = TerminalText.escaped(target.subject)
                guard target.isKnown else { return "\(subject): no list" }
                return target.names.isEmpty
                    ? "\(subject): not listed" : "\(subject): \(target.names.prefix(3).map(TerminalText.escaped).joined(separator: ", "))"
            }
            lines += TerminalText.labeled(
                TerminalText.escaped(offer.model), column: 4 + min(width, 40), found.joined(separator: "; "), to: look.width, indent: 2)
        }
        return lines
    }

    /// What the vendors' edges and the sockets tell of each way, once for all targets that tell the same.
    private var ways: [String] {
        var lines: [String] = []
        let names = names
        for index in cells.indices {
            let facts = WayFacts(report.targets[cells[index].target], proxy: cells[index].proxy)
            guard let text = facts.summary else { continue }
            lines += TerminalText.wrapped("\(names[index]): \(TerminalText.escaped(text))", to: look.width, indent: 2, hanging: 4)
        }
        let network = report.network
        if !network.proxies.isEmpty {
            lines += TerminalText.wrapped(
                "Proxy variables in force: \(network.proxies.map(TerminalText.escaped).joined(separator: ", "))", to: look.width, indent: 2,
                hanging: 4)
        }
        if !network.tunnels.isEmpty {
            lines += TerminalText.wrapped(
                "Interfaces that look like a VPN: \(network.tunnels.map(TerminalText.escaped).joined(separator: ", "))", to: look.width,
                indent: 2, hanging: 4)
        }
        return lines.isEmpty ? [] : [style(.strong, "The ways")] + lines
    }
}
