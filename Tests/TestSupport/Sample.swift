public import Sonde
public import SondeJSON

/// A vendor that exists nowhere, and what belongs to it.
public enum Sample {
    /// Speaks the dialect that everyone copies.
    public struct Provider: Sonde.Provider {
        public let id = "sample"
        public let manifests: [VendorManifest] = []

        public init() {}
    }

    /// A key that no rule objects to.
    public static let key = "smp_4f9Qz7Lm2Xc8Vb1Nk6Jh"

    /// A complete, valid manifest: public list, key proof with a balance, inference.
    public static let manifest: JSON = [
        "id": "sample", "name": "Sample Service", "aliases": ["smp"], "provider": "sample", "kind": "direct",
        "base_url": "https://api.sample.test/v1", "base_url_env": ["SAMPLE_BASE_URL"], "hosts": ["api.sample.test", "*.eu.sample.test"],
        "key": [
            "env": ["SAMPLE_API_KEY", "SAMPLE_KEY"], "prefixes": ["smp_"], "distinctive": ["smp_"], "min_length": 20,
            "control_prefix": "smp_",
            "tokens": [["name": "session token", "prefix": "eyJ"]],
        ],
        "scopes": [["scope": "organization", "header": "Sample-Organization", "env": ["SAMPLE_ORG"]]],
        "endpoints": [
            "models": ["path": "/models", "needs_key": false],
            "key": [
                "path": "/credits", "proves_key": true, "inconclusive_for": ["eyJ"],
                "balance": ["remaining": "balance", "used": "used", "currency": "USD"],
            ],
            "inference": ["path": "/chat/completions", "proves_key": true],
        ],
        "probe_models": ["small-1", "small-2"],
        "headers": ["request_id": ["x-request-id"], "keep": ["x-sample-tier"]],
        "signs": [
            [
                "when": ["type": "account_barred"], "cause": "account_denied", "reason": "account_blocked", "certainty": "likely",
                "speaker": "api",
            ]
        ],
        "links": [
            "keys": "https://sample.test/keys", "billing": "https://sample.test/billing", "models": "https://sample.test/models",
            "limits": "https://sample.test/limits", "organization": "https://sample.test/organization",
        ],
        "support": ["url": "https://sample.test/support", "asks_for": ["time"]],
        "status_page": ["url": "https://status.sample.test"],
        "verified": ["date": "2026-11-20", "sources": ["https://sample.test"]],
    ]

    /// The manifest with members replaced; null takes a member out.
    public static func manifest(_ changes: [String: JSON]) -> JSON {
        var object = manifest.objectValue ?? JSON.Object()
        for (key, value) in changes { object[key] = value.isNull ? nil : value }
        return .object(object)
    }

    /// The sample vendor, with members of its manifest replaced; null takes a member out.
    public static func vendor(_ changes: [String: JSON] = [:]) throws -> Vendor {
        try Vendor(JSONReader(manifest(changes)))
    }

    /// A target of the sample vendor with a key of its own.
    public static func target(
        _ changes: [String: JSON] = [:], key: String? = Sample.key, model: String? = nil, baseURL: String? = nil, findings: [Finding] = []
    ) throws -> Target {
        try target(of: vendor(changes), provider: Provider(), key: key, model: model, baseURL: baseURL, findings: findings)
    }

    /// A target of any vendor.
    public static func target(
        of vendor: Vendor, provider: any Sonde.Provider, key: String?, model: String? = nil, baseURL: String? = nil,
        scopes: [String: String] = [:],
        findings: [Finding] = []
    ) throws -> Target {
        let url = try baseURL.map { try BaseURL(parsing: $0) } ?? vendor.baseURL ?? BaseURL(parsing: "https://llm.sample.test/v1")
        let credential = key.map { key in
            Credential(
                source: .environment(vendor.key.variables.first ?? "KEY", isVendors: true), secret: Secret(key),
                publicPrefix: vendor.key.publicPrefix(of: key))
        }
        return Target(
            name: vendor.id, vendor: vendor, provider: provider, baseURL: url, credential: credential, model: model, scopes: scopes,
            findings: findings)
    }
}
