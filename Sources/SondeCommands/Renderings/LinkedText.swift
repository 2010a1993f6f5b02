import Sonde

/// Advice taken apart into words and the addresses in it that its vendor's manifest names; no other address becomes a link.
struct LinkedText {
    struct Part {
        var text: String
        var isLink: Bool
    }

    /// One after the other they are the text.
    private(set) var parts: [Part] = []

    init(_ text: String, _ vendor: Vendor) {
        // Most advice names no address.
        guard text.utf8.firstRange(of: "https://".utf8) != nil else {
            add(text)
            return
        }
        let known = (Array(vendor.links.values) + [vendor.support?.url, vendor.statusPage?.url].compactMap(\.self)).filter {
            $0.hasPrefix("https://")
        }
        for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { add(" ") }
            let start = word.prefix { $0 == "(" }
            let end = word.reversed().prefix { ").,;:".contains($0) }.count
            let core = String(word.dropFirst(start.count).dropLast(end))
            guard known.contains(core) else {
                add(String(word))
                continue
            }
            add(String(start))
            parts.append(Part(text: core, isLink: true))
            add(String(word.suffix(end)))
        }
    }

    private mutating func add(_ text: String) {
        guard !text.isEmpty else { return }
        if let last = parts.last, !last.isLink {
            parts[parts.count - 1].text = last.text + text
        } else {
            parts.append(Part(text: text, isLink: false))
        }
    }
}
