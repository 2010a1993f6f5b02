public import SondeJSON

extension VerificationRecord {
    var json: JSON {
        var entries: JSON.Object = [
            ("result", .string(result)), ("report_started_at", .string(reportStartedAt.rfc3339)),
            ("healthy_before", .integer(Int64(healthyCount))), ("differences", .array(differences.map(\.json))),
            ("targets", .array(targets.map(\.json))), ("rounds", .array(rounds.map(\.json))),
        ].object
        if let waited {
            entries["waited"] = [
                "limit_ms": .integer(waited.limit.milliseconds), "most_paid_requests": .integer(Int64(waited.mostPaidRequests)),
            ]
        }
        return .object(entries)
    }
}

extension VerificationRecord.Round {
    fileprivate var json: JSON {
        ["started_at": .string(startedAt.rfc3339), "asked": .integer(Int64(asked)), "fixed": .integer(Int64(fixed))]
    }
}

extension Difference {
    fileprivate var json: JSON {
        var entries = JSON.Object()
        if let target { entries.append("target", .string(target)) }
        entries.append("subject", .string(subject.rawValue))
        entries.append("before", .string(before))
        entries.append("now", .string(now))
        entries.append("is_remedy", .bool(isRemedy))
        return .object(entries)
    }
}

extension Verified {
    /// What a report and a line of `ndjson` say of one target.
    public var json: JSON {
        [
            "name": .string(now.target.name), "result": .string(change.rawValue), "summary": .string(summary),
            "before": before.verdictJSON, "now": now.verdictJSON,
            "requests": .array(
                requests.map { pair in
                    var entries = JSON.Object()
                    if let index = pair.before ?? pair.now {
                        let exchange = pair.before == nil ? now.exchanges[index] : before.exchanges[index]
                        entries.append("request", .string(Wording.request(exchange)))
                    }
                    entries.append("before", pair.before.map { before.exchanges[$0].summaryJSON(before.target.vendor) } ?? .null)
                    entries.append("now", pair.now.map { now.exchanges[$0].summaryJSON(now.target.vendor) } ?? .null)
                    return .object(entries)
                }),
            "control": control.json, "undo": .strings(undo),
        ]
    }
}

extension Verified.Control {
    fileprivate var json: JSON {
        var entries = JSON.Object()
        if let kind { entries.append("kind", .string(kind.rawValue)) }
        entries.append("outcome", .string(outcome.rawValue))
        if let exchange { entries.append("exchange", .integer(Int64(exchange))) }
        entries.append("text", .string(text))
        return .object(entries)
    }
}

extension TargetResult {
    fileprivate var verdictJSON: JSON {
        [
            "started_at": .string(startedAt.rfc3339), "cause": .string(verdict.cause.rawValue), "reason": .optional(verdict.reason),
            "confidence": .string(verdict.confidence.rawValue),
        ]
    }
}

extension Exchange {
    /// When, what came, and the id under which the vendor finds it.
    fileprivate func summaryJSON(_ vendor: Vendor) -> JSON {
        var entries: JSON.Object = [("started_at", .string(startedAt.rfc3339))].object
        if let answer { entries["status"] = .integer(Int64(answer.status)) }
        if let failure { entries["transport_error"] = .string(failure.kind.rawValue) }
        entries["answer"] = .string(Wording.answer(self))
        if let id = requestID(vendor) { entries["request_id"] = .string(id.value) }
        return .object(entries)
    }

    /// The request id that the vendor's answer carries, with its header's name.
    public func requestID(_ vendor: Vendor) -> HeaderField? {
        guard let answer else { return nil }
        return vendor.responseHeaders.requestID.lazy.compactMap { name in answer.headers[name].map { HeaderField(name, $0) } }.first
    }

    /// What came back, in a few words: `403 access_denied “Forbidden.”`, or what failed.
    public var answerText: String { Wording.answer(self) }
}
