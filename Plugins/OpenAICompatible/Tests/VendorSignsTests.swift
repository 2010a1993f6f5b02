import OpenAICompatibleProvider
import Sonde
import SondeJSON
import Testing

/// What each vendor's answers mean: a body as the vendor writes it, and the verdict it must lead to.
///
/// Wordings are varied on purpose: the signs must hold for the kind of answer, not for one sentence. A file for each vendor.
@Suite struct VendorSignsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let status: Int
        let cause: Cause
        let reason: String?
        let confidence: Confidence
        let body: String

        init(_ status: Int, _ cause: Cause, _ reason: String?, _ confidence: Confidence, _ body: String) {
            (self.status, self.cause, self.reason, self.confidence, self.body) = (status, cause, reason, confidence, body)
        }

        var testDescription: String { "\(status) \(body)" }
    }

    /// The verdict on one recorded call of a vendor.
    func expect(_ answer: Case, of id: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let provider = OpenAICompatibleProvider()
        let vendors = try provider.manifests.map { try Vendor(JSONReader(.parse($0.bytes))) }
        let vendor = try #require(vendors.first { $0.id == id })
        let catalog = VendorCatalog(vendors: vendors, providers: [provider])
        let evidence = RecordedEvidence(
            catalog: catalog, judge: try Judge(vendors: [vendor]), capture: Capture(redactor: Redactor(secrets: [])))
        let call = Recording.Call(purpose: "chat", status: answer.status, body: .text(answer.body))
        let verdict = evidence.result(for: Recording(calls: [call]), vendor: vendor, fallback: vendor, at: Timestamp(seconds: 0)).verdict
        #expect(verdict.cause == answer.cause, sourceLocation: sourceLocation)
        #expect(verdict.reason == answer.reason, sourceLocation: sourceLocation)
        #expect(verdict.confidence == answer.confidence, sourceLocation: sourceLocation)
        #expect(
            verdict.cause == .healthy || !verdict.nextSteps.isEmpty, "no next step for \(answer.reason ?? "")",
            sourceLocation: sourceLocation)
    }
}
