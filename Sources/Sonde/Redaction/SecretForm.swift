/// One sequence of bytes by which a secret can be known in a text, and how much of it must be there.
struct SecretForm: Sendable {
    /// What must not stand beside a match.
    enum Boundary: Sendable {
        case none
        /// No letter, digit or underscore.
        case word
        /// No character of either base64 alphabet.
        case base64
    }

    /// The number of the secret.
    var secret: Int
    var encoding: SecretEncoding
    var bytes: [UInt8]
    /// The shortest fragment that counts, in bytes of this form; nil when only the whole counts.
    var leastFragment: Int?
    var boundary = Boundary.none
    /// Says whether the base64 characters beside the form hold some bits of the secret, too.
    var leaksLeft = false
    var leaksRight = false

    /// Fragments of a secret that are shorter are not told from chance.
    static let leastFragment = 8

    /// All forms of a secret, escapes apart, which ``UnescapedText`` takes off the text.
    static func all(of protected: ProtectedSecret, number: Int) -> [SecretForm] {
        protected.secret.reveal { bytes in
            guard protected.publicPrefixCount < bytes.count else { return [] }
            let core = Array(bytes[protected.publicPrefixCount...])
            return core.count >= leastFragment && !protected.countsOnlyWhole ? long(core, number) : short(bytes, number)
        }
    }

    private static func long(_ core: [UInt8], _ number: Int) -> [SecretForm] {
        let plain = spellings(of: core).map { spelling in
            spelling.count >= leastFragment
                ? SecretForm(secret: number, encoding: .plain, bytes: spelling, leastFragment: leastFragment)
                : SecretForm(secret: number, encoding: .plain, bytes: spelling, boundary: .word)
        }
        // Eight bytes fill ten characters of base64 at every alignment, and sixteen hexadecimal digits.
        let base64 = base64Cores(of: core, number).map { form in
            var form = form
            form.leastFragment = 10
            return form
        }
        let hex = hexSpellings(of: core).map {
            SecretForm(secret: number, encoding: .hex, bytes: $0, leastFragment: 16)
        }
        return plain + base64 + hex
    }

    private static func short(_ secret: [UInt8], _ number: Int) -> [SecretForm] {
        let plain = spellings(of: secret).map {
            SecretForm(secret: number, encoding: .plain, bytes: $0, boundary: .word)
        }
        let base64: [SecretForm]
        if secret.count >= 4 {
            base64 = base64Cores(of: secret, number)
        } else {
            base64 = ["", ":", "Bearer "].flatMap { front in
                let whole = Base64.encode(Array(front.utf8) + secret)
                return [whole, Base64.urlSafe(whole)].map {
                    SecretForm(secret: number, encoding: .base64, bytes: $0, boundary: .base64)
                }
            }
        }
        let hex = hexSpellings(of: secret).map {
            SecretForm(secret: number, encoding: .hex, bytes: $0, boundary: .word)
        }
        return plain + base64 + hex
    }

    /// The secret, and how it reads once what looks like escapes in it was taken off, or blanks became `+` as in forms.
    private static func spellings(of bytes: [UInt8]) -> [[UInt8]] {
        var spellings = [bytes]
        var last = bytes
        for _ in 0..<UnescapedText.layers {
            guard let next = UnescapedText.bytes(of: last), !next.isEmpty else { break }
            spellings.append(next)
            last = next
        }
        if bytes.contains(UInt8(ascii: " ")) {
            spellings.append(bytes.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 })
        }
        return spellings
    }

    private static func hexSpellings(of bytes: [UInt8]) -> [[UInt8]] {
        ["0123456789abcdef", "0123456789ABCDEF"].map { alphabet in
            let digits = Array(alphabet.utf8)
            return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        }
    }

    /// The characters that the secret alone decides, behind 0, 1 or 2 bytes of something else, in both alphabets.
    private static func base64Cores(of bytes: [UInt8], _ number: Int) -> [SecretForm] {
        (0..<3).flatMap { (alignment: Int) -> [SecretForm] in
            let whole = Base64.encode([UInt8](repeating: 0, count: alignment) + bytes)
            let bits = 8 * (alignment + bytes.count)
            let core = Array(whole[((8 * alignment + 5) / 6)..<(bits / 6)])
            return Set([core, Base64.urlSafe(core)]).map {
                SecretForm(
                    secret: number, encoding: .base64, bytes: $0, leaksLeft: alignment > 0, leaksRight: bits % 6 != 0)
            }
        }
    }
}

/// Base64 (RFC 4648), as far as secrets need it.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Without padding.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var (buffer, bits) = (UInt32(0), 0)
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                output.append(alphabet[Int(buffer >> UInt32(bits)) & 63])
            }
            buffer &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { output.append(alphabet[Int(buffer << UInt32(6 - bits)) & 63]) }
        return output
    }

    /// The same text in the alphabet of section 5.
    static func urlSafe(_ text: [UInt8]) -> [UInt8] {
        text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
    }

    /// Says whether a byte is of either alphabet, padding apart.
    static func contains(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }
}
