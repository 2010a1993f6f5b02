import Sonde

/// The page about a comparison: a matrix with what differs marked, what that proves, and what is known of the ways.
struct ComparisonPage {
    let report: Report
    let comparison: Comparison
    let look: TextLook
    private let told: ComparedNames
    /// A name for each cell, escaped.
    private let names: [String]

    init(report: Report, comparison: Comparison, look: TextLook) {
        (self.report, self.comparison, self.look) = (report, comparison, look)
        told = ComparedNames(cells: comparison.cells)
        names = told.all.map(TerminalText.escaped)
    }

    private var style: Style { look.style }
    private var cells: [Comparison.Cell] { comparison.cells }

    /// Blocks of lines, to be separated by an empty one.
    var blocks: [[String]] {
        guard look.detail != .quiet else { return [overview, notJudged, conclusions + measured] }
        var blocks = [matrix, notJudged]
        // The pages above have said it all, and of a machine that is offline there is no more to say.
        if look.detail == .normal, !report.isOffline { blocks.append(verdicts) }
        blocks.append(conclusions)
        if let latency = comparison.latency { blocks.append(LatencyTable(latency: latency, names: names, look: look).lines) }
        blocks.append(offers)
        blocks.append(ways)
        return blocks
    }

    // MARK: The matrix

    /// What the rows are called, escaped.
    private func labels(_ rows: [Comparison.Cell.Row]) -> [String] { rows.map { TerminalText.escaped(told.row($0)) } }

    /// A line a cell, for `--quiet`, or two where it is too long; a name that is cut off might be another's.
    private var overview: [String] {
        let outcomes = report.outcomes
        let width = names.map(TerminalText.width).max() ?? 0
        let causeWidth = cells.map { report.targets[$0.target].verdict.cause.rawValue.count }.max() ?? 0
        return cells.indices.flatMap { index in
            let verdict = report.targets[cells[index].target].verdict
            let cause = verdict.cause.rawValue
            let mark = OutcomeMark.text(outcomes[cells[index].target], style)
            let turn = [verdict.confidence.rawValue, verdict.turn.map { "next: \($0)" }].compactMap(\.self).joined(separator: "; ")
            let start = "  \(mark)  \(TerminalText.padded(names[index], to: width))  "
            guard verdict.cause != .healthy else { return [start + cause] }
            let line = start + TerminalText.padded(cause, to: causeWidth) + "  " + turn
            guard TerminalText.width(line) > look.width else { return [line] }
            return [start + cause] + TerminalText.wrapped(turn, to: look.width, indent: 8)
        }
    }

