import Sonde
import SondeJSON

/// A report somebody hands over: read as untrusted input, cleaned of secrets before anything else.
struct EarlierReport {
    var report: Report
    /// What to type to have it verified again; nil where it came from a pipe.
    var command: String?
    /// Says whether a key stood in it.
    var heldKey: Bool

    /// - Parameter path: `-` is standard input; nil means the last report that was kept.
    static func load(_ path: String?, catalog: VendorCatalog, secrets: [ProtectedSecret], environment: [String: String]) throws
        -> EarlierReport
    {
        let (bytes, name) = try bytes(path, environment)
        let judge = try Judge(vendors: catalog.vendors)
        let (report, heldKey): (Report, Bool)
        do throws(JSONError) {
            (report, heldKey) = try SavedReport.parse(bytes, secrets: secrets, catalog: catalog, judge: judge)
        } catch {
            throw UsageError(
                .configuration, "\(outside: error.description(file: name))", help: "Name a file that 'sonde check -o FILE.json' wrote.")
        }
        try checkNames(report, name)
        guard report.recorded == nil, !report.targets.contains(where: \.target.isRecorded) else {
            throw UsageError(
                .configuration, "\(outside: name): the report explains calls that were made elsewhere, which cannot be repeated from it",
                help: "Ask the service from here: sonde check TARGET -o report.json")
        }
        let command = path.map { $0 == "-" ? nil : "sonde verify \(ShellWord.quoted($0))" } ?? "sonde verify"
        return EarlierReport(report: report, command: command, heldKey: heldKey)
    }

    private static func bytes(_ path: String?, _ environment: [String: String]) throws(UsageError) -> ([UInt8], String) {
        if let path {
            return (try InputFile.read(path, purpose: "report", limit: SavedReport.limit), path == "-" ? "standard input" : path)
        }
        guard let state = StateDirectory(environment: environment), let bytes = state.load(SavedReport.lastName, limit: SavedReport.limit)
        else {
            throw UsageError(
                .missingArgument, "No report is named, and none is kept here",
                help: "Name one that 'sonde check -o FILE.json' wrote. The last one is kept when check runs at a terminal.")
        }
        return (bytes, "the last report")
    }

    /// Refuses a report in which two targets have one name: which of them is meant, nothing says.
    static func checkNames(_ report: Report, _ name: String) throws(UsageError) {
        var seen: Set<String> = []
        for result in report.targets where !seen.insert(result.target.name).inserted {
            throw UsageError(
                .configuration, "\(outside: name): two targets are called \(argument: result.target.name)",
                help: "Each name may stand there once; the tool writes no such report.")
        }
    }
}

/// Words of a command line that is shown to be typed again.
enum ShellWord {
    /// As it is where no shell would take it for anything else, else in single quotes.
    static func quoted(_ word: String) -> String {
        let isPlain = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: Array("_-./:=@%+,".utf8).contains(byte)
            }
        }
        guard word.isEmpty || !word.utf8.allSatisfy(isPlain) else { return word }
        return "'" + word.replacing("'", by: "'\\''") + "'"
    }
}
