public import SondeJSON

extension Gate {
    /// As reports hold it.
    public var json: JSON {
        [
            "outcome": .string(outcome.rawValue),
            "findings": .array(findings.map(\.json)),
        ]
    }

    /// Reads the gate of a saved report; a policy is not in it, so that what was found is taken as it stands.
    init(saved reader: JSONReader) throws(JSONError) {
        findings = try reader.elements("findings", limit: ReportLimits.targets).map { (element) throws(JSONError) in
            try Finding(saved: element)
        }
    }
}

extension Gate.Finding {
    fileprivate var json: JSON {
        [
            "subject": .optional(subject), "rule": .string(rule), "outcome": .string(outcome.rawValue), "checks": .strings(checks),
            "text": .string(text),
            "measured": measured.map { .number($0) } ?? .null, "limit": limit.map { .number($0) } ?? .null,
            "cause": .optional(cause?.rawValue), "owner": .optional(owner?.rawValue), "retryable": .bool(isRetryable),
        ]
    }

    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            subject: try reader.optionalText("subject"), rule: try reader.text("rule"), outcome: try reader.choice("outcome"),
            checks: try reader.elements("checks").map { (element) throws(JSONError) in try element.text() },
            text: try reader.text("text"), measured: try reader.optionalNumber("measured"), limit: try reader.optionalNumber("limit"),
            cause: try reader.optionalChoice("cause"), owner: try reader.optionalChoice("owner"),
            isRetryable: try reader.optionalBool("retryable") ?? false)
    }
}
