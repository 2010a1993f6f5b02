/// Words of ours with words from outside between them, each made safe when it was put in.
///
/// Text of unknown origin can enter in three ways only, so that nothing reaches an error message by accident:
/// `\(argument:)` quotes, escapes and hides what looks like a key; `\(outside:)` does the same without quotes;
/// `\(own:)` is for words of this program.
struct EchoedText: Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
    private(set) var description: String
    /// Whether something was hidden because it looks like a key.
    private(set) var hidesKey: Bool

    init(stringLiteral value: StaticString) {
        description = "\(value)"
        hidesKey = false
    }

    init(stringInterpolation: StringInterpolation) {
        description = stringInterpolation.text
        hidesKey = stringInterpolation.hidesKey
    }

    mutating func append(_ other: EchoedText) {
        description += other.description
        hidesKey = hidesKey || other.hidesKey
    }

    struct StringInterpolation: StringInterpolationProtocol {
        typealias StringLiteralType = StaticString

        fileprivate var text = ""
        fileprivate var hidesKey = false

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: StaticString) {
            text += "\(literal)"
        }

        /// Words of this program: names of options, vendors and files that it ships.
        mutating func appendInterpolation(own: String) {
            text += own
        }

        mutating func appendInterpolation(_ number: some BinaryInteger) {
            text += "\(number)"
        }

        /// Something the user typed or a file said, in quotes: `'frob'`, or the mark in its place.
        mutating func appendInterpolation(argument: String) {
            append(argument, quote: "'")
        }

        /// The same without quotes, for paths before a colon and the like.
        mutating func appendInterpolation(outside: String) {
            append(outside, quote: "")
        }

        mutating func appendInterpolation(_ other: EchoedText) {
            text += other.description
            hidesKey = hidesKey || other.hidesKey
        }

        private mutating func append(_ outside: String, quote: String) {
            if KeyShape.matches(outside) {
                text += KeyShape.mark
                hidesKey = true
            } else {
                text += quote + TerminalText.escaped(outside.withoutUserInformation.shortened(to: 200)) + quote
            }
        }
    }
}

extension String {
    /// A URL without what stands before the `@` of its authority; other text as it is.
    fileprivate var withoutUserInformation: String {
        guard contains("@"), contains("/") else { return self }
        return split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.lastIndex(of: "@").map { "(not shown)" + part[$0...] } ?? String(part)
        }.joined(separator: "/")
    }

    fileprivate func shortened(to limit: Int) -> String {
        count <= limit ? self : prefix(limit) + "…"
    }
}
