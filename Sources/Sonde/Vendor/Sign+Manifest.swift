public import SondeJSON

extension Sign {
    /// Reads one sign: `{"when": {…}, "cause", "reason", "certainty", "speaker", "detail_after"}`.
    public init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["when", "cause", "reason", "certainty", "speaker", "detail_after"])
        when = try When(object.member("when"))
        cause = try object.choice("cause")
        reason = try object.optionalIdentifier("reason")
        certainty = try object.optionalChoice("certainty") ?? .likely
        speaker = try object.optionalChoice("speaker")
        detailAfter = try object.optionalString("detail_after")
        try when.refuseImpossible(object.member("when"))
        guard weight > 0 else { throw reader.error("a sign without a condition fits everything; add one under \"when\"") }
    }

    /// Reads a document of signs: `{"signs": […]}`.
    public static func list(_ reader: JSONReader) throws(JSONError) -> [Sign] {
        try reader.object(allowing: ["$schema", "signs"]).array("signs").map { (reader) throws(JSONError) in try Sign(reader) }
    }
}

extension Sign.When {
    init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: [
            "status", "type", "code", "param", "message", "message_all", "headers", "body", "title", "probe",
        ])
        status = try object.list("status") { (value) throws(JSONError) in try value.int(in: 100...599) }
        type = try object.list("type") { (value) throws(JSONError) in try value.string() }
        code = try object.list("code") { (value) throws(JSONError) in try value.string() }
        param = try object.list("param") { (value) throws(JSONError) in try value.string() }
        message = try object.list("message") { (value) throws(JSONError) in try value.string() }
        messageAll = try object.list("message_all") { (value) throws(JSONError) in try value.string() }
        headers = try (object.optionalStringMap("headers") ?? []).map { HeaderField($0.key, $0.value) }
        body = try object.list("body") { (value) throws(JSONError) in try value.choice() }
        title = try object.list("title") { (value) throws(JSONError) in try value.string() }
        probe = try object.list("probe") { (value) throws(JSONError) in try value.string() }
    }
}

extension Sign.When {
    /// Refuses conditions that no answer can meet together, or that every answer meets.
    fileprivate func refuseImpossible(_ reader: JSONReader) throws(JSONError) {
        for (key, texts) in [
            ("type", type), ("code", code), ("param", param), ("message", message), ("message_all", messageAll), ("title", title),
            ("probe", probe),
        ] where texts.contains(where: \.isEmpty) {
            throw reader.error("an empty text fits everything; take it out", at: key)
        }
        guard !body.isEmpty else { return }
        if !title.isEmpty, !body.contains(.html) {
            throw reader.error("only a page has a title; take it out, or add \"html\" to \"body\"", at: "title")
        }
        let asksForWords = !(type.isEmpty && code.isEmpty && param.isEmpty && message.isEmpty && messageAll.isEmpty)
        if asksForWords, Set(body).isSubset(of: [.empty, .binary]) {
            throw reader.error("such a body holds no words, and this sign asks for some; take one of them out", at: "body")
        }
    }
}

extension JSONReader {
    /// One value or an array of them, as a list; empty when the key is not there.
    fileprivate func list<Value>(_ key: String, _ read: (JSONReader) throws(JSONError) -> Value) throws(JSONError) -> [Value] {
        guard let member = try optionalMember(key) else { return [] }
        guard member.value.arrayValue != nil else { return [try read(member)] }
        return try member.elements().map(read)
    }
}
