import SondeJSON

extension TargetResult.Samples {
    /// The measured times, and what they took.
    var json: JSON {
        var entries = times.json.objectValue ?? JSON.Object()
        entries.append("usage", usage.json)
        return .object(entries)
    }

    /// - Parameter reader: Where it tells no usage, only the number of requests is known, the one to warm up included.
    init(saved reader: JSONReader) throws(JSONError) {
        let times = try [LatencyComparison.Sample](saved: reader)
        self.init(
            times: times,
            usage: try reader.optionalMember("usage").map { (reader) throws(JSONError) in try TargetResult.Usage(saved: reader) }
                ?? TargetResult.Usage(requests: times.count + 1, inputTokens: 0, outputTokens: 0))
    }
}

extension TargetResult.Usage {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            requests: try reader.int("requests", in: 0...(ReportLimits.rounds + 1)),
            inputTokens: try reader.int("input_tokens", in: ReportLimits.count),
            outputTokens: try reader.int("output_tokens", in: ReportLimits.count),
            cost: try reader.optionalDouble("cost_usd", in: 0...1e12))
    }
}

extension [LatencyComparison.Sample] {
    /// The measured times, one a request, null where it failed; of those that nobody measured nothing.
    var json: JSON {
        let times = LatencyComparison.Measure.allCases.filter { measure in measure == .total || contains { $0[measure] != nil } }
        return .object(JSON.Object(times.map { measure in ("\(measure.rawValue)_ms", .array(map { .milliseconds($0[measure]) })) }))
    }

    init(saved reader: JSONReader) throws(JSONError) {
        let (totals, firsts) = (try reader.times(.total), try reader.times(.firstToken))
        self = (0..<Swift.max(totals.count, firsts.count)).map { index in
            LatencyComparison.Sample(
                total: index < totals.count ? totals[index] : nil, firstToken: index < firsts.count ? firsts[index] : nil)
        }
    }
}

extension JSONReader {
    /// Measured times, null where a request failed.
    fileprivate func times(_ measure: LatencyComparison.Measure) throws(JSONError) -> [Duration?] {
        try elements("\(measure.rawValue)_ms", limit: ReportLimits.rounds).map { (element) throws(JSONError) in
            if element.value == .null { return nil }
            guard let time = element.value.doubleValue, time >= 0, time < 1e9 else { throw element.error("expected milliseconds") }
            return .milliseconds(time)
        }
    }
}

extension JSON {
    /// A length of time in milliseconds with three decimals, or null.
    static func milliseconds(_ duration: Duration?) -> JSON {
        duration.map { .number(($0.seconds * 1_000_000).rounded() / 1000) } ?? .null
    }
}
