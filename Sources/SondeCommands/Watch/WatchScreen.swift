import Sonde
import SondeJSON
import Synchronization

/// What a watch shows: a table that is redrawn in place with the changes above it, lines of text, or lines of JSON.
final class WatchScreen: Sendable {
    enum Form: Hashable {
        case table, text
        /// A line of JSON each.
        case lines
    }

    private let console: Console
    private let form: Form
    private let detail: TextLook.Detail
    private let style: Style
    private let state: Mutex<State>

    private struct State: Sendable {
        var table: WatchTable
        /// Lines that the table takes, as it was drawn last.
        var drawn: [String] = []
        var start = ContinuousClock.now
        /// The day of the last line with a time, as text.
        var day = ""
    }

    init(console: Console, plan: WatchPlan, form: Form, detail: TextLook.Detail, style: Style) {
        self.console = console
        self.form = form
        self.detail = detail
        self.style = style
        state = Mutex(State(table: WatchTable(plan: plan, style: style)))
    }

    /// Says whether there is something on the screen that tells the time.
    var isLive: Bool { form == .table }

    /// - Parameter start: The moment from which rounds are counted.
    func start(at start: ContinuousClock.Instant) {
        state.withLock { $0.start = start }
    }

    /// Says what will be done and what it may cost.
    func begin(_ notice: WatchNotice, targets: [Target], at moment: Timestamp) {
        guard form == .lines else {
            console.note(notice.lines(to: console.width))
            state.withLock { $0.day = Self.day(of: moment) }
            return
        }
        write(WatchLine.started(notice.plan, targets: targets, at: moment))
    }

    func ask(_ round: Int) {
        draw { $0.phase = .asking(round: round) }
    }

    func wait(until next: Duration) {
        draw { $0.phase = .waiting(until: next) }
    }

    /// Draws the table anew, as time goes by.
    func tick() {
        draw { _ in }
    }

    /// Says something that is no result, on standard error.
    ///
    /// - Parameter text: Escaped already.
    func note(_ text: String) {
        let lines = TerminalText.wrapped(text, to: console.terminals.error ? console.width : .max)
        above { console.note(lines.joined(separator: "\n")) }
    }

    /// Shows a round that came to its end.
    func show(_ round: WatchRounds.Round, _ report: Report, _ watch: Watch) {
        switch form {
        case .lines:
            for change in round.changes { write(WatchLine.change(change, in: round, report)) }
            if detail == .verbose { write(WatchLine.round(round, report, watch)) }
        case .text, .table:
            var lines: [String] = []
            // What a table shows anyway need not stand above it as well.
            for change in round.changes where form == .text || change.before != nil {
                lines += text(of: change, in: round, report)
            }
            if detail == .verbose { lines += text(of: round, report) }
            above {
                for line in lines { console.write(line + "\n") }
            }
            draw { $0.take(round, report, watch) }
        }
    }

    /// Says how it ended.
    func end(_ status: ExitStatus, _ watch: Watch, _ tally: WatchRounds.Tally, isDone: Bool, report: Report?) {
        let now = Timestamp(microseconds: System.now())
        guard form != .lines else {
            return write(WatchLine.ended(status, watch, tally, report: report, at: now))
        }
        draw { $0.phase = .ended }
        let outcomes = report?.outcomes ?? []
        let counts = [CheckResult.Outcome.pass, .warn, .fail, .inconclusive].compactMap { outcome in
            let count = outcomes.count { $0 == outcome }
            return count == 0 ? nil : "\(count) \(outcome.rawValue)"
        }
        let word = status == .usage ? style(.fail, "error") : isDone ? Self.word(status, style) : "ended"
        let done = [
            Counted.text(tally.rounds, "round"), Counted.text(tally.changes, "change"), Counted.text(tally.allPaidCalls, "paid call"),
        ]
        let last =
            "sonde: \(word) (exit \(status.rawValue)): \(done.joined(separator: ", "))\(counts.isEmpty ? "" : "; last \(counts.joined(separator: ", "))")"
        let lines = console.terminals.output && width < 80 ? TerminalText.wrapped(last, to: width, hanging: 2) : [last]
        console.write((isLive ? "\n" : "") + lines.joined(separator: "\n") + "\n")
    }

    private static func word(_ status: ExitStatus, _ style: Style) -> String {
        switch status {
        case .pass: style(.pass, "pass")
        case .checkFailed, .thresholdBreached, .usage: style(.fail, "fail")
        case .retryable: style(.fail, "fail, may pass on a retry")
        case .inconclusive, .interrupted, .terminated: style(.warn, "inconclusive")
        }
    }

    // MARK: Lines of text

