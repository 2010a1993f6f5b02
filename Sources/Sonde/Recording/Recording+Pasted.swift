import SondeJSON

extension Recording {
    /// Reads text that somebody pasted: output of curl, a bare body, or what an SDK threw; nil when it speaks of no call.
    public init?(pasted text: String) {
        let curl = CurlOutput.calls(in: text)
        if !curl.isEmpty {
            self.init(host: Self.host(in: text), calls: curl)
            mentionedHosts = Self.urlHosts(in: text)
            return
        }
        if let body = JSON.lenient(Array(text.utf8)), body.objectValue != nil || body.arrayValue != nil {
            self.init(calls: [Call(body: .json(body))])
            return
        }
        guard let call = ThrownText.call(in: text) else { return nil }
        self.init(host: Self.host(in: text), calls: [call])
        mentionedHosts = Self.urlHosts(in: text)
    }

    /// The host a text speaks of: after `> Host:` or in the first URL that is not a page of documentation.
    private static func host(in text: String) -> String? {
        for line in text.split(separator: "\n") {
            let bare = line.drop { $0 == ">" || $0 == " " }
            if bare.lowercased().hasPrefix("host:") { return String(bare.dropFirst(5)).trimmingBlanks() }
        }
        return urlHosts(in: text).first { $0.hasPrefix("api.") || $0.hasPrefix("ai-gateway.") }
    }

    /// The hosts of all URLs in a text, in order.
    private static func urlHosts(in text: String) -> [String] {
        var hosts: [String] = []
        var rest = text[...]
        while let mark = rest.range(of: "://"), hosts.count < 32 {
            let host = rest[mark.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" }
            if host.contains(".") { hosts.append(String(host)) }
            rest = rest[mark.upperBound...]
        }
        return hosts
    }
}
