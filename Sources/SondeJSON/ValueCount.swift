/// How many values a text may hold: each costs far more memory than the few bytes it is written in.
///
/// The longest model lists known have some thousand objects.
enum ValueCount {
    /// Arrays and objects; an empty one takes some 300 bytes.
    static let containerLimit = 40_000
    /// All values, told by the commas between them; a number takes some 50 bytes.
    static let limit = 250_000

    /// Says whether there are more; brackets and commas in strings count, too, which at these numbers does not matter.
    static func isExcessive(in bytes: [UInt8]) -> Bool {
        guard bytes.count > containerLimit else { return false }
        // Safe: every index is within the count of the same buffer.
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            var (containers, commas) = (0, 0)
            for index in 0..<buffer.count {
                switch unsafe buffer[index] {
                case UInt8(ascii: "["), UInt8(ascii: "{"): containers += 1
                case UInt8(ascii: ","): commas += 1
                default: break
                }
            }
            return containers > containerLimit || commas > limit
        }
    }
}
