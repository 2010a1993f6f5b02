import Sonde

/// The table of a watch, a row a target, and the line below it: text alone, whatever draws it.
struct WatchTable: Sendable {
    enum Phase: Hashable, Sendable {
        case asking(round: Int)
        /// Counted from the first round.
        case waiting(until: Duration)
        case ended
    }

    struct Row: Hashable, Sendable {
        var name: String
        var state: Watch.State
        var since: Timestamp
        var inferredAt: Timestamp?
        /// How long the last round took for it.
        var took: Duration
    }

    let plan: WatchPlan
    let style: Style
    var phase = Phase.asking(round: 1)
    private(set) var rows: [Row] = []
    private var tally = WatchRounds.Tally()

    init(plan: WatchPlan, style: Style) {
        self.plan = plan
        self.style = style
    }

    mutating func take(_ round: WatchRounds.Round, _ report: Report, _ watch: Watch) {
        tally = round.tally
        rows = zip(report.targets, watch.standings).compactMap { result, standing in
            standing.map {
                Row(
                    name: TerminalText.escaped(result.target.name), state: $0.state, since: $0.since, inferredAt: result.inferredAt,
                    took: result.duration)
            }
        }
    }

    /// The lines, none wider than the terminal, and no more than it has.
    ///
    /// - Parameter elapsed: Since the first round began.
    func lines(width: Int, height: Int, elapsed: Duration, now: Timestamp) -> [String] {
        let room = max(1, height - 4)
        let shown =
            rows.count <= room
            ? rows : Array((rows.filter { $0.state.outcome != .pass } + rows.filter { $0.state.outcome == .pass }).prefix(room))
        var lines: [String] = []
        if !shown.isEmpty {
            let columns = Columns(shown, hasInference: plan.inferEvery != nil, width: width, now: now)
            lines.append(style(.skip, columns.head))
            lines += zip(shown, columns.texts).map { row, text in "  \(OutcomeMark.text(row.state.outcome, style))  \(text)" }
            if shown.count < rows.count { lines.append(style(.skip, "  … and \(rows.count - shown.count) more")) }
        }
        if phase == .ended { return lines }
        return lines + [style(.skip, TerminalText.truncated("  " + status(elapsed), to: width - 1))]
    }

    /// `round 12, next in 42 s, 2 changes, 3 of 200 paid calls`.
    private func status(_ elapsed: Duration) -> String {
        var parts: [String]
        switch phase {
        case .asking(let round): parts = ["round \(round), asking …"]
        case .waiting(let next): parts = ["round \(tally.rounds), next in \(DurationText.age(max(.seconds(1), next - elapsed)))"]
        case .ended: parts = []
        }
        parts.append(Counted.text(tally.changes, "change"))
        if plan.paidCallsPerRound > 0, plan.inferEvery != nil { parts.append("\(tally.paidCalls) of \(plan.ceiling) paid calls") }
        if tally.skippedBeats > 0 { parts.append("\(Counted.text(tally.skippedBeats, "beat")) missed") }
        return parts.joined(separator: ", ")
    }

    /// The cells of the table, as wide as there is room for.
    private struct Columns {
        let head: String
        /// What follows the outcome in each row.
        let texts: [String]

        init(_ rows: [Row], hasInference: Bool, width: Int, now: Timestamp) {
            let titles = ["target", "verdict", "for", "inference", "took"]
            let cells = rows.map { row in
                [
                    row.name, row.state.words, DurationText.age(now.since(row.since)),
                    row.inferredAt.map { "\(DurationText.age(now.since($0))) ago" } ?? "–", Duration.shown(row.took),
                ]
            }
            let wanted = titles.indices.map { column in
                column == 3 && !hasInference ? 0 : ([titles[column]] + cells.map { $0[column] }).map(TerminalText.width).max() ?? 0
            }
            let widths = Self.fitted(wanted, into: width - 9)
            let names = ShortNames.cut(cells.map { $0[0] }, to: widths[0])
            func line(_ cells: [String]) -> String {
                var text = ""
                for (column, width) in widths.enumerated() where width > 0 {
                    let cell = TerminalText.truncated(cells[column], to: width)
                    text += (text.isEmpty ? "" : "  ") + TerminalText.padded(cell, to: width)
                }
                // Blanks at the end would be broken into a line of their own where a window is made narrower.
                while text.last == " " { text.removeLast() }
                return text
            }
            head = "        " + line(titles)
            texts = zip(names, cells).map { name, cells in line([name] + cells.dropFirst()) }
        }

        /// Leaves out what tells least, then cuts what is longest, until all of it fits.
        private static func fitted(_ wanted: [Int], into room: Int) -> [Int] {
            var widths = wanted
            // Of a name its beginning and end, and a cause with the beginning of its reason, are worth more than the rest.
            let (name, verdict) = (16, 24)
            func total() -> Int { widths.filter { $0 > 0 }.reduce(0) { $0 + $1 + 2 } - 2 }
            for column in [4, 3, 2] where total() > room {
                let others = widths[2...].reduce(2) { $0 + ($1 > 0 ? $1 + 2 : 0) }
                if min(widths[0], name) + min(widths[1], verdict) + others > room { widths[column] = 0 }
            }
            while total() > room {
                let longest = widths[0] - name > widths[1] - verdict ? 0 : 1
                guard widths[longest] > 4 else { break }
                widths[longest] -= 1
            }
            return widths
        }
    }
}
