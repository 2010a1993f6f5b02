/// How deep arrays and objects stand in each other.
enum NestingDepth {
    /// Deeper texts are refused before anything recurses over them.
    static let limit = 128

    /// The offset of the bracket that goes beyond the limit, or nil when none does; one linear pass without recursion.
    static func excess(in bytes: [UInt8]) -> Int? {
        // Safe: every index is checked against the count of the same buffer.
        unsafe bytes.withUnsafeBufferPointer { buffer in
            var (depth, index) = (0, 0)
            while index < buffer.count {
                switch unsafe buffer[index] {
                case UInt8(ascii: "["), UInt8(ascii: "{"):
                    depth += 1
                    if depth > limit { return index }
                case UInt8(ascii: "]"), UInt8(ascii: "}"):
                    depth -= 1
                case UInt8(ascii: "\""):
                    index += 1
                    while index < buffer.count, unsafe buffer[index] != UInt8(ascii: "\"") {
                        index += unsafe buffer[index] == UInt8(ascii: "\\") ? 2 : 1
                    }
                default: break
                }
                index += 1
            }
            return nil
        }
    }
}
