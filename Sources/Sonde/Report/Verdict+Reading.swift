import SondeJSON

extension Reading {
    /// As a saved report holds it, for exchanges that cannot be read again.
    init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            speaker: try reader.choice("speaker"), cause: try reader.optionalChoice("cause"), reason: try reader.optionalText("reason"),
            certainty: try reader.choice("certainty"), detail: try reader.optionalText("detail"),
            retryAfter: try reader.optionalInt("retry_after_ms", in: ReportLimits.milliseconds).map { .milliseconds($0) },
            edge: try reader.optionalMember("edge").map { (edge) throws(JSONError) in
                EdgeLocation(edge: try edge.text("code"), region: try edge.optionalText("region"), time: try edge.optionalTime("time"))
            })
    }
}

extension Verdict {
    /// As a saved report holds it.
    ///
    /// - Parameter exchanges: How many there are to refer to.
    init(saved reader: JSONReader, exchanges: Int) throws(JSONError) {
        self.init(
            cause: try reader.choice("cause"), reason: try reader.optionalText("reason"), confidence: try reader.choice("confidence"),
            owner: try reader.choice("owner"), isRetryable: try reader.bool("retryable"), summary: try reader.text("summary"),
            because: try reader.elements("because").map { (element) throws(JSONError) in
                Statement(
                    law: try element.text("law"), text: try element.text("text"),
                    exchanges: try element.references("exchanges", to: exchanges))
            },
            ruledOut: try reader.elements("ruled_out").map { (element) throws(JSONError) in
                RuledOut(
                    try element.elements("causes").map { (cause) throws(JSONError) in try cause.choice() }, law: try element.text("law"),
                    text: try element.text("text"), exchanges: try element.references("exchanges", to: exchanges))
            },
            runnerUp: try reader.optionalMember("runner_up").map { (other) throws(JSONError) in
                RunnerUp(cause: try other.choice("cause"), separatedBy: try other.text("separated_by"))
            },
            nextSteps: try reader.elements("next_steps").map { (step) throws(JSONError) in try step.text() })
    }
}

extension CheckResult {
    /// As a saved report holds it.
    ///
    /// - Parameter exchanges: How many there are to refer to.
    init(saved reader: JSONReader, exchanges: Int) throws(JSONError) {
        self.init(
            id: try reader.member("id").knownCheck(), try reader.choice("outcome"), try reader.text("summary"),
            exchanges: try reader.references("exchanges", to: exchanges))
    }
}

extension JSONReader {
    /// The id of one of our checks.
    fileprivate func knownCheck() throws(JSONError) -> String {
        let id = try string()
        guard CheckList.all.contains(where: { $0.id == id }) else { throw error("names no check of ours") }
        return id
    }

    /// Indices into a list of so many elements.
    fileprivate func references(_ key: String, to count: Int) throws(JSONError) -> [Int] {
        try elements(key).map { (element) throws(JSONError) in
            guard let index = element.value.intValue, (0..<count).contains(index) else { throw element.error("refers to no exchange") }
            return index
        }
    }
}
