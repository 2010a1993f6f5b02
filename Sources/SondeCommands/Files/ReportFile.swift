import Sonde
import SondeJSON

/// Reads saved reports, which are judged again.
enum ReportFile {
    static let limit = 64 << 20

    /// - Throws: The file, line and column of what is no report of this version.
    static func read(_ path: String, catalog: VendorCatalog, judge: Judge) throws(UsageError) -> Report {
        let bytes = try InputFile.read(path, purpose: "report", limit: limit)
        do throws(JSONError) {
            return try Report(saved: try JSON.parse(bytes), catalog: catalog, judge: judge)
        } catch {
            throw UsageError(.configuration, "\(outside: error.located(in: bytes).description(file: path))")
        }
    }
}
