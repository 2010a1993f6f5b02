/// Addresses that mean something within one network only, so that they tell nothing of who has them.
enum PrivateAddress {
    /// Says whether an address in numbers is private, shared, link-local or loopback (RFC 1918, 6598, 3927, 4193, 4291).
    static func matches(_ address: String) -> Bool {
        if address.contains(":") {
            if address == "::1" { return true }
            guard let group = address.split(separator: ":", omittingEmptySubsequences: false).first.flatMap({ Int($0, radix: 16) }) else {
                return false
            }
            return group & 0xfe00 == 0xfc00 || group & 0xffc0 == 0xfe80
        }
        let bytes = address.split(separator: ".").compactMap { UInt8($0) }
        guard bytes.count == 4 else { return false }
        switch (bytes[0], bytes[1]) {
        case (10, _), (127, _), (172, 16...31), (192, 168), (100, 64...127), (169, 254): return true
        default: return false
        }
    }
}
