/// One request with a purpose.
public struct Probe: Sendable, Hashable {
    /// What a probe is for; the word in reports.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The list of models, with the target's key.
        case models
        /// The endpoint that proves the key.
        case key
        /// The smallest paid request.
        case inference
        /// The balance, where it has an endpoint of its own.
        case balance
        /// An earlier request again, with a made-up key: is a refusal about the key at all?
        case badKey = "bad-key"
        /// An earlier request again, without a key: is the header stripped, is the list public?
        case noKey = "no-key"
        /// The smallest paid request with another model: is a refusal about the model?
        case otherModel = "other-model"
        /// Who signed the certificate that was not accepted? A bare handshake, no request.
        case handshake
    }

    public var kind: Kind
    /// Which of the vendor's endpoints it goes to.
    public var endpoint: Vendor.EndpointName
    public var model: String?
    /// What sets a recorded call apart from others of its kind, such as its path; nil for probes of our own.
    public var variant: String?

    public init(_ kind: Kind, endpoint: Vendor.EndpointName, model: String? = nil, variant: String? = nil) {
        self.kind = kind
        self.endpoint = endpoint
        self.model = model
        self.variant = variant
    }

    /// Which key goes with it.
    public var keyUse: KeyUse {
        switch kind {
        case .badKey: .madeUp
        case .noKey, .handshake: .none
        default: .own
        }
    }

    public enum KeyUse: String, Sendable, Hashable {
        case own
        case madeUp = "made_up"
        case none
    }

    /// Says whether the request is charged for.
    public var isPaid: Bool { endpoint == .inference && keyUse == .own }
}
