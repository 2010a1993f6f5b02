import SondeJSON

extension Comparison {
    /// Reads a saved comparison and concludes again from its cells; what it says itself of conclusions is not looked at.
    init(saved reader: JSONReader, results: [TargetResult]) throws(JSONError) {
        let cells = try reader.elements("cells", limit: Self.cellLimit).map { (element) throws(JSONError) in
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
        let series = try reader.elements("series", limit: Comparison.cellLimit).map { (element) throws(JSONError) in
            guard cells > 0 else { throw element.error("the comparison has no cells") }
            return Series(cell: try element.int("cell", in: 0...(cells - 1)), samples: try [Sample](saved: element))
        }
        guard Set(series.map(\.cell)).count == series.count else { throw reader.error("a cell has one series", at: "series") }
        self.init(rounds: rounds, series: series, requests: try reader.int("requests", in: ReportLimits.count))
        exclusions = try reader.elements("not_compared").map { (element) throws(JSONError) in
            guard cells > 0 else { throw element.error("the comparison has no cells") }
            return Exclusion(
                cell: try element.int("cell", in: 0...(cells - 1)), measure: try element.optionalChoice("measure"),
                reason: try element.choice("reason"))
        }
        end = try reader.optionalChoice("ended_by")
    }
}
