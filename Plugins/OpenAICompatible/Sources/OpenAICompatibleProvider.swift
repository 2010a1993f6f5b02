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
        [
            VendorManifest(name: "anthropic.json", bytes: PackageResources.anthropic_json),
            VendorManifest(name: "azure-openai.json", bytes: PackageResources.azure_openai_json),
            VendorManifest(name: "cloudflare-ai-gateway.json", bytes: PackageResources.cloudflare_ai_gateway_json),
            VendorManifest(name: "gemini.json", bytes: PackageResources.gemini_json),
            VendorManifest(name: "litellm.json", bytes: PackageResources.litellm_json),
            VendorManifest(name: "llama-cpp.json", bytes: PackageResources.llama_cpp_json),
            VendorManifest(name: "lm-studio.json", bytes: PackageResources.lm_studio_json),
            VendorManifest(name: "ollama.json", bytes: PackageResources.ollama_json),
            VendorManifest(name: "openai-compatible.json", bytes: PackageResources.openai_compatible_json),
            VendorManifest(name: "sglang.json", bytes: PackageResources.sglang_json),
            VendorManifest(name: "tgi.json", bytes: PackageResources.tgi_json),
            VendorManifest(name: "vllm.json", bytes: PackageResources.vllm_json),
            VendorManifest(name: "workers-ai.json", bytes: PackageResources.workers_ai_json),
        ]
    }
}
