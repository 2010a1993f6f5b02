/// Whose turn it is.
public enum Owner: String, Sendable, Hashable, CaseIterable {
    case you
    case accountAdmin = "account_admin"
    case network
    case vendorSupport = "vendor_support"
    case vendor
    case nobody

    /// How a sentence names this owner.
    public var phrase: String {
        switch self {
        case .you: "you"
        case .accountAdmin: "the account's admin"
        case .network: "whoever runs the network"
        case .vendorSupport: "the vendor's support"
        case .vendor: "the vendor"
        case .nobody: "nobody"
        }
    }
}
