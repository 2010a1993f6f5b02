/// A way in which a server may repeat the caller's key, for tests of what redaction catches.
enum KeyEncoding: String, Sendable, Hashable, CaseIterable {
    case plain
    /// Every character percent-encoded (RFC 3986 section 2.1).
    case percent
    case base64
    case base64url
    /// Base64 of `Bearer KEY`, which shifts the key's own alignment.
    case bearer
    case hex
    /// Every character as `\u00XX`, which JSON text then escapes once more.
    case json
    /// Every character as `&#xXX;`.
    case html
    /// The first half.
    case head
    /// The second half.
    case tail

    func encode(_ key: String) -> String {
        let bytes = Array(key.utf8)
        switch self {
        case .plain: return key
        case .percent: return bytes.map { "%" + digits($0).uppercased() }.joined()
        case .base64: return base64Text(bytes, alphabet: "+/", padded: true)
        case .base64url: return base64Text(bytes, alphabet: "-_", padded: false)
        case .bearer: return base64Text(Array("Bearer ".utf8) + bytes, alphabet: "+/", padded: true)
        case .hex: return bytes.map(digits).joined()
        case .json: return bytes.map { "\\u00" + digits($0) }.joined()
        case .html: return bytes.map { "&#x" + digits($0) + ";" }.joined()
        case .head: return String(decoding: bytes.prefix(bytes.count / 2), as: UTF8.self)
        case .tail: return String(decoding: bytes.dropFirst(bytes.count / 2), as: UTF8.self)
        }
    }
}

/// Two hexadecimal digits.
private func digits(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count < 2 ? "0" + digits : digits
}

/// RFC 4648 sections 4 and 5; `alphabet` holds the last two characters.
private func base64Text(_ bytes: [UInt8], alphabet: String, padded: Bool) -> String {
    let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8) + Array(alphabet.utf8)
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        bits <<= 8 * UInt32(3 - group.count)
        for index in 0...group.count {
            output.append(characters[Int(bits >> (18 - 6 * UInt32(index)) & 63)])
        }
        if padded { output += Array(repeating: UInt8(ascii: "="), count: 3 - group.count) }
    }
    return String(decoding: output, as: UTF8.self)
}
