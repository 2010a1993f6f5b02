import Foundation

/// Looks for a key, or a piece of it, in everything that a program wrote; written without a look at how the tool hides them.
struct KeySearch {
    /// Names of the forms, for the message, with what to look for.
    private let needles: [(form: String, bytes: [UInt8])]
    /// The first eight bytes of each needle, for speed.
    private let beginnings: [[UInt8]: [Int]]
    private static let shortest = 8

    /// - Parameter publicPrefix: What everybody may see of the key: `sk-proj-`.
    init(key: String, publicPrefix: String) {
        let secret = Array(key.utf8.dropFirst(publicPrefix.utf8.count))
        var needles: [(form: String, bytes: [UInt8])] = []
        var known: Set<String> = []
        // Letters and digits are the same in several forms.
        func add(_ form: String, _ text: String) {
            if known.insert(text).inserted { needles.append((form, Array(text.utf8))) }
        }
        // Whole, and every piece of eight characters.
        for piece in Self.windows(of: secret, 8) {
            let text = String(decoding: piece, as: UTF8.self)
            add("plain", text)
            add("hexadecimal", piece.map { String(format: "%02x", $0) }.joined())
            add("capital hexadecimal", piece.map { String(format: "%02X", $0) }.joined())
            add("percent", piece.map { String(format: "%%%02x", $0) }.joined())
            add("capital percent", piece.map { String(format: "%%%02X", $0) }.joined())
            add("some percent", Self.escaped(text) { String(format: "%%%02X", $0) })
            add("JSON", Self.escaped(text) { String(format: "\\u%04x", $0) })
            add("JSON throughout", piece.map { String(format: "\\u%04x", $0) }.joined())
            add("HTML", Self.escaped(text) { "&#\($0);" })
            add("HTML throughout", piece.map { "&#\($0);" }.joined())
            add("hexadecimal HTML throughout", piece.map { String(format: "&#x%x;", $0) }.joined())
        }
        // Twelve characters stand for nine bytes, wherever in the text they begin.
        for before in 0..<3 {
            let padded = Data([UInt8](repeating: UInt8(ascii: "x"), count: before) + secret).base64EncodedString()
            let sure = Array(padded.utf8.filter { $0 != UInt8(ascii: "=") }.dropFirst(before == 0 ? 0 : 4).dropLast(2))
            for piece in Self.windows(of: sure, 12) {
                let text = String(decoding: piece, as: UTF8.self)
                add("base64", text)
                add("base64url", text.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_"))
            }
        }
        var beginnings: [[UInt8]: [Int]] = [:]
        for (index, needle) in needles.enumerated() { beginnings[Array(needle.bytes.prefix(Self.shortest)), default: []].append(index) }
        (self.needles, self.beginnings) = (needles, beginnings)
    }

    /// The forms in which some of the key is there, with a little of what was found; empty when none is.
    func findings(in bytes: [UInt8]) -> [String] {
        var found: [String] = []
        for text in [bytes, Self.joined(bytes)] + Self.strings(inJSON: bytes) {
            guard text.count >= Self.shortest else { continue }
            for start in 0...(text.count - Self.shortest) {
                guard let candidates = beginnings[Array(text[start..<start + Self.shortest])] else { continue }
                for index in candidates where text[start...].starts(with: needles[index].bytes) {
                    found.append("\(needles[index].form): \(String(decoding: needles[index].bytes, as: UTF8.self))")
                }
            }
        }
        // A few tell as much as hundreds.
        return Array(Set(found).sorted().prefix(4))
    }

    /// Without colors, and with lines that were broken put together again.
    private static func joined(_ bytes: [UInt8]) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self).replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "")
        return Array(text.replacing(/\s*\r?\n\s*/, with: "").utf8)
    }

    /// Every text and name in a document, as a program that reads it sees them.
    private static func strings(inJSON bytes: [UInt8]) -> [[UInt8]] {
        guard bytes.first == UInt8(ascii: "{"), let value = try? JSONSerialization.jsonObject(with: Data(bytes)) else { return [] }
        var found: [[UInt8]] = []
        func collect(_ value: Any) {
            switch value {
            case let text as String: found.append(Array(text.utf8))
            case let list as [Any]: list.forEach(collect)
            case let object as [String: Any]:
                object.forEach {
                    collect($0.key); collect($0.value)
                }
            default: break
            }
        }
        collect(value)
        return found
    }

    private static func windows(of bytes: [UInt8], _ length: Int) -> [[UInt8]] {
        guard bytes.count >= length else { return [] }
        return (0...(bytes.count - length)).map { Array(bytes[$0..<$0 + length]) }
    }

    /// Letters and digits as they are, all else escaped.
    private static func escaped(_ text: String, _ escape: (UInt8) -> String) -> String {
        text.utf8.map { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                ? String(UnicodeScalar(byte)) : escape(byte)
        }.joined()
    }
}

extension User {
    /// Every place where a program of this user left some of a key: what it printed, and every file in the home.
    func leaks(of search: KeySearch, in runs: [Finished]) -> [String] {
        var leaks: [String] = []
        for (number, run) in runs.enumerated() {
            leaks += search.findings(in: run.output).map { "output of run \(number + 1): \($0)" }
            leaks += search.findings(in: run.errorOutput).map { "messages of run \(number + 1): \($0)" }
        }
        for (name, bytes) in files { leaks += search.findings(in: bytes).map { "file \(name): \($0)" } }
        return leaks
    }
}
