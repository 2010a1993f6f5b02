/// The text form that Prometheus reads, version 0.0.4 (prometheus/docs, exposition_formats).
enum PrometheusText {
    /// A label's value: a backslash, a quote and a line end would end it or change it.
    static func label(_ value: String) -> String {
        TerminalText.escaped(value).replacingASCII { byte in
            switch byte {
            case UInt8(ascii: "\\"): "\\\\"
            case UInt8(ascii: "\""): "\\\""
            default: nil
            }
        }
    }

    /// One family of metrics: what it is, and a line for each set of labels.
    struct Family {
        let name: StaticString
        let help: StaticString
        private(set) var samples: [String] = []

        init(_ name: StaticString, _ help: StaticString) {
            self.name = name
            self.help = help
        }

        /// - Parameter value: A number as Prometheus writes it; `NaN` for what is not known.
        mutating func add(_ labels: [(name: StaticString, value: String)] = [], _ value: String) {
            let text = labels.map { "\($0.name)=\"\(label($0.value))\"" }.joined(separator: ",")
            samples.append("\(name)\(labels.isEmpty ? "" : "{\(text)}") \(value)")
        }

        /// Nothing where there is no sample. All are gauges: each run begins anew, and counts nothing up.
        var lines: [String] {
            samples.isEmpty ? [] : ["# HELP \(name) \(help)", "# TYPE \(name) gauge"] + samples
        }
    }
}
