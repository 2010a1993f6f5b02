import SondeJSON

/// Makes the bytes of a body of what a recording kept of it.
enum RecordedBody {
    /// - Parameter status: What cannot be read is mended as far as it goes, but not where it would then pass for a success.
    static func bytes(of body: Recording.Body?, status: Int? = nil) -> [UInt8] {
        switch body {
        case nil: []
        case .json(let json): Array(json.text().utf8)
        case .text(let text): bytes(of: text, isSuccess: status.map { (200..<300).contains($0) } ?? false)
        }
    }

    /// Text that holds JSON, a Python literal or a page within other words is taken for that.
    private static func bytes(of text: String, isSuccess: Bool) -> [UInt8] {
        let trimmed = text.trimmingBlanks()
        let isObject = trimmed.hasPrefix("{") || trimmed.hasPrefix("[")
        if isObject, JSON.lenient(Array(trimmed.utf8)) != nil { return Array(trimmed.utf8) }
        if isSuccess, trimmed.hasPrefix("{\"") { return Array(trimmed.utf8) }
        if ["data:", "event:", ": "].contains(where: trimmed.hasPrefix) { return Array(trimmed.utf8) }
        let folded = FoldedText(String(trimmed.prefix(65_536)))
        if let heading = heading(ofPageIn: trimmed) { return Array("<html><title>\(heading)</title>".utf8) }
        if marksOfPages.contains(where: folded.contains) { return Array(("<html>" + trimmed).utf8) }
        if let object = ThrownObject.find(in: trimmed) { return Array(object.text().utf8) }
        return Array(trimmed.utf8)
    }

    /// What somebody noted of a page instead of keeping it, `(HTML) 502 Bad gateway`: the words that a reader saw first.
    private static func heading(ofPageIn text: String) -> String? {
        guard text.prefix(6).lowercased() == "(html)" else { return nil }
        let words = String(text.dropFirst(6)).trimmingBlanks()
        return words.isEmpty || words.contains("<") ? nil : words
    }

    private static let marksOfPages = ["<!doctype html", "<html", "<title", "(html"].map(FoldedText.init)

    /// A body as it was pasted; nil for the noise of one that was compressed, of which nothing can be said.
    static func pasted(_ text: String, headers: Headers) -> Recording.Body? {
        guard !text.isEmpty else { return nil }
        let head = text.unicodeScalars.prefix(512)
        let noise = head.count { $0 == "\u{FFFD}" || ($0.value < 0x20 && ![0x09, 0x0A, 0x0D].contains($0.value)) }
        if noise > 0, headers["content-encoding"] != nil || noise * 8 > head.count { return nil }
        return .text(text)
    }

    /// What a success without a recorded body is taken to have said: that it was one.
    static func assumedFacts(for probe: Probe) -> Facts {
        switch probe.endpoint {
        case .models: Facts(models: Facts.Models(count: 0, ids: []))
        case .inference, .responses, .embeddings: Facts(inference: Facts.Inference(hasText: true))
        case .key, .balance: Facts(balance: Facts.Balance(remaining: nil, currency: "USD"))
        }
    }
}
