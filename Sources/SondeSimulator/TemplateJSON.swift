internal import SondeJSON

/// A JSON value whose strings are templates. A string that is only `{now}` or `{now_ms}` becomes a number.
indirect enum TemplateJSON: Sendable, Hashable {
    case fixed(JSON)
    case string(Template)
    case array([TemplateJSON])
    case object([Member])

    struct Member: Sendable, Hashable {
        let key: String
        let value: TemplateJSON
    }

    func filled(for call: SimulatedCall) -> JSON {
        switch self {
        case .fixed(let json): return json
        case .array(let elements): return .array(elements.map { $0.filled(for: call) })
        case .object(let members): return .object(JSON.Object(members.map { ($0.key, $0.value.filled(for: call)) }))
        case .string(let template):
            let text = template.filled(for: call)
            if template.parts == [.place(.now)] || template.parts == [.place(.nowMilliseconds)], let number = Int64(text) {
                return .integer(number)
            }
            return .string(text)
        }
    }
}
