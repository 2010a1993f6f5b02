import SondeJSON

extension Recording {
    /// Reads text that somebody pasted: output of curl, a bare body, or what an SDK threw; nil when it speaks of no call.
    public init?(pasted text: String) {
        let text = PastedText.plain(text)
        let curl = CurlOutput.calls(in: text)
        if !curl.isEmpty {
            self.init(host: Self.host(in: text), calls: curl)
        } else if let body = JSON.lenient(Array(text.utf8)), let call = Self.call(of: body) {
            self.init(calls: [call])
        } else if let call = ThrownText.call(in: text) {
            self.init(vendor: ThrownText.vendor(in: text), calls: [call])
        } else {
            return nil
        }
        mentionedHosts = URLText.all(in: text).map(\.host)
    }

    /// A document that is a body, or an error as a program wrote it down.
    private static func call(of body: JSON) -> Call? {
        if let object = body.objectValue {
            var call = Call()
            let isDump = ["responseBody", "statusCode", "responseHeaders", "headers"].contains { object[$0] != nil }
            if isDump { call.take(body) } else { call.body = .json(body) }
            return isDump || object["error"] != nil || holdsText(body) ? call : nil
        }
        return body.arrayValue != nil && holdsText(body) ? Call(body: .json(body)) : nil
    }

    /// Says whether there is a word in it: without one, it is nobody's answer.
    private static func holdsText(_ json: JSON) -> Bool {
        switch json {
        case .string(let text): !text.isEmpty
        case .array(let elements): elements.contains(where: holdsText)
        case .object(let object): object.members.contains { holdsText($0.value) }
        default: false
        }
    }

    /// The host that a request names, or that curl was told.
    private static func host(in text: String) -> String? {
        for line in text.split(separator: "\n") {
            if let command = CurlCommand.words(line), let url = CurlCommand.address(in: command) { return url.host }
            let bare = line.drop { $0 == ">" || $0 == " " }
            guard bare.startIndex > line.startIndex, bare.lowercased().hasPrefix("host:") else { continue }
            let name = String(bare.dropFirst(5)).trimmingBlanks()
            return name.lastIndex(of: ":").map { String(name[..<$0]) } ?? name
        }
        return nil
    }
}
