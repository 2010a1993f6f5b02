public import SondeJSON

/// The forms in which services put an error into JSON.
///
/// Known forms: `{"error": {message, type, code, param}}`, the same in an array of one, `{"error": "text", …}`, `{"error": [{…}]}`, flat
/// `{message, type, code}`, `{"object": "error", …}`, `{"detail": …}`, `{"message": {"detail": …}}`, `{"errors": [{code, message}]}`,
/// `{"fault": {faultstring}}`, and `{"choices": [{"error": {…}}]}` under a 200. Where a gateway puts the telling words into `metadata`, they
/// stand for the type and the param that it leaves out.
public enum ErrorForms {
    /// The layers of an error, the outermost speaker first; empty when the body speaks of none.
    public static func layers(in body: JSON, status: Int, depth: Int = 0) -> [ErrorLayer] {
        guard depth < 4, let layer = outermost(in: body, status: status) else { return [] }
        return [layer] + inner(of: body, status: status, depth: depth)
    }

    private static func outermost(in body: JSON, status: Int) -> ErrorLayer? {
        if let array = body.arrayValue {
            return array.first.flatMap { $0["error"] == nil ? nil : outermost(in: $0, status: status) }
        }
        guard let object = body.objectValue else {
            return status >= 400 ? body.stringValue.map { ErrorLayer(message: $0) } : nil
        }
        if let error = object["error"], error.isTruthy {
            return layer(error: error, beside: object)
        }
        if let error = object["choices"]?[0]?["error"], error.objectValue != nil {
            return layer(error: error, beside: JSON.Object())
        }
        if let first = object["errors"]?[0] {
            return first.stringValue.map { ErrorLayer(message: $0) } ?? layer(fields: first.objectValue ?? JSON.Object())
        }
        if let fault = object["fault"]?.objectValue {
            return ErrorLayer(message: fault["faultstring"]?.stringValue, code: fault["detail"]?["errorcode"]?.stringValue)
        }
        guard status >= 400 || object["object"]?.stringValue == "error" || object["type"]?.stringValue == "error" else { return nil }
        if let detail = object["detail"] {
            if let fields = detail.objectValue { return layer(fields: fields) }
            // A validator names the place of each fault: `"loc": ["body", "max_tokens"]`.
            let place = detail[0]?["loc"]?.arrayValue?.dropFirst().last?.stringValue
            return ErrorLayer(
                message: detail.stringValue ?? detail[0]?["msg"]?.stringValue, type: detail[0]?["type"]?.stringValue, param: place)
        }
        let flat = layer(fields: object)
        return flat.isEmpty ? nil : flat
    }

    /// An `error` member, an object or a text, with what stands beside it.
    private static func layer(error: JSON, beside object: JSON.Object) -> ErrorLayer {
        if let fields = error.objectValue ?? error[0]?.objectValue { return layer(fields: fields) }
        var outer = layer(fields: object)
        outer.message = error.stringValue ?? error[0]?.stringValue ?? outer.message
        if outer.type == nil { outer.type = object["error_type"]?.stringValue }
        return outer
    }

    private static func layer(fields: JSON.Object) -> ErrorLayer {
        let metadata = fields["metadata"]
        return ErrorLayer(
            message: fields["message"]?.stringValue ?? detail(in: fields["message"]) ?? fields["msg"]?.stringValue
                ?? fields["error"]?.stringValue,
            type: fields["type"]?.word ?? fields["error_type"]?.word ?? metadata?["error_type"]?.word ?? metadata?["reason"]?.word
                ?? fields["reason"]?.word ?? fields["status"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 },
            code: fields["code"]?.word ?? fields["internalCode"]?.word ?? fields["innererror"]?["code"]?.word,
            param: fields["param"]?.word ?? fields["param"]?["name"]?.word ?? metadata?["limit_source"]?.word
                ?? reason(in: fields["details"]),
            origin: metadata?["provider_name"]?.stringValue)
    }

    /// The first sentence of `{"detail": [{"msg": …}]}` or `{"detail": …}`, where that stands for a message.
    private static func detail(in message: JSON?) -> String? {
        message?["detail"]?.stringValue ?? message?["detail"]?[0]?["msg"]?.stringValue
    }

    /// The word for what went wrong that Google's services put among the details (`google.rpc.ErrorInfo`).
    private static func reason(in details: JSON?) -> String? {
        details?.arrayValue?.lazy.compactMap { $0["reason"]?.word }.first
    }

    /// An upstream's own error inside: as an object, or as JSON in a string, which may stand where the message should.
    private static func inner(of body: JSON, status: Int, depth: Int) -> [ErrorLayer] {
        // A flat error, or what an SDK keeps of one, has the same members without `error` around them.
        let error = body["error"] ?? body[0]?["error"] ?? body["choices"]?[0]?["error"] ?? body
        guard let raw = error["metadata"]?["raw"] ?? error["upstream_error"] ?? error["message"].flatMap(objectInText) else { return [] }
        if let text = raw.stringValue {
            guard let parsed = JSON.lenient(Array(text.utf8)) ?? ThrownObject.find(in: text),
                parsed.objectValue != nil || parsed.arrayValue != nil
            else {
                return text.isEmpty ? [] : [ErrorLayer(message: text)]
            }
            return layers(in: parsed, status: max(status, 400), depth: depth + 1)
        }
        return layers(in: raw, status: max(status, 400), depth: depth + 1)
    }
}

extension ErrorForms {
    /// A text, where it holds nothing but a JSON object or array.
    private static func objectInText(_ value: JSON) -> JSON? {
        guard let text = value.stringValue?.trimmingBlanks(), text.hasPrefix("{") || text.hasPrefix("[") else { return nil }
        return JSON.lenient(Array(text.utf8)) == nil ? nil : .string(text)
    }
}

extension JSON {
    /// Says whether a member called `error` speaks of one: not null, false, or empty.
    fileprivate var isTruthy: Bool {
        switch self {
        case .null, .bool(false): false
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.isEmpty
        default: true
        }
    }

    /// A word, also where a number stands for it; nil for the text `None` and the like.
    fileprivate var word: String? {
        switch self {
        case .string(let text): text.isEmpty || text == "None" || text == "null" ? nil : text
        case .integer(let number): String(number)
        default: nil
        }
    }
}
