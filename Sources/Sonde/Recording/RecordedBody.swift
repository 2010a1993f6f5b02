import SondeJSON

/// Makes the bytes of a body of what a recording kept of it.
enum RecordedBody {
    static func bytes(of body: Recording.Body?) -> [UInt8] {
        switch body {
        case nil: []
        case .json(let json): Array(json.text().utf8)
        case .text(let text): bytes(of: text)
        }
    }

    /// Text that holds JSON, a Python literal or a page within other words is taken for that.
    private static func bytes(of text: String) -> [UInt8] {
        let trimmed = text.trimmingBlanks()
        if trimmed.hasPrefix("{") || trimmed.hasPrefix("["), JSON.lenient(Array(trimmed.utf8)) != nil { return Array(trimmed.utf8) }
        if let object = ThrownText.embeddedObject(in: ThrownText.withPlainQuotes(trimmed)) { return Array(object.text().utf8) }
        let isPage = ["<!doctype html", "<html", "<title", "(html"].contains { trimmed.containsFragment($0) }
        return Array((isPage ? "<html>" + trimmed : trimmed).utf8)
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
