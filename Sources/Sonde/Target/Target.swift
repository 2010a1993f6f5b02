/// Vendor, base URL, credential, model and route: the thing that gets a verdict.
public struct Target: Sendable {
    /// How reports and screens call it; unique in a run.
    public var name: String
    public var vendor: Vendor
    public var provider: any Provider
    public var baseURL: BaseURL
    /// Nil when none was found or none may go to this address; `findings` say which.
    public var credential: Credential?
    /// The model to ask; nil leaves the choice to the vendor's probe models and the service's list.
    public var model: String?
    /// Scope name (`organization`, `project`, `team`) to the value to send.
    public var scopes: [String: String]
    /// Headers the user asked for; their values are secrets.
    public var headers: [Request.Header]
    public var route: Route
    /// What was noticed before any request.
    public var findings: [Finding]
    /// Names of models that a comparison looks for in the list, by whatever name this service has for them.
    public var comparedModels: [String] = []

    public init(
        name: String, vendor: Vendor, provider: any Provider, baseURL: BaseURL, credential: Credential? = nil, model: String? = nil,
        scopes: [String: String] = [:], headers: [Request.Header] = [], route: Route = Route(), findings: [Finding] = []
    ) {
        self.name = name
        self.vendor = vendor
        self.provider = provider
        self.baseURL = baseURL
        self.credential = credential
        self.model = model
        self.scopes = scopes
        self.headers = headers
        self.route = route
        self.findings = findings
    }

    /// The finding that makes asking pointless, if there is one.
    public var blockingFinding: Finding? { findings.first { $0.severity == .blocking } }

    /// Says whether this is what is known of calls that somebody else made and wrote down.
    public var isRecorded: Bool { credential?.source == .recording }

    /// Says whether the base URL is on one of the vendor's own hosts: no simulator, mirror or proxy of somebody's.
    public var isOnVendorHost: Bool { vendor.owns(baseURL) }
}

extension Vendor {
    /// Says whether an address is on one of the vendor's own hosts.
    public func owns(_ url: BaseURL) -> Bool { hosts.contains { HostPattern($0).matches(url.host) } }
}
