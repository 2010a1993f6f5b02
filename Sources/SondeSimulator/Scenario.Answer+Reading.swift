internal import SondeJSON

extension Scenario.Answer {
    init(reading element: JSONReader) throws(JSONError) {
        let reader = try element.object(allowing: [
            "status", "headers", "body", "text", "events", "delay_ms", "chunks", "fault", "echo_key",
        ])
        status = try reader.optionalInt("status", in: 200...599) ?? 200
        headers = try reader.headerChanges("headers")
        let object = try reader.object()
        if object["body"] != nil {
            if object["text"] != nil {
                throw reader.error("an answer has a \"body\" (JSON) or a \"text\", not both; remove one", at: "text")
            }
            content = .json(try reader.member("body").templateJSON())
        } else if let text = try reader.optionalMember("text") {
            content = .text(try text.template())
        }
        events = try reader.optionalArray("events")?.map { (event) throws(JSONError) in try Scenario.Event(reading: event) }
        delay = try reader.optionalInt("delay_ms", in: Self.milliseconds) ?? 0
        chunks = try reader.optionalMember("chunks").map { (chunks) throws(JSONError) in
            let chunks = try chunks.object(allowing: ["bytes", "pause_ms"])
            return Scenario.Chunks(
                bytes: try chunks.int("bytes", in: 1...1_048_576),
                pause: try chunks.optionalInt("pause_ms", in: Self.milliseconds) ?? 0)
        }
        fault = try reader.optionalMember("fault").map { (fault) throws(JSONError) in try Scenario.Fault(reading: fault) }
        echoesKey = try reader.optionalBool("echo_key") ?? false
    }

    /// Up to an hour.
    fileprivate static let milliseconds = 0...3_600_000
}

extension Scenario.Event {
    fileprivate init(reading element: JSONReader) throws(JSONError) {
        let reader = try element.object(allowing: ["event", "data", "comment", "pause_ms"])
        let object = try reader.object()
        if object["data"] != nil {
            guard object["comment"] == nil, object["pause_ms"] == nil else {
                throw reader.error("an event has \"data\", a \"comment\" or a \"pause_ms\"; write one element for each")
            }
            self = .data(name: try reader.optionalString("event"), try reader.member("data").templateJSON())
        } else if object["event"] != nil {
            throw reader.error("an event with a name has \"data\" too; add it", at: "event")
        } else if let comment = try reader.optionalMember("comment") {
            guard object["pause_ms"] == nil else {
                throw reader.error("an event has \"data\", a \"comment\" or a \"pause_ms\"; write one element for each")
            }
            self = .comment(try comment.template())
        } else if let pause = try reader.optionalInt("pause_ms", in: Scenario.Answer.milliseconds) {
            self = .pause(milliseconds: pause)
        } else {
            throw reader.error("an event has \"data\", a \"comment\" or a \"pause_ms\"; add one")
        }
    }
}

extension Scenario.Fault {
    private enum PlaceName: String, CaseIterable {
        case start, headers, body
    }

    fileprivate init(reading element: JSONReader) throws(JSONError) {
        let reader = try element.object(allowing: ["kind", "at", "after_bytes"])
        kind = try reader.choice("kind")
        let afterBytes = try reader.optionalInt("after_bytes", in: 0...16_777_216)
        let name: PlaceName = try reader.choice("at")
        if afterBytes != nil, name != .body {
            throw reader.error("\"after_bytes\" goes with \"at\": \"body\" only; change \"at\", or remove it", at: "after_bytes")
        }
        place =
            switch name {
            case .start: .start
            case .headers: .headers
            case .body: .body(afterBytes: afterBytes)
            }
    }
}
