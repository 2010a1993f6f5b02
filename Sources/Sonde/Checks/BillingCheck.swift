/// Is there money, quota and tier for it?
///
/// - Sends: the vendor's balance endpoint, where the key may read one.
/// - Passes when: credit is left, or inference was served.
/// - Fails when: the service refuses for credit, quota, card, tier or budget.
/// - Costs: nothing.
public enum BillingCheck: Check {
    public static let id = "billing"
    public static let question = "Is there money, quota and tier for it?"

    public static func judge(_ evidence: Evidence, _ weighing: Weighing) -> CheckResult {
        let holder = evidence.own.first { $0.answer?.facts.balance != nil }
        let balance = holder?.answer?.facts.balance
        let amount = balance?.remaining.map { "\(Self.amount($0)) \(balance?.currency ?? "")" }
        if weighing.conclusion?.cause == .billingBlocked {
            let item = weighing.conclusion?.exchange.map { Evidence.Item(index: $0, exchange: evidence.exchanges[$0]) }
            let words = item.map { Wording.answer($0.exchange) } ?? "refused"
            return result(.fail, amount.map { "\(words); the balance reads \($0)" } ?? words, item, holder)
        }
        if let amount, let remaining = balance?.remaining {
            if remaining > 0 { return result(.pass, "\(amount) left (free and bought credit look the same here)", holder) }
            return result(
                .warn, evidence.served != nil ? "the balance is \(amount), yet inference was served" : "the balance is \(amount)", holder)
        }
        if evidence.target.vendor.kind == .local { return result(.skip, "not billed: software that is run locally") }
        if let inference = evidence.served {
            return result(.pass, "inference was served; the balance cannot be read with this key", inference)
        }
        return result(.skip, "unknown: no balance to read, and no inference was served")
    }

    /// Two decimals, or more where less than a cent is meant.
    static func amount(_ value: Double) -> String {
        let cents = (value * 100).rounded()
        guard abs(cents) < 1e15, cents != 0 || value == 0 else { return "\(value)" }
        let whole = Int64(cents)
        let fraction = String(abs(whole) % 100)
        return "\(whole < 0 ? "-" : "")\(abs(whole) / 100).\(fraction.utf8.count < 2 ? "0" + fraction : fraction)"
    }
}
