/// How text is made to mean nothing but itself in a language of angle brackets.
protocol MarkupLanguage {
    static func escaped(_ text: String) -> String
}

/// Text of a markup language: our literals with values between them, each escaped when it is put in.
///
/// A string that was made at run time can enter only as a value, so that nothing is forgotten.
struct Markup<Language: MarkupLanguage>: ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral value: StaticString) { text = value.description }

    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// Nothing yet.
    init() { text = "" }

    static func += (markup: inout Markup, other: Markup) { markup.text += other.text }

    struct StringInterpolation: StringInterpolationProtocol {
        typealias StringLiteralType = StaticString

        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

        /// A value: escaped.
        mutating func appendInterpolation(_ value: String) { text += Language.escaped(value) }

        mutating func appendInterpolation(_ number: some BinaryInteger) { text += "\(number)" }

        /// Markup in markup.
        mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

        /// Pieces one after the other.
        mutating func appendInterpolation(_ pieces: [Markup]) { for piece in pieces { text += piece.text } }
    }
}

extension String {
    /// The text with some ASCII characters replaced; as it is where none of them occurs.
    @inline(__always)
    func replacingASCII(_ replacement: (UInt8) -> StaticString?) -> String {
        guard utf8.contains(where: { replacement($0) != nil }) else { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count + 16)
        for byte in utf8 {
            if let replacement = replacement(byte) { bytes += replacement.description.utf8 } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
