internal import SondeJSON

extension Scenario.Route {
    init(reading element: JSONReader) throws(JSONError) {
        let reader = try element.object(allowing: ["method", "path", "when", "answer", "headers"])
        method = try reader.optionalString("method")
        if let method, method.isEmpty || !method.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) {
            throw reader.error("a method is in capitals, such as \"GET\"", at: "method")
        }
        _ = try reader.member("path")
        paths = try reader.oneOrMore("path").map { (path) throws(JSONError) in
            let text = try path.string()
            guard text.hasPrefix("/") || text.hasPrefix("*") else { throw path.error("a path begins with \"/\" or \"*\"") }
            return Wildcard(text)
        }
        conditions = try reader.oneOrMore("when").map { (condition) throws(JSONError) in
            try Scenario.Condition(reading: condition)
        }
        switch (try reader.optionalMember("answer"), try reader.optionalMember("headers")) {
        case (let answer?, nil): action = .answer(try Scenario.Answer(reading: answer))
        case (nil, .some): action = .headers(try reader.headerChanges("headers"))
        case (nil, nil):
            throw reader.error("a route has an \"answer\", or \"headers\" for whatever a later route answers; add one")
        case (.some, .some):
            throw reader.error(
                "a route has an \"answer\" or \"headers\", not both; put the headers into the answer", at: "headers")
        }
    }
}

extension Scenario.Condition {
    init(reading element: JSONReader) throws(JSONError) {
        let reader = try element.object(allowing: ["key", "key_prefix", "headers", "model", "stream", "source", "call"])
        keys = try reader.oneOrMore("key").map { (key) throws(JSONError) in try key.choice() }
        keyPrefixes = try reader.oneOrMore("key_prefix").map { (prefix) throws(JSONError) in try prefix.string() }
        headers =
            try reader.optionalMember("headers")?.members().map { (name, wanted) throws(JSONError) in
                Scenario.HeaderTest(name: name, wanted: try Scenario.HeaderTest.Wanted(reading: wanted))
            } ?? []
        models = try reader.wildcards("model")
        stream = try reader.optionalBool("stream")
        sources = try reader.wildcards("source")
        calls = try reader.optionalMember("call").map { (calls) throws(JSONError) in try calls.callNumbers() }
    }
}

extension Scenario.HeaderTest.Wanted {
    fileprivate init(reading reader: JSONReader) throws(JSONError) {
        switch reader.value {
        case .bool(true): self = .present
        case .bool(false): self = .absent
        case .string(let pattern): self = .oneOf([Wildcard(pattern)])
        case .array: self = .oneOf(try reader.strings().map(Wildcard.init))
        case .object: self = .noneOf(try reader.object(allowing: ["not"]).wildcards("not"))
        default: throw reader.error("expected true for present, false for absent, a text, a list of texts, or {\"not\": …}")
        }
    }
}

extension JSONReader {
    fileprivate func wildcards(_ key: String) throws(JSONError) -> [Wildcard] {
        try oneOrMore(key).map { (text) throws(JSONError) in Wildcard(try text.string()) }
    }

    /// A number, or two of them as in `2-4`, or one and all after it as in `3-`.
    fileprivate func callNumbers() throws(JSONError) -> ClosedRange<Int> {
        if value.intValue != nil {
            let number = try int(in: 1...Int.max)
            return number...number
        }
        let parts = try string().split(separator: "-", omittingEmptySubsequences: false)
        if parts.count == 2, let first = Int(parts[0]), first > 0 {
            if parts[1].isEmpty { return first...Int.max }
            if let last = Int(parts[1]), last >= first { return first...last }
        }
        throw error("call numbers are written 1, \"2-4\" or \"3-\", counted from 1")
    }
}
