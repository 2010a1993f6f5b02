import OpenAICompatibleProvider
import Sonde
import SondeJSON
import Testing

/// One recorded refusal of a chat request, and what it means.
struct SignCase: Sendable, CustomTestStringConvertible {
    let vendor: String
    let status: Int
    let body: String
    let cause: Cause
    let reason: String
    let confidence: Confidence
    var headers: [String: String] = [:]

    init(
        _ vendor: String, _ status: Int, _ body: String, _ cause: Cause, _ reason: String, _ confidence: Confidence,
        headers: [String: String] = [:]
    ) {
        (self.vendor, self.status, self.body, self.cause, self.reason, self.confidence, self.headers) = (
            vendor, status, body, cause, reason, confidence, headers
        )
    }

    var testDescription: String { "\(vendor) \(status) \(body.prefix(120))" }

    /// The verdict on this answer alone.
    func verdict() throws -> Verdict {
        let provider = OpenAICompatibleProvider()
        let vendors = try provider.manifests.map { try Vendor(JSONReader(.parse($0.bytes))) }
        let evidence = RecordedEvidence(
            catalog: VendorCatalog(vendors: vendors, providers: [provider]), judge: try Judge(vendors: vendors),
            capture: Capture(redactor: Redactor(secrets: [])))
        var call = Recording.Call(purpose: "chat", method: "POST", path: "/v1/chat/completions", status: status)
        for (name, value) in headers { call.headers.add(name, value) }
        if !body.isEmpty { call.body = .text(body) }
        let recording = Recording(id: "example", vendor: vendor, model: "some-model", calls: [call])
        guard let fallback = vendors.first(where: { $0.id == "openai-compatible" }) else { throw NoFallback() }
        return evidence.result(for: recording, vendor: nil, fallback: fallback, at: Timestamp(seconds: 1_763_630_000)).verdict
    }

    private struct NoFallback: Error {}
}
