/// Decides whether a key may go to an address: a key goes nowhere its owner did not mean.
public enum KeyBinding {
    public enum Decision: Sendable, Hashable {
        case allowed
        /// Found through the vendor's own variable, and the address is not the vendor's.
        case withheld
    }

    /// - A key that was named (`--key`, a profile) was meant for the target.
    /// - A key found through a vendor's variable goes to that vendor's built-in hosts alone, and to this machine where the vendor is
    ///   software that runs here and says so.
    public static func decide(_ source: Credential.Source, vendor: Vendor, baseURL: BaseURL) -> Decision {
        guard case .environment(_, isVendors: true) = source else { return .allowed }
        let isOwnHost = vendor.owns(baseURL) && baseURL.scheme == .https
        return isOwnHost || (vendor.key.isForLoopback && baseURL.isLoopback) ? .allowed : .withheld
    }
}
