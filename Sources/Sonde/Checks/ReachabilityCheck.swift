/// Does the API itself answer from here?
///
/// - Sends: nothing of its own; it looks at every exchange of the baseline.
/// - Passes when: an answer in the API's own form arrived.
/// - Fails when: every request died on the way, or somebody else answered. A recording that gives only a client's words leaves it open.
/// - Costs: nothing.
public enum ReachabilityCheck: Check {
    public static let id = "reachability"
    public static let question = "Does the API itself answer from here?"

    public static func judge(_ evidence: Evidence, _ weighing: Weighing) -> CheckResult {
        if evidence.exchanges.isEmpty { return result(.skip, "not asked: nothing was sent") }
        if let word = evidence.firstWordOfAPI {
            let died = evidence.own.first { $0.exchange.failure != nil }
            if let died {
                return result(
                    .warn, "the API answers, but \(Wording.request(died.exchange)) did not: \(died.exchange.failure?.message ?? "")", word,
                    died)
            }
            if let days = daysLeft(evidence), days < shortLife {
                return result(.warn, "the API answers, but its certificate ends in \(days) days", word)
            }
            return result(.pass, pass(word.exchange, evidence), word)
        }
        if let own = evidence.own.first(where: { $0.answer != nil }) {
            if let told = retold(own, evidence) { return told }
            return result(.fail, "something answers, but not the API: \(Wording.answer(own.exchange))", own)
        }
        guard let failed = evidence.own.first(where: { $0.exchange.failure != nil }) else { return result(.inconclusive, "no answer") }
        if evidence.own.allSatisfy({ $0.exchange.failure?.kind == .unsendable }) { return result(.skip, "not asked: nothing was sent") }
        if failed.exchange.failure?.kind == .unexplained {
            return result(.inconclusive, "no answer, and nothing says why: \(failed.exchange.failure?.message ?? "")", failed)
        }
        return result(.fail, failed.exchange.failure?.message ?? "no answer", failed)
    }

    /// What can be said where a recording gives words instead of the answer that held them: that there was an answer, and whether
    /// it spoke as APIs do.
    private static func retold(_ item: Evidence.Item, _ evidence: Evidence) -> CheckResult? {
        guard evidence.target.isRecorded, let answer = item.answer, [.text, .empty].contains(answer.bodyKind) else { return nil }
        guard item.reading.speaker == .unknown, item.reading.cause.map({ ![.intercepted, .proxyFailure].contains($0) }) ?? true else {
            return nil
        }
        let isOfAPI =
            item.reading.certainty >= .likely && item.reading.cause.map { !Cause.network.contains($0) && $0 != .wrongEndpoint } == true
        if isOfAPI { return result(.pass, "an answer came, and speaks as the API does: \(Wording.answer(item.exchange))", item) }
        let words = "the text does not show whether it is the API's: \(Wording.answer(item.exchange))"
        return result(.inconclusive, answer.status == 0 ? words : "an answer came, but \(words)", item)
    }

    /// Days under which a certificate that is still valid is worth a warning.
    private static let shortLife: Int64 = 7

    /// Whole days until the server's certificate ends.
    private static func daysLeft(_ evidence: Evidence) -> Int64? {
        evidence.exchanges.lazy.compactMap { exchange in
            exchange.connection.tls?.certificate?.notAfter.map { ($0.seconds - exchange.startedAt.seconds) / 86_400 }
        }.first
    }

    /// Address, protocol, certificate, time: what a healthy connection shows.
    private static func pass(_ exchange: Exchange, _ evidence: Evidence) -> String {
        var parts: [String] = []
        if let version = exchange.answer?.httpVersion, !version.isEmpty { parts.append("HTTP/\(version)") }
        let tls = evidence.exchanges.lazy.compactMap(\.connection.tls).first { $0.version != nil }
        if let version = tls?.version { parts.append(version) }
        if let days = daysLeft(evidence) { parts.append("certificate good for \(days) days") }
        if let address = exchange.connection.peerAddress { parts.append(address) }
        if let handshake = evidence.exchanges.compactMap({ $0.timings.tls ?? $0.timings.connect }).filter({ $0 > .zero }).min() {
            parts.append("connected in \(handshake.milliseconds) ms")
        }
        return parts.isEmpty ? "the API answers" : "the API answers (\(parts.joined(separator: ", ")))"
    }
}

extension Duration {
    /// Whole milliseconds, rounded.
    public var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + (attoseconds + 500_000_000_000_000) / 1_000_000_000_000_000
    }
}
