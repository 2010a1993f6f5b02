import SondeJSON

/// Finds the object that an error's text holds: a body, or what a runtime shows of the error around it.
enum ThrownObject {
    /// The object in the text that speaks most of an error; nil when none does.
    static func find(in text: String) -> JSON? {
        find(in: Array(text.utf8)) ?? escaped(text).flatMap { find(in: Array($0.utf8)) }
    }

    private static let tries = 48
    /// Longest text that is searched, in bytes.
    private static let limit = 256 << 10

    private static func find(in bytes: [UInt8]) -> JSON? {
        var best: (score: Int, object: JSON.Object)?
        var start = 0
        let bytes = bytes.prefix(limit)
        for _ in 0..<tries {
            guard let open = bytes[start...].firstIndex(of: UInt8(ascii: "{")) else { break }
            guard let (object, end) = LooseLiteral.object(in: bytes[open...]) else {
                start = open + 1
                continue
            }
            let score = score(object)
            if score > best?.score ?? 0 { best = (score, object) }
            // What is in an object that says nothing may still say something.
            start = score > 0 ? end : open + 1
        }
        return best.map { .object($0.object) }
    }

    /// An object inside a text with every quote escaped, as logs write it.
    private static func escaped(_ text: String) -> String? {
        guard text.utf8.firstRange(of: Array("{\\\"".utf8)) != nil else { return nil }
        var result: [UInt8] = []
        var bytes = text.utf8.prefix(limit).makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "\\"), let next = bytes.next() else {
                result.append(byte)
                continue
            }
            if next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") { result.append(byte) }
            result.append(next)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// How much the members speak of an error, and how little of a request.
    private static func score(_ object: JSON.Object) -> Int {
        if object["messages"] != nil, object["model"] != nil { return 0 }
        // What a runtime shows of a failure of the system, not of an answer.
        if object["errno"] != nil || object["syscall"] != nil { return 0 }
        if let code = object["code"]?.stringValue, object["error"] == nil, object["message"] == nil, TransportErrorText.read(code) != nil {
            return 0
        }
        var score = 0
        for member in object.members {
            switch member.key.lowercased() {
            case "error", "errors": score += member.value.objectValue != nil || member.value.arrayValue != nil ? 8 : 4
            case "responsebody", "response": score += 8
            case "message", "detail", "msg": score += 3
            case "status", "statuscode", "status_code": score += 2
            case "code", "type", "title", "body", "data", "choices", "object": score += 1
            default: break
            }
        }
        return score
    }
}

extension Recording.Call {
    /// Takes over what an object tells: a body by itself, or what a runtime shows of an error around one.
    mutating func take(_ object: JSON) {
        for key in ["statusCode", "status_code", "status"] {
            if let number = object[key]?.intValue ?? object[key]?.stringValue.flatMap(Int.init), (100...599).contains(number) {
                status = status ?? number
                break
            }
        }
        for key in ["responseHeaders", "response_headers", "headers"] {
            guard let members = object[key]?.objectValue?.members, headers.isEmpty else { continue }
            for member in members {
                if let text = member.value.stringValue ?? member.value.intValue.map(String.init) { headers.add(member.key, text) }
            }
        }
        if let id = (object["request_id"] ?? object["requestID"])?.stringValue, headers["x-request-id"] == nil {
            headers.add("x-request-id", id)
        }
        if let url = object["url"]?.stringValue.flatMap({ URLText($0) }) { path = path ?? url.path }
        if body == nil { body = Self.body(in: object) }
    }

    /// What the service said, taken out of what is around it.
    private static func body(in object: JSON) -> Recording.Body? {
        for key in ["responseBody", "response_body", "body"] {
            if let text = object[key]?.stringValue, !text.isEmpty { return .text(text) }
            if object[key]?.objectValue?.isEmpty == false, let inner = object[key] { return .json(inner) }
        }
        if let response = object["response"], response.objectValue != nil, let inner = response["data"] ?? response["body"] {
            return inner.stringValue.map { .text($0) } ?? .json(inner)
        }
        if let data = object["data"], data["error"] != nil { return .json(data) }
        // A dump of an SDK's error repeats the fields of the body's error beside it.
        let isDump = object["headers"] != nil || object["request_id"] != nil || object["requestID"] != nil
        if isDump, let error = object["error"], error.objectValue != nil { return .json(["error": error]) }
        return isDump && object["error"].map(\.isNull) ?? false ? nil : .json(object)
    }
}
