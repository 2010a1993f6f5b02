import Sonde

/// What a watch will do, and what it may cost: said before anything is sent.
struct WatchNotice {
    let plan: WatchPlan
    let targets: Int
    /// What `--max-cost` makes of a day; nil without one.
    var budget: WatchBudget?
    /// Says whether inference is asked less often than usual, so that a day stays below the ceiling.
    var isSpaced = false

    var text: String {
        let what = "Watching \(Counted.text(targets, "target")) every \(DurationText.short(plan.every))"
        let end = plan.rounds.map { ", \(Counted.text($0, "round"))" } ?? ""
        guard refusal == nil else { return "\(what)\(end) would be refused. \(inference). \(advice.description)" }
        return "\(what)\(end). \(inference). Ctrl-C ends it."
    }

    /// Why nothing may be sent: the plan takes more than is allowed. Nil where it takes no more.
    var refusal: UsageError? {
        if let refusal = budget?.refusal { return refusal }
        guard !plan.isWithinCeiling else { return nil }
        let allowed: EchoedText = "\(plan.ceiling) \(own: plan.ceiling == 1 ? "is" : "are") allowed"
        let paid: EchoedText = "'--max-cost' pays for \(plan.ceiling)"
        return UsageError(
            .configuration,
            "This takes up to \(plan.paidCallsPerDay) paid calls a day, and \(isPaidFor ? paid : allowed)",
            help: "Nothing was sent. \(advice)")
    }

    private var isPaidFor: Bool { budget?.decidesCalls ?? false }

    /// What would do instead.
    private var advice: EchoedText {
        if let help = budget?.refusal?.help { return help }
        var remedies: [EchoedText] = []
        if let fitting = plan.fittingInferEvery { remedies.append("--infer-every \(fitting)") }
        if let fitting = plan.fittingEvery { remedies.append("--every \(fitting.components.seconds)s") }
        var advice: EchoedText = ""
        if let first = remedies.first {
            advice.append("Ask less often: \(first)")
            for other in remedies.dropFirst() { advice.append(", or \(other)") }
            advice.append(". ")
        }
        advice.append(isPaidFor ? "Or raise --max-cost." : "Or allow it: --max-requests \(plan.paidCallsPerDay).")
        return advice
    }

    private var inference: String {
        guard let inferEvery = plan.inferEvery else { return "No inference, so nothing is paid for" }
        let when = inferEvery == 1 ? "in every round" : "in the first round and every \(Self.ordinal(inferEvery)) after it"
        guard plan.paidCallsPerDay > 0 else { return "Inference \(when); none of it is paid for" }
        let most = "up to \(Counted.text(plan.paidCallsPerDay, "paid call")) a day"
        if let refusal = budget?.refusal { return "Inference \(when): \(most). \(refusal.message)" }
        guard plan.isWithinCeiling else {
            return "Inference \(when): \(most), and \(isPaidFor ? "--max-cost pays for \(plan.ceiling)" : "\(plan.ceiling) are allowed")"
        }
        let why = isSpaced ? ", so that a day stays below what is allowed" : ""
        let cost = budget.map { ", for \(Metric.cost.text($0.highest)) at most" } ?? ""
        return "Inference \(when)\(why): \(most) of \(plan.ceiling) allowed\(cost), more only where something fails or recovers"
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
