public import Sonde

/// The Vercel AI Gateway: credits, tiers, team rules, and `x-vercel-id`.
///
/// - Dialect: chat completions below `/v1`; model names carry their maker, such as `openai/gpt-5.4-nano`.
/// - Auth: `Authorization: Bearer vck_…`, or an OIDC or access token, for which a refusal on `/v1/credits` proves nothing.
/// - Quirks: `GET /v1/models` is public; `GET /v1/credits` is the cheapest proof of a key; `Vary: rsc` and `X-Matched-Path` stand
///   on every answer of the real gateway and mean nothing.
/// - Links: https://vercel.com/docs/ai-gateway
/// - Verified: 2026-11-20.
public struct VercelAIGatewayProvider: Provider {
    public let id = "vercel-ai-gateway"

    public init() {}

    public var manifests: [VendorManifest] {
        [VendorManifest(name: "vercel.json", bytes: PackageResources.vercel_json)]
    }

    public func edge(in headers: Headers, vendor: Vendor) -> EdgeLocation? {
        headers["x-vercel-id"].flatMap(VercelID.parse)
    }

    /// An answer with `x-vercel-id` of three parts ran a function: the gateway itself spoke. With two the edge did.
    public func refine(_ reading: Reading, of answer: Answer, probe: Probe, target: Target) -> Reading {
        var reading = reading
        let isToken = target.vendor.key.tokens.contains { $0.prefix == target.credential?.publicPrefix }
        if isToken, reading.cause == .keyRejected { reading.reason = "token_expired" }
        if answer.bodyKind == .html, let edge = reading.edge, edge.region == nil { reading.speaker = .edge }
        return reading
    }
}
