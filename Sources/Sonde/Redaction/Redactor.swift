/// Takes secrets and identifiers out of foreign text: what servers said, what users wrote.
///
/// Made once a run and applied once to each text, when it is captured; text in which nothing is found comes back unchanged and
/// costs a few nanoseconds a byte. Redacting twice gives what redacting once gave.
///
/// Found are, in every mixture and nesting of percent-encoding, JSON escapes and HTML references: fragments of eight or more bytes
/// of a secret beyond its public prefix, also in base64 (by itself or within something longer) and hex; a secret with fewer bytes
/// as a whole token; and whatever has the shape of a key, token or identifier.
public struct Redactor: Sendable {
    private let secrets: SecretFinder
    private let patterns: PatternFinder
    /// The markers of the secrets, then of the patterns, of e-mail and of IP addresses.
    private let markers: [[UInt8]]
    private let distinctMarkers: Set<[UInt8]>
    private let secretCount: Int
    /// Public prefixes that stay.
    private let keptPrefixes: Set<[UInt8]>
    /// Says whether identifiers stay in the text.
    let keepsIdentifiers: Bool
    /// The numbers of the secrets that are identifiers.
    private let identifiers: Set<Int>
    /// Host names in which no identifier is looked for.
    private let publicHosts: [[UInt8]]

    /// Compiles the secrets and patterns of a run, once.
    ///
    /// - Parameters:
    ///   - patterns: Usually ``Pattern/common`` and those of the vendor manifests.
    ///   - keepsIdentifiers: True leaves identifiers and addresses in the text; credentials go all the same.
    ///   - publicHosts: Names that stay whole, though an identifier among the secrets is a part of them.
    public init(
        secrets: [ProtectedSecret], patterns: [Pattern] = Pattern.common, keepsIdentifiers: Bool = false, publicHosts: [String] = []
    ) {
        let patterns = patterns.filter { !keepsIdentifiers || $0.kind == .credential }
        let secrets = secrets.filter { !keepsIdentifiers || !$0.isIdentifier }
        self.keepsIdentifiers = keepsIdentifiers
        self.secrets = SecretFinder(secrets)
        self.patterns = PatternFinder(patterns, findsAddresses: !keepsIdentifiers)
        let names = secrets.map(\.name) + patterns.map(\.name) + ["e-mail address", "IP address"]
        markers = names.map { Array("[redacted \($0)]".utf8) }
        distinctMarkers = Set(markers)
        secretCount = secrets.count
        identifiers = Set(secrets.indices.filter { secrets[$0].isIdentifier })
        self.publicHosts = identifiers.isEmpty ? [] : publicHosts.filter { !$0.isEmpty }.map { Array($0.utf8) }
        keptPrefixes = Set(secrets.lazy.filter { $0.keepsPrefix && $0.publicPrefixCount > 0 }.map(\.publicPrefix))
    }

    /// The text with markers such as `[redacted API key]` in place of what must not be shown.
    public func redact(_ text: String) -> String {
        // The shortest thing with a shape is an e-mail address such as a@b.cd.
        if text.utf8.count < 6, secrets.isTooShort(text.utf8.count) { return text }
        return redacted(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// The same of a whole file, which need not be text throughout; nil when there is nothing to redact.
    public func redacted(_ text: [UInt8]) -> [UInt8]? {
        guard var bytes = redactOnce(text) else { return nil }
        // What stands beside a marker may only now begin a word; a second round finds it, and nearly always nothing.
        for _ in 0..<4 {
            guard let next = redactOnce(bytes) else { break }
            bytes = next
        }
        return bytes
    }

    /// Nil when there is nothing to redact.
    private func redactOnce(_ bytes: [UInt8]) -> [UInt8]? {
        var covers = Covers()
        find(in: bytes, layer: nil, &covers)
        var layer = UnescapedText(bytes)
        for _ in 0..<UnescapedText.layers {
            guard let current = layer else { break }
            find(in: current.bytes, layer: current, &covers)
            layer = current.unescaped()
        }
        guard !covers.isEmpty else { return nil }
        let resolved = covers.resolved(in: bytes, keeping: keptPrefixes, sparing: markerRanges(in: bytes)) {
            markers[$0] == markers[$1]
        }
        guard !resolved.isEmpty else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var copied = 0
        for cover in resolved {
            output.append(contentsOf: bytes[copied..<cover.range.lowerBound])
            output.append(contentsOf: markers[cover.marker])
            copied = cover.range.upperBound
        }
        output.append(contentsOf: bytes[copied...])
        return output
    }

    private func find(in bytes: [UInt8], layer: UnescapedText?, _ covers: inout Covers) {
        let hosts = publicHosts.flatMap { Self.places(of: $0, in: bytes) }
        secrets.find(in: bytes) { range, secret in
            if identifiers.contains(secret),
                hosts.contains(where: { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound })
            {
                return
            }
            covers.addSecret(layer?.origin(of: range) ?? range, marker: secret)
        }
        patterns.find(in: bytes) { range, match in
            let marker =
                switch match {
                case .pattern(let number): secretCount + number
                case .mailAddress: markers.count - 2
                case .ipAddress: markers.count - 1
                }
            covers.addPattern(layer?.origin(of: range) ?? range, marker: marker)
        }
    }

    /// Where a host name stands by itself, and not as a part of a longer one.
    private static func places(of host: [UInt8], in bytes: [UInt8]) -> [Range<Int>] {
        let isOfName = { (byte: UInt8) in byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") }
        var places: [Range<Int>] = []
        var index = 0
        while let start = bytes[index...].firstIndex(of: host[0]) {
            index = start + 1
            let end = start + host.count
            guard end <= bytes.count, bytes[start..<end].elementsEqual(host) else { continue }
            // A full stop behind it may as well end the sentence.
            let next = end < bytes.count && bytes[end] == UInt8(ascii: ".") ? end + 1 : end
            guard start == 0 || !isOfName(bytes[start - 1]), next >= bytes.count || !isOfName(bytes[next]) else { continue }
            places.append(start..<end)
        }
        return places
    }

    /// Where markers of an earlier redaction stand.
    private func markerRanges(in bytes: [UInt8]) -> [Range<Int>] {
        let beginning = Array("[redacted ".utf8)
        var ranges: [Range<Int>] = []
        var index = 0
        while let start = bytes[index...].firstIndex(of: UInt8(ascii: "[")) {
            index = start + 1
            guard bytes[start...].starts(with: beginning),
                let end = bytes[start...].prefix(80).firstIndex(of: UInt8(ascii: "]")),
                distinctMarkers.contains(Array(bytes[start...end]))
            else { continue }
            ranges.append(start..<(end + 1))
            index = end + 1
        }
        return ranges
    }
}

extension Redactor: CustomStringConvertible, CustomReflectable {
    public var description: String { "(redactor)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
