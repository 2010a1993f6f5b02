public import Sonde

/// The OpenAI API: organizations, projects, scopes, regions, verification.
///
/// - Dialect: chat completions with `max_completion_tokens`; the list of models wants a key and so proves it.
/// - Auth: `Authorization: Bearer sk-…`; `OpenAI-Organization` and `OpenAI-Project` narrow it.
/// - Quirks: no credit is a 429, not a 403; a restricted key may be refused the list and still run inference; an unverified
///   organization is told so under 400, 403 or 404.
/// - Links: https://developers.openai.com/api/docs/guides/error-codes
/// - Verified: 2026-11-20.
public struct OpenAIProvider: Provider {
    public let id = "openai"

    public init() {}

    public var manifests: [VendorManifest] {
        [VendorManifest(name: "openai.json", bytes: PackageResources.openai_json)]
    }

    /// The edge that took the connection is the suffix of `cf-ray`: `8e5f2c1a9b3d4e6f-FRA`.
    public func edge(in headers: Headers, vendor: Vendor) -> EdgeLocation? {
        guard let ray = headers["cf-ray"], let code = ray.split(separator: "-").last, ray.contains("-"), code.utf8.count == 3 else {
            return nil
        }
        return EdgeLocation(edge: code.lowercased())
    }

    /// An answer with the edge's `cf-ray` but without the API's `x-request-id` never reached the API.
    public func refine(_ reading: Reading, of answer: Answer, probe: Probe, target: Target) -> Reading {
        var reading = reading
        if answer.headers["cf-ray"] != nil, answer.headers["x-request-id"] == nil, answer.bodyKind == .html { reading.speaker = .edge }
        if reading.cause == .orgMismatch { reading.detail = Self.header(namedIn: answer) ?? reading.detail }
        return reading
    }

    /// The header that a mismatch is about, as the message names it.
    private static func header(namedIn answer: Answer) -> String? {
        let words = answer.words?.lowercased() ?? ""
        if words.contains("openai-project") || words.contains("such project") { return "OpenAI-Project" }
        if words.contains("openai-organization") || words.contains("such organization") { return "OpenAI-Organization" }
        return nil
    }
}
