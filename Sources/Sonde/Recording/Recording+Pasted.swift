import SondeJSON

extension Recording {
    /// Reads text that somebody pasted: output of curl, a bare body, or what an SDK threw; nil when it speaks of no call.
    public init?(pasted text: String) {
        let text = PastedText.plain(text)
        let curl = CurlOutput.calls(in: text)
        let body = curl.isEmpty ? JSON.lenient(Array(text.utf8)) : nil
        if !curl.isEmpty {
            self.init(calls: curl)
        } else if let inner = body?.stringValue {
            // A text that a program wrote down as one string.
            self.init(pasted: inner)
            return
        } else if let body, let call = Self.call(of: body) {
            self.init(calls: [call])
        } else if let call = ThrownText.call(in: text) {
            self.init(vendor: ThrownText.vendor(in: text), calls: [call])
        } else {
            return nil
        }
        host = calls.lazy.compactMap(\.host).first
        mentionedHosts = URLText.all(in: text).map(\.host)
        mentionedVariables = KeyVariableText.all(in: text)
    }

    /// Reads pasted text that may hold calls to several hosts: one recording for each, in the order in which they come.
    ///
    /// A call of which the host is not told belongs to the host of the call before it.
    public static func all(pasted text: String) -> [Recording] {
        guard let whole = Recording(pasted: text) else { return [] }
        guard Set(whole.calls.compactMap(\.host)).count > 1 else { return [whole] }
        var recordings: [Recording] = []
        for call in whole.calls {
            let host = call.host ?? recordings.last?.host ?? whole.host
            if let index = recordings.firstIndex(where: { $0.host == host }) {
                recordings[index].calls.append(call)
            } else {
                recordings.append(Recording(vendor: whole.vendor, host: host, calls: [call]))
            }
        }
        return recordings
    }

    /// The text without the escapes of HTML and JSON, where they were pasted along.
    public static func unescaped(_ text: String) -> String { PastedText.unescaped(text) }

    /// The line on which the first call stands, from 1.
    public var line: Int { calls.first?.line ?? 1 }

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
}
