import Sonde
import SondeJSON

/// A report of an earlier run, read from where the user says; untrusted, whoever wrote it.
enum SavedReport {
    /// Bytes of a report at most.
    static let limit = 64 << 20
    /// The file in the state directory.
    static let lastName: StaticString = "last-report.json"

    /// Reads a report and judges it again.
    ///
    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - keepsUnknown: Takes targets of unknown vendors as they stand; not for what decides by them.
    /// - Throws: The file, and the line and column in it where that is known.
    static func read(_ path: String, catalog: VendorCatalog, judge: Judge, keepsUnknown: Bool = false) throws(UsageError) -> Report {
        try report(
            InputFile.read(path, purpose: "report", limit: limit), name: path == "-" ? "standard input" : path, catalog: catalog,
            judge: judge, keepsUnknown: keepsUnknown)
    }

    /// The last report that was kept.
    static func last(in environment: [String: String], catalog: VendorCatalog, judge: Judge) throws(UsageError) -> Report {
        guard let folder = StateDirectory(environment: environment), let bytes = folder.load(lastName, limit: limit) else {
            throw UsageError(
                .missingArgument, "There is no report of an earlier run",
                help: "A check on a terminal keeps its report; elsewhere write one with 'sonde check … -o report.json', and name it.")
        }
        return try report(bytes, name: "\(folder.path)/\(lastName)", catalog: catalog, judge: judge, keepsUnknown: true)
    }

    private static func report(
        _ bytes: [UInt8], name: String, catalog: VendorCatalog, judge: Judge, keepsUnknown: Bool
    ) throws(UsageError) -> Report {
        do throws(JSONError) {
            return try parse(bytes, catalog: catalog, judge: judge, keepsUnknown: keepsUnknown).report
        } catch {
            throw UsageError(
                .file, "\(outside: error.description(file: name))", help: "A report is what 'sonde check … -o report.json' writes.")
        }
    }

    /// Reads what is said to be a report: whoever wrote it, no key of theirs is repeated.
    ///
    /// - Returns: The report, and whether a key stood in it.
    /// - Throws: What is wrong, with its position where that is known.
    static func parse(
        _ bytes: [UInt8], secrets: [ProtectedSecret] = [], catalog: VendorCatalog, judge: Judge, keepsUnknown: Bool = false
    ) throws(JSONError) -> (report: Report, heldKey: Bool) {
        let scrubber = Scrubber(secrets: secrets, patterns: Pattern.common)
        let clean = scrubber.scrub(bytes)
        do throws(JSONError) {
            let json = try JSON.parse(clean)
            guard Report.isReport(json), json["tool"]?["name"]?.stringValue.map({ $0 == Tool.name }) ?? true else {
                throw JSONError("this is no report of \(Tool.name)")
            }
            return (try Report(saved: json, catalog: catalog, judge: judge, keepsUnknown: keepsUnknown), scrubber.hasFoundKey)
        } catch {
            throw error.located(in: clean)
        }
    }
}
