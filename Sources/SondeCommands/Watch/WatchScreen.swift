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
    private let size: @Sendable () -> (columns: Int, rows: Int)?
    private let state: Mutex<State>

    private struct State: Sendable {
        var table: WatchTable
        /// Says whether the cursor is where a table begins.
        var isDrawn = false
        var start = ContinuousClock.now
        /// The day of the last line with a time, as text.
        var day = ""
    }

    /// - Parameter size: Of the terminal as it is now; nil where that is not known.
    init(
        console: Console, plan: WatchPlan, form: Form, detail: TextLook.Detail, style: Style,
        size: @escaping @Sendable () -> (columns: Int, rows: Int)? = WatchScreen.terminalSize
    ) {
        self.console = console
        self.size = size
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
        if form != .lines || notice.isSpaced { console.note(notice.lines(to: console.width)) }
        guard form == .lines else {
            state.withLock { $0.day = Self.day(of: moment) }
            return
        }
        write(WatchLine.started(notice, targets: targets, at: moment))
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
        let lines = TerminalText.wrapped(text, to: console.terminals.error ? width : .max, hanging: 2)
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
            if !lines.isEmpty {
                above { console.write(lines.map { $0 + "\n" }.joined()) }
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

    /// Where the text of a line begins that has a time in front.
    private static let textColumn = 16

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
        var name = TerminalText.escaped(result.target.name)
        // A log holds it whole; a line of a terminal that is too short for it would be broken anywhere.
        if console.terminals.output { name = TerminalText.truncatedInMiddle(name, to: width - Self.textColumn - 1) }
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
        return (isNewDay ? [style(.skip, day)] : []) + TerminalText.labeled("\(clock)  \(mark)", column: Self.textColumn, text, to: width)
    }

    private static func day(of moment: Timestamp) -> String {
        String(moment.rfc3339(zoneOffsetSeconds: System.zoneOffset(atSeconds: moment.seconds)).prefix(10))
    }

    // MARK: The table

    /// Columns and lines of the terminal at standard output.
    private static let terminalSize: @Sendable () -> (columns: Int, rows: Int)? = {
        System.columns(of: 1).map { ($0, System.rows(of: 1) ?? 24) }
    }

    /// As wide as the terminal is now.
    private var width: Int { max(20, size()?.columns ?? console.width) }

    /// Draws the table, and leaves the cursor where it begins.
    ///
    /// A terminal that is resized may break its lines anew or not; either way it takes the cursor along, so that the table is always
    /// drawn over the one before. No line may be broken on its way out: the way back is as long as the table has lines.
    private func draw(_ change: (inout WatchTable) -> Void) {
        guard isLive else { return }
        let (width, height) = (width, size()?.rows ?? 24)
        let text = state.withLock { state in
            change(&state.table)
            let lines = state.table.lines(
                width: width, height: height, elapsed: ContinuousClock.now - state.start, now: Timestamp(microseconds: System.now())
            ).suffix(max(1, height - 1))
            // The last table stays, and what comes next stands below it.
            state.isDrawn = state.table.phase != .ended && !lines.isEmpty
            let wayBack = state.isDrawn ? "\u{1B}[\(lines.count)A" : ""
            // Whole lines are erased: of what remains of one a terminal may think that the next one belongs to it.
            return "\r\u{1B}[?7l" + lines.map { "\u{1B}[2K\($0)\n" }.joined() + "\u{1B}[J\u{1B}[?7h" + wayBack
        }
        console.write(text)
    }

    /// Writes above the table.
    private func above(_ write: () -> Void) {
        guard isLive else { return write() }
        let isDrawn = state.withLock { state in
            defer { state.isDrawn = false }
            return state.isDrawn
        }
        // From the second column on: some terminals keep what is erased from the very first place on as if it had scrolled by.
        if isDrawn { console.write("\r\u{1B}[2K\u{1B}[C\u{1B}[J\r") }
        write()
        draw { _ in }
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
