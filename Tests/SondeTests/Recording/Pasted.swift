import Sonde
import SondeJSON
import TestSupport
import Testing

/// What the tests of pasted text ask for.
enum Pasted {
    /// The only call in a text.
    static func call(_ text: String) throws -> Recording.Call {
        let calls = try #require(Recording(pasted: text)).calls
        try #require(calls.count == 1, "\(calls.count) calls")
        return calls[0]
    }

    static func evidence() throws -> (evidence: RecordedEvidence, vendor: Vendor, catalog: VendorCatalog, judge: Judge) {
        let vendor = try Sample.vendor()
        let catalog = VendorCatalog(vendors: [vendor], providers: [Sample.Provider()])
        let judge = try Judge(vendors: [vendor])
        return (RecordedEvidence(catalog: catalog, judge: judge, capture: Capture(redactor: Redactor(secrets: []))), vendor, catalog, judge)
    }

    static func result(_ text: String) throws -> TargetResult {
        let (evidence, vendor, _, _) = try evidence()
        return evidence.result(
            for: try #require(Recording(pasted: text)), vendor: nil, fallback: vendor, at: Timestamp(seconds: 1_763_630_000))
    }
}

extension Recording.Call {
    /// The body as JSON, however it was written.
    var json: JSON? {
        switch body {
        case .json(let json): json
        case .text(let text): JSON.lenient(Array(text.utf8))
        case nil: nil
        }
    }

    var error: JSON? { json?["error"] }
}