    private var matrix: [String] {
        let rows = cells.map(\.row).unique
        let columns = cells.map(\.way).unique
        let differing = comparison.differing(report.targets)
        let states = cells.indices.map { state(of: $0, isDifferent: differing.contains($0)) }
        let heads = columns.map(TerminalText.escaped)
        let labels = labels(rows)
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
                    let index = cells.indices.first { cells[$0].row == row && cells[$0].way == column }
                    let (text, role) = index.map { states[$0] } ?? ("", .skip)
                    line += "  " + style(role, text) + String(repeating: " ", count: max(0, width - text.count))
                }
                lines.append(trimmed(line))
            }
        } else {
            // Too wide for a table: of each row a line for each state.
            lines = rows.indices.flatMap { row in
                let own = cells.indices.filter { cells[$0].row == rows[row] }
                return own.map { states[$0].text }.unique.flatMap { state in
                    let ways = own.filter { states[$0].text == state }.map { TerminalText.escaped(cells[$0].way) }
                    let over = ways.count == columns.count ? "on every way" : "over \(ways.joined(separator: ", "))"
                    return TerminalText.wrapped("\(labels[row]) \(over): \(state)", to: look.width, indent: 2, hanging: 4)
                }
            }
        }
        if !differing.isEmpty { lines.append("  * differs from the rest") }
        return [style(.heading, "Compared")] + lines
    }

    /// The rows whose verdicts came with the reports, and why.
    private var notJudged: [String] {
        let found = cells.indices.filter { report.targets[cells[$0].target].notJudgedAgain != nil }
        guard !found.isEmpty else { return [] }
        let why = found.compactMap { report.targets[cells[$0].target].notJudgedAgain }.unique.listed
        return TerminalText.wrapped(
            "Not judged again: \(whichCells(found)); \(TerminalText.escaped(why)). These verdicts are the reports' own. With --vendor-dir naming the manifest they would be judged.",
            to: look.width, hanging: 2)
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

    // MARK: Verdicts

    /// Kinds of failure that are told; a page is there to be read.
    private static let verdictLimit = 6
    /// Of a verdict's steps the first ones; the rest is on the target's own page.
    private static let stepLimit = 2

    /// What is wrong, each verdict once: where, what, whose turn it is and what to do first.
    private var verdicts: [String] {
        let groups = ComparedVerdicts(comparison, results: report.targets).groups
        guard !groups.isEmpty else { return [] }
        var lines = [style(.strong, "What is not well")]
        for group in groups.prefix(Self.verdictLimit) {
            let verdict = group.verdict
            let reason = verdict.reason.flatMap { $0 == verdict.cause.rawValue ? nil : " (\(TerminalText.escaped($0)))" } ?? ""
            let turn = verdict.turn.map { "; next: \($0)" } ?? ""
            lines += TerminalText.wrapped(
                "\(whichCells(group.cells)): \(verdict.cause.rawValue)\(reason), \(verdict.confidence.rawValue)\(turn)", to: look.width,
                indent: 2, hanging: 4)
            lines += TerminalText.wrapped(TerminalText.escaped(verdict.summary), to: look.width, indent: 4)
            guard !group.isAdvisedOn else { continue }
            for (number, step) in verdict.nextSteps.prefix(Self.stepLimit).enumerated() { lines += item("\(number + 1).", step, indent: 4) }
        }
        let left = groups.dropFirst(Self.verdictLimit)
        if !left.isEmpty {
            lines.append("  \(Counted.text(left.count, "more kind")) of failure: --verbose shows a page for each combination.")
        }
        return lines
    }

    /// `maker over direct and vpn`, as short as it can be said.
    private func whichCells(_ found: [Int]) -> String {
        let ways = cells.map(\.way).unique
        if found.count == cells.count, cells.count > 2 { return "all \(cells.count)" }
        guard ways.count > 1 else { return found.map { names[$0] }.listed }
        let rows = found.map { cells[$0].row }.unique
        let columns = found.map { cells[$0].way }.unique
        if columns.count == 1, cells.count(where: { $0.way == columns[0] }) == found.count, found.count > 1 {
            return "every line over \(TerminalText.escaped(columns[0]))"
        }
        // Each of the rows on each of the ways.
        guard rows.count * columns.count == found.count else { return found.map { names[$0] }.listed }
        let subjects = labels(rows)
        let over = columns.count == ways.count ? "on every way" : "over \(columns.map(TerminalText.escaped).listed)"
        return "\(subjects.listed) \(over)"
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
        let shown = look.detail == .normal ? Array(comparison.conclusions.prefix(Self.conclusionLimit)) : comparison.conclusions
        for conclusion in shown {
            lines += item("-", "\(conclusion.text) (\(conclusion.law), \(conclusion.confidence.rawValue))")
            if look.detail == .quiet { continue }
            // The steps hang on the verdict; two conclusions about one refusal need them once.
            guard !conclusion.nextSteps.isEmpty, said.insert(conclusion.nextSteps).inserted else { continue }
            if let owner = conclusion.owner { lines.append("    Next" + (owner == .nobody ? "" : ": \(owner.phrase)")) }
            for (number, step) in conclusion.nextSteps.enumerated() { lines += item("\(number + 1).", step, indent: 4) }
        }
        let left = comparison.conclusions.count - shown.count
        if left > 0 { lines.append("  \(Counted.text(left, "more conclusion")): --verbose shows them all.") }
        return lines
    }

    private static let conclusionLimit = 8

    /// What the times and the lists of models say, an item each, for `--quiet`.
    private var measured: [String] {
        let times = comparison.latency.map { LatencyWords(latency: $0, names: told.all).sentences } ?? []
        return (times + comparison.offers.map { "\($0.model): \($0.words)." }).flatMap { item("-", $0) }
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
            lines += TerminalText.labeled(
                TerminalText.escaped(offer.model), column: 4 + min(width, 40), TerminalText.escaped(offer.words), to: look.width, indent: 2)
        }
        return lines
    }

    /// Lines about ways in a page for people.
    private static let wayLimit = 12

    /// What the vendors' edges and the sockets tell of each way, once for all cells that tell the same.
    private var ways: [String] {
        var order: [String] = []
        var told: [String: [Int]] = [:]
        for index in cells.indices {
            let result = report.targets[cells[index].target]
            if result.exchanges.isEmpty { continue }
            let facts = WayFacts(result, proxy: cells[index].proxy)
            let missing = look.detail == .verbose ? facts.missingEgress(result) : nil
            guard let text = [facts.summary, missing].compactMap(\.self).joinedIfAny("; ") else { continue }
            if told[text] == nil { order.append(text) }
            told[text, default: []].append(index)
        }
        let shown = look.detail == .verbose ? order : Array(order.prefix(Self.wayLimit))
        var lines = shown.flatMap { text in
            TerminalText.wrapped("\(whichCells(told[text] ?? [])): \(TerminalText.escaped(text))", to: look.width, indent: 2, hanging: 4)
        }
        if shown.count < order.count { lines.append("  \(order.count - shown.count) more; --verbose shows them all.") }
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
