import SondeJSON

extension Comparison {
    /// Reads a saved comparison and concludes again from its cells; what it says itself of conclusions is not looked at.
    init(saved reader: JSONReader, results: [TargetResult]) throws(JSONError) {
        let cells = try reader.elements("cells", limit: ReportLimits.targets).map { (element) throws(JSONError) in
            try Cell(saved: element, count: results.count)
        }
        let models = try reader.elements("models").map { (element) throws(JSONError) in try element.text("model") }
        let latency = try reader.optionalMember("latency").map { (reader) throws(JSONError) in
            try LatencyComparison(saved: reader, cells: cells.count)
        }
        self.init(cells: cells, results: results, models: models, latency: latency)
    }
}

extension Comparison.Cell {
    fileprivate init(saved reader: JSONReader, count: Int) throws(JSONError) {
        guard count > 0 else { throw reader.error("the report has no targets to compare") }
        self.init(
            target: try reader.int("target", in: 0...(count - 1)), subject: try reader.text("subject"), route: try reader.text("route"),
            key: try reader.optionalText("key"), keyNumber: try reader.optionalInt("key_number", in: ReportLimits.count),
            proxy: try reader.optionalText("proxy"), place: try reader.optionalText("place"))
    }
}

extension LatencyComparison {
    fileprivate init(saved reader: JSONReader, cells: Int) throws(JSONError) {
        let rounds = try reader.int("rounds", in: 0...ReportLimits.rounds)
        let series = try reader.elements("series").map { (element) throws(JSONError) in
            guard cells > 0 else { throw element.error("the comparison has no cells") }
            let totals = try element.times(.total)
            let firsts = try element.times(.firstToken)
            return Series(
                cell: try element.int("cell", in: 0...(cells - 1)),
                samples: (0..<max(totals.count, firsts.count)).map { index in
                    Sample(
                        total: index < totals.count ? totals[index] : nil, firstToken: index < firsts.count ? firsts[index] : nil)
                })
        }
        self.init(rounds: rounds, series: series)
    }
}

extension JSONReader {
    /// The measured times of a series, null where a round failed.
    fileprivate func times(_ measure: LatencyComparison.Measure) throws(JSONError) -> [Duration?] {
        try elements("\(measure.rawValue)_ms", limit: ReportLimits.rounds).map { (element) throws(JSONError) in
            if element.value == .null { return nil }
            guard let time = element.value.doubleValue, time >= 0, time < 1e9 else { throw element.error("expected milliseconds") }
            return .milliseconds(time)
        }
    }
}
