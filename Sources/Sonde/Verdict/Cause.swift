/// Why a target is in the state it is in: the closed list that every output uses word for word.
public enum Cause: String, Sendable, Hashable, CaseIterable {
    case healthy
    case keyMissing = "key_missing"
    case keyMalformed = "key_malformed"
    case keyRejected = "key_rejected"
    case orgMismatch = "org_mismatch"
    case permissionDenied = "permission_denied"
    case accountDenied = "account_denied"
    case billingBlocked = "billing_blocked"
    case regionBlocked = "region_blocked"
    case ipBlocked = "ip_blocked"
    case modelUnavailable = "model_unavailable"
    case requestRejected = "request_rejected"
    case contentFiltered = "content_filtered"
    case rateLimited = "rate_limited"
    case providerOutage = "provider_outage"
    case responseInvalid = "response_invalid"
    case dnsFailure = "dns_failure"
    case connectFailure = "connect_failure"
    case tlsFailure = "tls_failure"
    case timeout
    case proxyFailure = "proxy_failure"
    case intercepted
    case wrongEndpoint = "wrong_endpoint"
    case inconclusive
}

extension Cause {
    /// What the cause means, in one sentence for people.
    public var meaning: String {
        switch self {
        case .healthy: "Inference answered in the right shape."
        case .keyMissing: "No credential reached the API: unset, empty, or stripped on the way."
        case .keyMalformed: "The text cannot be this vendor's key: blanks, quotes, line ends, a placeholder, cut short, another vendor's."
        case .keyRejected: "The key is well formed, but invalid, expired or revoked."
        case .orgMismatch: "The organization, project or team header does not go with the key."
        case .permissionDenied: "The key's scope, role, allow-list or routing rule forbids it."
        case .accountDenied: "The key is recognized, but the account or workspace may not run inference."
        case .billingBlocked: "No credit, quota, card, tier or budget."
        case .regionBlocked: "The country of the egress address is refused."
        case .ipBlocked: "The egress address is refused, by the account's own list or by the vendor."
        case .modelUnavailable: "This model is missing, retired, not loaded or not open to this account; others may work."
        case .requestRejected: "The API understood the request and refused its content."
        case .contentFiltered: "Moderation refused the content."
        case .rateLimited: "Too many requests or tokens for now."
        case .providerOutage: "The service, its capacity, or the upstream behind it failed."
        case .responseInvalid: "A success status, but not the promised shape."
        case .dnsFailure: "The host's name could not be resolved."
        case .connectFailure: "No connection to the host."
        case .tlsFailure: "The TLS handshake failed, or the certificate is not to be trusted."
        case .timeout: "The time limit passed before an answer."
        case .proxyFailure: "The configured proxy failed or refused."
        case .intercepted: "Somebody else answered: a challenge page, firewall, captive portal or filter."
        case .wrongEndpoint: "Wrong host, path, scheme, or API for this model."
        case .inconclusive: "The evidence does not decide."
        }
    }

    /// Who usually acts first; a reason may say otherwise.
    public var usualOwner: Owner {
        switch self {
        case .healthy, .inconclusive: .nobody
        case .keyMissing, .keyMalformed, .keyRejected, .orgMismatch, .modelUnavailable, .requestRejected, .contentFiltered,
            .wrongEndpoint:
            .you
        case .permissionDenied, .billingBlocked, .ipBlocked: .accountAdmin
        case .accountDenied: .vendorSupport
        case .regionBlocked, .dnsFailure, .connectFailure, .tlsFailure, .timeout, .proxyFailure, .intercepted: .network
        case .rateLimited: .nobody
        case .providerOutage, .responseInvalid: .vendor
        }
    }

    /// Says whether the same request may pass later with nothing changed by anybody here.
    public var isRetryable: Bool {
        switch self {
        case .rateLimited, .providerOutage, .timeout: true
        default: false
        }
    }

    /// The causes that lie before the API: the request died or was answered on the way.
    static let network: Set<Cause> = [.dnsFailure, .connectFailure, .tlsFailure, .timeout, .proxyFailure]

    /// The causes that lie in the key itself.
    static let key: Set<Cause> = [.keyMissing, .keyMalformed, .keyRejected]
}
