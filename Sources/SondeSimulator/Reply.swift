internal import SondeJSON

/// One answer worked out: the bytes of it, and the steps in which they are sent.
struct Reply: Sendable, Hashable {
    var status: Int
    var headers: [Scenario.Header]
    /// Milliseconds to wait before anything is sent.
    var delay: Int
    /// What happens instead of an answer.
    var opening: Scenario.Fault.Kind?
    var body: [UInt8]
    /// Whether the length is promised in `Content-Length`; otherwise the body goes in chunked coding.
    var promisesLength: Bool
    var steps: [Step]

    enum Step: Sendable, Hashable {
        case bytes(Range<Int>)
        case pause(milliseconds: Int)
        /// The answer ends here, in the way of the fault.
        case fault(Scenario.Fault.Kind)
    }

    /// Whether all is sent in one go, without pause or fault.
    var isPlain: Bool {
        guard promisesLength else { return false }
        return steps.isEmpty || steps == [.bytes(body.indices)]
    }
}

extension Reply {
    /// Fills in an answer. `headers` are those of the scenario and of routes that only add some, the weaker first.
    init(_ answer: Scenario.Answer, adding inherited: [[Scenario.HeaderChange]], for call: SimulatedCall) {
        status = answer.status
        delay = answer.delay
        (headers, body, steps, promisesLength) = ([], [], [], true)
        let streams = answer.events != nil && (call.wantsStream || answer.content == nil)
        var contentType: String?
        if streams, let events = answer.events {
            contentType = "text/event-stream; charset=utf-8"
            for event in events { append(event, for: call) }
        } else if let content = answer.content {
            contentType = fill(with: content, echoing: answer.echoesKey ? call.key : nil, for: call)
        }
        promisesLength = !streams && answer.chunks == nil
        if let chunks = answer.chunks, !streams { split(into: chunks) }
        if let fault = answer.fault { fail(fault) }

        var changes: [Scenario.HeaderChange] = []
        for change in inherited.joined() + answer.headers {
            changes.removeAll { sameName($0.name, change.name) }
            changes.append(change)
        }
        headers = changes.flatMap { change in
            change.values.map { Scenario.Header(change.name, $0.filled(for: call)) }
        }
        if let contentType, !changes.contains(where: { sameName($0.name, "content-type") }) {
            headers.insert(Scenario.Header("Content-Type", contentType), at: 0)
        }
        if answer.echoesKey, let key = call.key {
            headers += KeyEncoding.allCases.map { Scenario.Header("X-Echo-" + $0.rawValue, $0.encode(key)) }
        }
    }

    /// Sets the body and gives its media type.
    private mutating func fill(with content: Scenario.Content, echoing key: String?, for call: SimulatedCall) -> String {
        defer { if !body.isEmpty { steps = [.bytes(body.indices)] } }
        switch content {
        case .text(let template):
            body = Array(template.filled(for: call).utf8)
            if let key { body += KeyEncoding.allCases.flatMap { Array("\n\($0.rawValue): \($0.encode(key))".utf8) } }
            return "text/plain; charset=utf-8"
        case .json(let template):
            var json = template.filled(for: call)
            if let key, case .object(var object) = json {
                object["echo"] = .object(JSON.Object(KeyEncoding.allCases.map { ($0.rawValue, .string($0.encode(key))) }))
                json = .object(object)
            }
            json.write(to: &body)
            return "application/json"
        }
    }

    private mutating func append(_ event: Scenario.Event, for call: SimulatedCall) {
        let start = body.count
        switch event {
        case .pause(let milliseconds):
            steps.append(.pause(milliseconds: milliseconds))
            return
        case .comment(let template):
            body += Array(": \(template.filled(for: call))\n\n".utf8)
        case .data(let name, let template):
            if let name { body += Array("event: \(name)\n".utf8) }
            let json = template.filled(for: call)
            body += Array("data: \(json.stringValue ?? json.text())\n\n".utf8)
        }
        steps.append(.bytes(start..<body.count))
    }

    private mutating func split(into chunks: Scenario.Chunks) {
        steps = []
        for start in stride(from: 0, to: body.count, by: chunks.bytes) {
            if start > 0, chunks.pause > 0 { steps.append(.pause(milliseconds: chunks.pause)) }
            steps.append(.bytes(start..<min(start + chunks.bytes, body.count)))
        }
    }

    /// Ends the steps where the fault strikes.
    private mutating func fail(_ fault: Scenario.Fault) {
        let limit: Int
        switch fault.place {
        case .start:
            opening = fault.kind
            return
        case .headers: limit = 0
        case .body(let afterBytes): limit = min(afterBytes ?? body.count / 2, body.count)
        }
        var sent: [Step] = []
        reaching: for step in steps {
            guard case .bytes(let range) = step else {
                sent.append(step)
                continue
            }
            if range.upperBound >= limit {
                if range.lowerBound < limit { sent.append(.bytes(range.lowerBound..<limit)) }
                break reaching
            }
            sent.append(step)
        }
        steps = sent + [.fault(fault.kind)]
        // A promise of nothing would be kept; chunked coding is broken off in any case.
        if body.count <= limit { promisesLength = false }
    }
}
