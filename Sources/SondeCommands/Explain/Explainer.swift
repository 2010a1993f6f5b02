import Sonde
import SondeJSON

/// Diagnoses one case after another.
struct Explainer {
    /// What became of one case.
    enum Outcome {
        case explained(id: String, TargetResult)
        case unreadable(line: Int, error: String)

        /// As a line of JSON.
        func write(to output: inout [UInt8]) {
            switch self {
            case .explained(let id, let result): VerdictLine.write(result.verdict, of: id, to: &output)
            case .unreadable(let line, let error): VerdictLine.write(error, inLine: line, to: &output)
            }
        }
    }

    let moment: Timestamp
    private let catalog: VendorCatalog
    private let judge: Judge
    private let evidence: RecordedEvidence
    private let vendor: Vendor?
    private let fallback: Vendor

    /// - Parameters:
    ///   - vendor: That of every case, whatever it says itself.
    ///   - moment: Taken as the time of calls that tell none.
    init(catalog: VendorCatalog, vendor: Vendor?, redactor: Redactor, moment: Timestamp) throws {
        self.catalog = catalog
        self.vendor = vendor
        self.moment = moment
        judge = try Judge(vendors: catalog.vendors)
        evidence = RecordedEvidence(catalog: catalog, judge: judge, capture: Capture(redactor: redactor))
        guard let fallback = catalog.vendors.first(where: { $0.baseURL == nil && $0.key.isOptional && $0.kind == .direct }) else {
            throw UsageError(.configuration, "No vendor stands for those that are not known")
        }
        self.fallback = fallback
    }

    /// One outcome for a recording, one a target for a report.
    func explain(_ item: RecordingInput.Item) -> [Outcome] {
        do throws(JSONError) {
            switch try item.content.get() {
            case .recording(let recording):
                return [
                    .explained(
                        id: recording.id ?? "\(item.line)", evidence.result(for: recording, vendor: vendor, fallback: fallback, at: moment))
                ]
            case .report(let json):
                return try Report(saved: json, catalog: catalog, judge: judge, vendor: vendor, takesVendor: true).targets.map {
                    .explained(id: $0.target.name, $0)
                }
            }
        } catch {
            let located = error.position == nil && !error.path.isEmpty && !item.source.isEmpty ? error.located(in: item.source) : error
            return [.unreadable(line: item.line + (located.position?.line ?? 1) - 1, error: "\(error)")]
        }
    }
}
