public import Sonde

/// The dialect that everyone copies: a list of models, chat completions, `{"error": …}`.
///
/// - Dialect: `GET /models`, `POST /chat/completions` below a base URL that usually ends in `/v1`.
/// - Auth: `Authorization: Bearer KEY` unless the vendor's manifest says otherwise; many local servers want none.
/// - Quirks: the list is often public and proves nothing; errors come in half a dozen forms, also under a 200.
/// - Links: `Vendors/` names each vendor's sources.
/// - Verified: 2026-11-20.
public struct OpenAICompatibleProvider: Provider {
    public let id = "openai-compatible"

    public init() {}

    public var manifests: [VendorManifest] {
        [VendorManifest(name: "openai-compatible.json", bytes: PackageResources.openai_compatible_json)]
    }
}
