import CCurl
import Sonde

extension Secret {
    /// Lends `start` and the secret as one text that ends in a zero byte, and erases it afterwards.
    ///
    /// - Parameter encode: What becomes of each byte of the secret; by default it stays as it is.
    func withErasedText(
        after start: [UInt8] = [], encode: (UInt8, inout [UInt8]) -> Void = { $1.append($0) }, _ body: (UnsafePointer<CChar>) -> Void
    ) {
        reveal { bytes in
            // Reserved in full (a percent-encoded byte takes three), so that no half-built copy is left behind.
            var text: [UInt8] = []
            text.reserveCapacity(start.count + 3 * bytes.count + 1)
            text += start
            for byte in bytes { encode(byte, &text) }
            text.append(0)
            unsafe text.withUnsafeMutableBytes { buffer in
                unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
                    // Never empty: the zero byte is there.
                    // swift-format-ignore: NeverForceUnwrap
                    unsafe body(UnsafePointer(characters.baseAddress!))
                }
                unsafe ccurl_erase(buffer.baseAddress, buffer.count)
            }
        }
    }
}

extension UInt8 {
    /// Says whether the byte may not stand in a header value or a URL: the control characters of ASCII.
    var isControl: Bool { self < 0x20 || self == 0x7F }
}
