/// The last look at an output before it leaves: does a whole secret stand in it, in whatever encoding?
///
/// Every sink asks, and writes nothing when the answer is yes. Only whole secrets count (beyond their public prefix), because the
/// output holds Sonde's own words, too; a secret of four to seven bytes counts as a whole token, and a shorter one not at all,
/// since chance would find it anywhere.
public struct SecretScanner: Sendable {
    /// Which secret was found, and where; never the secret itself.
    public struct Leak: Sendable, Hashable {
        /// The position in the list that the scanner was made from.
        public var secret: Int
        /// ``ProtectedSecret/source`` of the secret.
        public var source: String
        /// How it stands there; of several layers the outermost.
        public var encoding: SecretEncoding
        /// Where the encoded secret begins in the output, in bytes.
        public var offset: Int

        /// Takes what was found as it is.
        public init(secret: Int, source: String, encoding: SecretEncoding, offset: Int) {
            self.secret = secret
            self.source = source
            self.encoding = encoding
            self.offset = offset
        }
    }

    private let sources: [String]
    private var forms: [SecretForm] = []
    /// The last window of each form: secrets of one sort begin alike and end differently.
    private let index: WindowIndex
    /// Forms shorter than a window, by their first byte.
    private var shortForms = [[SecretForm]](repeating: [], count: 256)
    private let hasShortForms: Bool

    /// Compiles the secrets of a run, once.
    public init(secrets: [ProtectedSecret]) {
        sources = secrets.map(\.source)
        var entries: [WindowIndex.Entry] = []
        var hasShortForms = false
        for (number, secret) in secrets.enumerated() where secret.secret.count >= 4 && !secret.isIdentifier {
            for form in SecretForm.all(of: secret, number: number) {
                let offset = form.bytes.count - WindowIndex.width
                if offset >= 0 {
                    let window = WindowIndex.window(form.bytes, at: offset)
                    entries.append(WindowIndex.Entry(window: window, form: Int32(forms.count), offset: Int32(offset)))
                    forms.append(form)
                } else {
                    shortForms[Int(form.bytes[0])].append(form)
                    hasShortForms = true
                }
            }
        }
        index = WindowIndex(entries)
        self.hasShortForms = hasShortForms
    }

    /// The first whole secret of an output, or nil: what has to be there before it may be written.
    ///
    /// Linear in the length of the output; escapes are taken off layer by layer, as ``Redactor`` does.
    public func firstLeak(in output: [UInt8]) -> Leak? {
        guard !index.isEmpty || hasShortForms else { return nil }
        if let (form, range) = firstForm(in: output) { return leak(form, at: range.lowerBound) }
        var layer = UnescapedText.bytes(of: output)
        for _ in 0..<UnescapedText.layers {
            guard let bytes = layer else { return nil }
            if firstForm(in: bytes) != nil { return locatedLeak(in: output) }
            layer = UnescapedText.bytes(of: bytes)
        }
        return nil
    }

    /// Looks once more, at the price of remembering where each byte came from.
    private func locatedLeak(in output: [UInt8]) -> Leak? {
        var layer = UnescapedText(output)
        while let current = layer {
            if let (form, range) = firstForm(in: current.bytes) {
                let origin = current.origin(of: range)
                var leak = leak(form, at: origin.lowerBound)
                if form.encoding == .plain { leak.encoding = Self.escaping(of: output[origin]) }
                return leak
            }
            layer = current.unescaped()
        }
        return nil
    }

    private func leak(_ form: SecretForm, at offset: Int) -> Leak {
        Leak(secret: form.secret, source: sources[form.secret], encoding: form.encoding, offset: offset)
    }

    /// Which sort of escape the outermost layer of an encoded secret is of.
    private static func escaping(of text: ArraySlice<UInt8>) -> SecretEncoding {
        switch text.first(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "&") }) {
        case UInt8(ascii: "%"): .percent
        case UInt8(ascii: "&"): .html
        default: .json
        }
    }

    private func firstForm(in bytes: [UInt8]) -> (form: SecretForm, range: Range<Int>)? {
        var window: UInt64 = 0
        for end in bytes.indices {
            window = window << 8 | UInt64(bytes[end])
            if index.mayHold(window), end + 1 >= WindowIndex.width {
                for entry in index.entries(of: window) {
                    let form = forms[Int(entry.form)]
                    let start = end + 1 - form.bytes.count
                    if form.isWhole(at: start, in: bytes) { return (form, start..<(end + 1)) }
                }
            }
            if hasShortForms {
                for form in shortForms[Int(bytes[end])] where form.isWhole(at: end, in: bytes) {
                    return (form, end..<(end + form.bytes.count))
                }
            }
        }
        return nil
    }
}

extension SecretScanner: CustomStringConvertible, CustomReflectable {
    public var description: String { "(secret scanner)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