    private func text(of change: Watch.Change, in round: WatchRounds.Round, _ report: Report) -> [String] {
        let result = report.targets[change.target]
        var parts = [change.after.words]
        if let before = change.before {
            parts = ["\(before.words) → \(change.after.words)"]
            if let since = change.lastedSince { parts.append("after \(DurationText.age(round.startedAt.since(since)))") }
        }
        if change.after.isExcused(in: report) {
            parts.append("no host is reached: this machine seems to be offline")
        } else if change.after.outcome == .fail, let turn = result.verdict.turn {
            parts[parts.count - 1] += "; next: \(turn)"
        }
        let name = TerminalText.escaped(result.target.name)
        return timed("\(name): \(parts.joined(separator: ", "))", mark: OutcomeMark.text(change.after.outcome, style), at: round.startedAt)
    }

    private func text(of round: WatchRounds.Round, _ report: Report) -> [String] {
        let counts = [CheckResult.Outcome.pass, .warn, .fail, .inconclusive].compactMap { outcome in
            let count = report.outcomes.count { $0 == outcome }
            return count == 0 ? nil : "\(count) \(outcome.rawValue)"
        }
        let inference = round.hasInferred ? "with inference" : "without inference"
        return timed(
            "round \(round.number) \(inference): \(counts.joined(separator: ", ")), \(Duration.shown(round.duration))", mark: "    ",
            at: round.startedAt)
    }

    /// With the time in front: on a terminal that of the clock on the wall, elsewhere one that tells all.
    private func timed(_ text: String, mark: String, at moment: Timestamp) -> [String] {
        let local = moment.rfc3339(zoneOffsetSeconds: System.zoneOffset(atSeconds: moment.seconds))
        guard console.terminals.output else { return ["\(local)  \(mark)  \(text)"] }
        let day = String(local.prefix(10))
        let isNewDay = state.withLock { state in
            defer { state.day = day }
            return state.day != day
        }
        let clock = local.dropFirst(11).prefix(8)
        return (isNewDay ? [style(.skip, day)] : []) + TerminalText.labeled("\(clock)  \(mark)", column: 16, text, to: width)
    }

    private static func day(of moment: Timestamp) -> String {
        String(moment.rfc3339(zoneOffsetSeconds: System.zoneOffset(atSeconds: moment.seconds)).prefix(10))
    }

    // MARK: The table

    /// As wide as the terminal is now.
    private var width: Int { max(40, System.columns(of: 1) ?? console.width) }

    private func draw(_ change: (inout WatchTable) -> Void) {
        guard isLive else { return }
        let (width, height) = (width, System.rows(of: 1) ?? 24)
        let text = state.withLock { state in
            change(&state.table)
            let lines = state.table.lines(
                width: width, height: height, elapsed: ContinuousClock.now - state.start, now: Timestamp(microseconds: System.now()))
            defer { state.drawn = lines }
            return Self.takeBack(state.drawn, width: width) + lines.map { $0 + "\u{1B}[K\n" }.joined() + "\u{1B}[J"
        }
        console.write(text)
    }

    /// Writes above the table.
    private func above(_ write: () -> Void) {
        guard isLive else { return write() }
        let width = width
        let text = state.withLock { state in
            defer { state.drawn = [] }
            return state.drawn.isEmpty ? "" : Self.takeBack(state.drawn, width: width) + "\u{1B}[J"
        }
        if !text.isEmpty { console.write(text) }
        write()
        draw { _ in }
    }

    /// Moves the cursor to where the lines began, which may have been broken since by a narrower window.
    private static func takeBack(_ lines: [String], width: Int) -> String {
        let rows = lines.reduce(0) { $0 + max(1, (TerminalText.width($1) + width - 1) / width) }
        return rows == 0 ? "" : "\r\u{1B}[\(rows)A"
    }

    private func write(_ line: JSON) {
        var bytes: [UInt8] = []
        line.write(to: &bytes)
        console.write(bytes + [UInt8(ascii: "\n")])
    }
}

extension Watch.State {
    /// `billing_blocked (insufficient_quota)`; of the outcome only what the cause does not say.
    var words: String {
        // The one case in which the word of the report would frighten for nothing.
        if reason == "inference_not_tested" {
            return outcome == .pass ? "inference not tested" : "inference not tested, \(outcome.rawValue)"
        }
        let title = "\(cause.rawValue)\(reason.map { " (\(TerminalText.escaped($0)))" } ?? "")"
        return cause == .healthy && outcome != .pass ? "\(title), \(outcome.rawValue)" : title
    }

    /// Says whether it counts for nothing, since this machine is offline.
    func isExcused(in report: Report) -> Bool { outcome == .inconclusive && report.isOffline }
}

extension Timestamp {
    /// The time between two moments; none where the clock was set back.
    func since(_ other: Timestamp) -> Duration { .microseconds(max(0, microseconds - other.microseconds)) }
}
