public import Sonde
public import SondeJSON

extension Rehearsal.Reply {
    /// An answer with a JSON body.
    public static func json(_ status: Int, _ body: JSON, _ headers: [String: String] = [:]) -> Self {
        .body(status, body.text(), "application/json", headers)
    }

    /// `{"error": {…}}` with these fields.
    public static func error(
        _ status: Int, message: String? = nil, type: String? = nil, code: String? = nil, param: JSON? = nil,
        _ headers: [String: String] = [:]
    ) -> Self {
        var fields = JSON.Object()
        for (key, value) in [("message", message), ("type", type), ("code", code)] { fields[key] = value.map { .string($0) } }
        fields["param"] = param
        return .json(status, ["error": .object(fields)], headers)
    }

    /// A web page.
    public static func page(_ status: Int, title: String, _ headers: [String: String] = [:]) -> Self {
        .body(status, "<!DOCTYPE html><html><head><title>\(title)</title></head><body>…</body></html>", "text/html", headers)
    }

    /// An answer with any body.
    public static func body(_ status: Int, _ text: String, _ contentType: String, _ headers: [String: String] = [:]) -> Self {
        var fields = Headers([HeaderField("content-type", contentType)])
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { fields.add(name, value) }
        return .response(Response(status: status, headers: fields, body: Array(text.utf8)))
    }

    /// A list of models.
    public static func models(_ ids: String..., headers: [String: String] = [:]) -> Self {
        .json(200, ["object": "list", "data": .array(ids.map { ["id": .string($0), "object": "model"] })], headers)
    }

    /// One generated answer.
    public static func completion(model: String = "m", text: String = "ok", finish: String = "stop", headers: [String: String] = [:])
        -> Self
    {
        .json(
            200,
            [
                "id": "1", "model": .string(model),
                "choices": [["index": 0, "message": ["role": "assistant", "content": .string(text)], "finish_reason": .string(finish)]],
                "usage": ["prompt_tokens": 11, "completion_tokens": 2],
            ], headers)
    }

    /// A request that got no answer.
    public static func dead(_ kind: TransportFailure.Kind, _ phase: TransportFailure.Phase? = nil, message: String = "it broke") -> Self {
        .failure(TransportFailure(kind, phase: phase, message: message))
    }
}

extension Rehearsal.Reply {
    /// One answer of the Responses API.
    public static func response(model: String = "m", text: String = "ok") -> Self {
        .json(
            200,
            [
                "object": "response", "status": "completed", "model": .string(model),
                "output": [["type": "message", "content": [["type": "output_text", "text": .string(text)]]]],
                "usage": ["input_tokens": 11, "output_tokens": 2],
            ])
    }

    /// A status page on which components are in these states.
    public static func statusPage(_ states: [String: String]) -> Self {
        .json(
            200, ["components": .array(states.sorted { $0.key < $1.key }.map { ["name": .string($0.key), "status": .string($0.value)] })])
    }
}

extension Rehearsal.Reply {
    /// A chat completion as a stream of these pieces of text, each in a chunk of its own, the first after 200 ms, the next 50 ms later each.
    ///
    /// - Parameters:
    ///   - finish: The finish reason; nil leaves it out.
    ///   - tokens: The count at the end; nil leaves it out.
    ///   - tail: What stands at the end in the place of `[DONE]`.
    public static func stream(
        _ pieces: [String], finish: String? = "stop", tokens: Int? = nil, tail: String = "data: [DONE]\n\n",
        pause: Duration = .milliseconds(50)
    ) -> Self {
        let event = { (body: JSON) in "data: \(body.text())\n\n" }
        let chunk = { (delta: JSON, finish: String?) -> JSON in
            ["model": "m", "choices": [["index": 0, "delta": delta, "finish_reason": finish.map { .string($0) } ?? nil]]]
        }
        var texts = pieces.map { event(chunk(["content": .string($0)], nil)) }
        var end = finish.map { event(chunk([:], $0)) } ?? ""
        if let tokens { end += event(["choices": [], "usage": ["prompt_tokens": 9, "completion_tokens": .integer(Int64(tokens))]]) }
        texts.append(end + tail)
        var chunks: [Response.Chunk] = []
        for (index, text) in texts.enumerated() {
            chunks.append(Response.Chunk(at: .milliseconds(300) + pause * index, count: text.utf8.count))
        }
        return .response(
            Response(
                status: 200, headers: Headers([HeaderField("content-type", "text/event-stream")]), body: Array(texts.joined().utf8),
                chunks: chunks, timings: Timings(pretransfer: .milliseconds(100), firstByte: .milliseconds(290), total: .seconds(1))))
    }
}
