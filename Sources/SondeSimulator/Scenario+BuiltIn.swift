internal import SondeJSON

extension Scenario {
    /// Every built-in scenario, in the order in which to list them.
    public static let builtIn: [Scenario] = builtInFiles.compactMap { builtIn($0.name) }

    /// The built-in scenario of a name, or nil when there is none; see ``closestBuiltInName(to:)``.
    public static func builtIn(_ name: String) -> Scenario? {
        // A file that cannot be read would be a fault of this program; a test reads them all.
        builtInBytes(name).flatMap { try? Scenario(parsing: $0) }
    }

    /// The name of the built-in scenario that was most likely meant, or nil when none is near.
    public static func closestBuiltInName(to name: String) -> String? {
        closestMatch(to: name, among: builtInNames)
    }

    /// The names of the built-in scenarios, in the order in which to list them.
    public static let builtInNames = builtInFiles.map(\.name)

    /// The file of a built-in scenario, as an example to start from; nil when there is none of that name.
    public static func builtInBytes(_ name: String) -> [UInt8]? {
        builtInFiles.first { $0.name == name }?.bytes()
    }

    private static let builtInFiles: [(name: String, bytes: @Sendable () -> [UInt8])] = [
        ("healthy", { PackageResources.healthy_json }),
        ("vercel-account-denied", { PackageResources.vercel_account_denied_json }),
        ("vercel-no-credit", { PackageResources.vercel_no_credit_json }),
        ("vercel-card-required", { PackageResources.vercel_card_required_json }),
        ("vercel-free-tier-model", { PackageResources.vercel_free_tier_model_json }),
        ("vercel-wrong-host", { PackageResources.vercel_wrong_host_json }),
        ("openai-bad-key", { PackageResources.openai_bad_key_json }),
        ("openai-no-quota", { PackageResources.openai_no_quota_json }),
        ("openai-wrong-org", { PackageResources.openai_wrong_org_json }),
        ("openai-missing-scope", { PackageResources.openai_missing_scope_json }),
        ("openai-unverified", { PackageResources.openai_unverified_json }),
        ("region-blocked", { PackageResources.region_blocked_json }),
        ("rate-limited", { PackageResources.rate_limited_json }),
        ("flaky", { PackageResources.flaky_json }),
        ("outage", { PackageResources.outage_json }),
        ("stall", { PackageResources.stall_json }),
        ("challenge-page", { PackageResources.challenge_page_json }),
        ("empty-body", { PackageResources.empty_body_json }),
        ("error-in-200", { PackageResources.error_in_200_json }),
        ("stream-cut", { PackageResources.stream_cut_json }),
        ("html-in-200", { PackageResources.html_in_200_json }),
        ("redirect", { PackageResources.redirect_json }),
        ("key-ignored", { PackageResources.key_ignored_json }),
        ("echoes-key", { PackageResources.echoes_key_json }),
    ]
}
