/// A block of IPv4 addresses, such as `10.0.0.0/8`.
struct AddressBlock {
    private let network: UInt32
    private let mask: UInt32

    init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let address = Self.number(parts[0]), let bits = UInt32(parts[1]), bits <= 32 else { return nil }
        mask = bits == 0 ? 0 : ~UInt32(0) << (32 - bits)
        network = address & mask
    }

    func contains(_ host: String) -> Bool {
        Self.number(host[...]).map { $0 & mask == network } ?? false
    }

    private static func number(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        return parts.reduce(Optional(UInt32(0))) { value, part in
            guard let value, let byte = UInt8(part) else { return nil }
            return value << 8 | UInt32(byte)
        }
    }
}
