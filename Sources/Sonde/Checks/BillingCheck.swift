/// Is there money, quota and tier for it?
///
/// - Sends: the vendor's balance endpoint, where the key may read one.
/// - Passes when: credit is left, or inference was served, and of no rate limit less than 5 % is left.
/// - Fails when: the service refuses for credit, quota, card, tier or budget.
/// - Costs: nothing.
public enum BillingCheck: Check {
    public static let id = "billing"
    public static let question = "Is there money, quota and tier for it?"

    public static func judge(_ evidence: Evidence, _ weighing: Weighing) -> CheckResult {
        var result = judgeBalance(evidence, weighing)
        let limits = RateLimit.last(in: evidence.exchanges, vendor: evidence.target.vendor)
        // Where nothing was served there is nothing to be said of what it cost.
        let isServed = evidence.hasBeenServed && (result.outcome == .pass || result.outcome == .warn)
        var parts = [result.summary]
        if let low = words(limits.filter(\.isLow)) {
            if result.outcome == .pass || result.outcome == .skip { result.outcome = .warn }
            parts.append("rate limits: only \(low) left")
        } else if let told = words(limits) {
            parts.append("rate limits: \(told) left")
        } else if isServed {
            parts.append("rate limits: not told")
        }
        if isServed {
            parts.append(evidence.cost.map { "this run cost \(Money.text($0)) USD" } ?? "what this run cost is unknown")
        }
        result.summary = parts.joined(separator: "; ")
        return result
    }

    private static func judgeBalance(_ evidence: Evidence, _ weighing: Weighing) -> CheckResult {
        let holder = evidence.own.first { $0.answer?.facts.balance != nil }
        let balance = holder?.answer?.facts.balance
        let fields = holder.flatMap { evidence.target.vendor.endpoints[$0.exchange.probe.endpoint]?.balance }
        let amount = balance?.remaining.map { "\(Money.text($0)) \(balance?.currency ?? "")" }
        if weighing.conclusion?.cause == .billingBlocked {
            let item = weighing.conclusion?.exchange.map(evidence.item)
            // What the line of inference says already is not said twice.
            let isSaid = item?.exchange.probe.kind == .inference && evidence.options.checks.contains(InferenceCheck.id)
            let code = isSaid ? item?.answer.flatMap(Wording.code).map { "\($0), see inference" } : nil
            let words = code ?? item.map { Wording.answer($0.exchange) } ?? "refused"
            return result(
                .fail, amount.map { "\(words); the \(fields?.subject == .key ? "key's limit" : "balance") reads \($0)" } ?? words, item,
                holder)
        }
        let served = evidence.served ?? evidence.generated.flatMap { $0.reading.isHealthy ? $0 : nil }
        if let amount, let balance, let remaining = balance.remaining {
            let isKeys = fields?.subject == .key
            guard remaining <= 0 else {
                let left = isKeys ? "\(amount) left of the key's own limit, the account's balance is not told" : "\(amount) left"
                return result(.pass, "\(left) (\(origin(balance)))", holder)
            }
            let empty = isKeys ? "nothing is left of the key's own limit (\(amount))" : "the balance is \(amount)"
            return result(.warn, served != nil ? "\(empty), yet inference was served" : empty, holder)
        }
        if evidence.target.vendor.kind == .local { return result(.skip, "not billed: software that is run locally") }
        if let served {
            let tier = balance?.isFreeTier.map { $0 ? " (free tier: nothing was ever bought)" : " (credit was bought)" } ?? ""
            let used = balance?.used.map { "; \(Money.text($0)) \(balance?.currency ?? "") used so far" } ?? ""
            return result(.pass, "inference was served; the balance cannot be read with this key\(used)\(tier)", served, holder)
        }
        return result(.skip, "unknown: no balance to read, and no inference was served")
    }

    /// Whether it was given or paid for.
    private static func origin(_ balance: Facts.Balance) -> String {
        if let granted = balance.granted, let bought = balance.bought {
            return "\(Money.text(granted)) given, \(Money.text(bought)) bought"
        }
        switch balance.isFreeTier {
        case true?: return "free tier: nothing was ever bought"
        case false?: return "credit was bought"
        case nil: return "free or bought: not told"
        }
    }

    /// `499 of 500 requests, 3 of 200000 tokens (whole again in 12 s)`.
    private static func words(_ limits: [RateLimit]) -> String? {
        let words = limits.map { limit in
            let reset = limit.isLow ? limit.reset.map { " (whole again in \(time($0)))" } ?? "" : ""
            return "\(max(0, limit.remaining))\(limit.limit.map { " of \($0)" } ?? "") \(limit.name)\(reset)"
        }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    private static func time(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        if seconds < 2 { return "\(duration.milliseconds) ms" }
        return seconds < 120 ? "\(seconds) s" : seconds < 7200 ? "\(seconds / 60) min" : "\(seconds / 3600) h"
    }
}
