import Sonde

/// What a watch will do, and what it may cost: said before anything is sent.
struct WatchNotice {
    let plan: WatchPlan
    let targets: Int

    var text: String {
        let what = "Watching \(Counted.text(targets, "target")) every \(DurationText.short(plan.every))"
        let end = plan.rounds.map { ", \(Counted.text($0, "round"))" } ?? ""
        return "\(what)\(end). \(inference). Ctrl-C ends it."
    }

    private var inference: String {
        guard let inferEvery = plan.inferEvery else { return "No inference, so nothing is paid for" }
        let when = inferEvery == 1 ? "in every round" : "in the first round and every \(Self.ordinal(inferEvery)) after it"
        guard plan.paidCallsPerDay > 0 else { return "Inference \(when); none of it is paid for" }
        return
            "Inference \(when): up to \(Counted.text(plan.paidCallsPerDay, "paid call")) a day of \(plan.ceiling) allowed, repetitions after a failure not counted"
    }

    func lines(to width: Int) -> String { TerminalText.wrapped(text, to: width).joined(separator: "\n") }

    /// `2nd`, `10th`, `21st`.
    static func ordinal(_ number: Int) -> String {
        let suffix: String
        switch (number % 10, number % 100) {
        case (_, 11...13): suffix = "th"
        case (1, _): suffix = "st"
        case (2, _): suffix = "nd"
        case (3, _): suffix = "rd"
        default: suffix = "th"
        }
        return "\(number)\(suffix)"
    }
}

extension DurationText {
    /// `60 s`, `5 min`, `250 ms`: as few words as say it exactly enough.
    static func short(_ duration: Duration) -> String {
        duration < .seconds(1)
            ? "\(max(1, duration.milliseconds)) ms" : duration < .seconds(120) ? "\(duration.components.seconds) s" : words(duration)
    }

    /// How long something lasts, in its two greatest units: `42 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
    static func age(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<86_400: return "\(seconds / 3600) h\(seconds / 60 % 60 == 0 ? "" : " \(seconds / 60 % 60) min")"
        default: return "\(seconds / 86_400) d\(seconds / 3600 % 24 == 0 ? "" : " \(seconds / 3600 % 24) h")"
        }
    }
}
