extension Pattern {
    /// Shapes of keys, tokens and identifiers that are known whatever vendor is asked.
    public static let common: [Pattern] = keys + tokens + identifiers

    private static let keys: [Pattern] =
        [
            "sk-proj-", "sk-svcacct-", "sk-admin-", "sk-ant-", "sk-or-v1-", "sk-", "pk-", "sess-", "vck_", "gsk_", "xai-", "pplx-", "fw_",
            "nvapi-",
            "r8_", "csk-", "tgp_v1_", "rk_live_", "sk_live_", "sk_test_",
        ].map { Pattern("API key", .credential, prefix: $0, .base64url, length: 16...4096, needsDigit: true) }
        + [Pattern("API key", .credential, prefix: "AIza", .base64url, length: 30...50)]

    private static let tokens: [Pattern] =
        ["hf_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map {
            Pattern("access token", .credential, prefix: $0, .alphanumeric, length: 20...255)
        } + [
            Pattern("access token", .credential, prefix: "github_pat_", .base64url, length: 20...255),
            Pattern("access token", .credential, prefix: "glpat-", .base64url, length: 16...64),
            Pattern("access token", .credential, prefix: "xoxb-", .base64url, length: 20...255),
            Pattern("access token", .credential, prefix: "ya29.", .base64url, length: 20...2048),
            // Signed tokens: the base64url of `{"` begins with `eyJ`.
            Pattern("access token", .credential, prefix: "eyJ", .token, length: 24...4096),
        ]
        + ["Bearer ", "bearer ", "BEARER "].map {
            Pattern("access token", .credential, prefix: $0, .token68, length: 12...4096, needsDigit: true, keepsPrefix: true)
        }

    private static let identifiers: [Pattern] =
        [
            named("organization id", prefix: "org-", by: "organization", "org"),
            named("organization id", prefix: "org_", by: "organization", "org"),
            named("project id", prefix: "proj_", by: "project", "proj"), named("project id", prefix: "prj_", by: "project", "proj"),
            named("team id", prefix: "team_", by: "team"),
            named("account id", prefix: "acct_", least: 12, by: "account", "acct"),
            Pattern("user id", .identifier, prefix: "user-", .alphanumeric, length: 16...40),
            Pattern("user id", .identifier, prefix: "user_", .alphanumeric, length: 16...40),
        ]
        // Gateways that know keys by their hash name it in refusals, and take it in place of the key in some of their calls.
        + ["Key Hash (Token) =", "Key Hash (Token) = "].map {
            Pattern("key hash", .identifier, prefix: $0, .hex, length: 4...128, keepsPrefix: true)
        }

    private static func named(_ name: String, prefix: String, least: Int = 16, by words: String...) -> Pattern {
        Pattern(name, .identifier, prefix: prefix, .alphanumeric, length: least...40, namedBy: words)
    }
}
