import Sonde
import SondeJSON

/// One line of JSON about one case: `{"id":…,"verdict":{…}}`, or why it could not be read.
enum VerdictLine {
    static func write(_ verdict: Verdict, of id: String, to output: inout [UInt8]) {
        JSON.object(JSON.Object([("id", .string(id)), ("verdict", verdict.json)])).write(to: &output)
        output.append(UInt8(ascii: "\n"))
    }

    /// What a policy made of the cases before it: `{"gate":{…}}`, as the report has it.
    static func write(_ gate: Gate, to output: inout [UInt8]) {
        JSON.object(JSON.Object([("gate", gate.json)])).write(to: &output)
        output.append(UInt8(ascii: "\n"))
    }

    /// - Parameter line: Of the input, from 1; nil where none is to blame.
    static func write(_ error: String, inLine line: Int? = nil, to output: inout [UInt8]) {
        let place = line.map { [("line", JSON.integer(Int64($0)))] } ?? []
        JSON.object(JSON.Object([("id", .null)] + place + [("error", .string(error))])).write(to: &output)
        output.append(UInt8(ascii: "\n"))
    }
}
