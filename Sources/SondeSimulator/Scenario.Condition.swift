extension Scenario {
    /// What must hold, all of it, for a route to take a request.
    struct Condition: Sendable, Hashable {
        /// The caller's key is one of these; empty for no matter.
        var keys: [KeyState] = []
        /// The caller's key begins with one of these; empty for no matter.
        var keyPrefixes: [String] = []
        var headers: [HeaderTest] = []
        /// The `model` of the JSON body is one of these; empty for no matter.
        var models: [Wildcard] = []
        /// The `stream` of the JSON body, where absent is false; nil for no matter.
        var stream: Bool?
        /// The caller's address is one of these; empty for no matter.
        var sources: [Wildcard] = []
        /// The request's number among those of the same source address that the route counts, from 1.
        var calls: ClosedRange<Int>?
    }

    /// How the caller's key stands to the keys of the scenario.
    enum KeyState: String, Sendable, Hashable, CaseIterable {
        /// A key of one of the scenario's callers.
        case valid
        /// No key at all.
        case none
        /// A key, but none of the scenario's.
        case other
    }

    struct HeaderTest: Sendable, Hashable {
        let name: String
        let wanted: Wanted

        enum Wanted: Sendable, Hashable {
            case present
            case absent
            case oneOf([Wildcard])
            /// Present, with a value that is none of these.
            case noneOf([Wildcard])
        }
    }
}

extension Scenario.Condition {
    /// Says whether all holds, the call number left aside.
    func holds(for call: SimulatedCall) -> Bool {
        if !keys.isEmpty, !keys.contains(call.keyState) { return false }
        if !keyPrefixes.isEmpty {
            guard let key = call.key, keyPrefixes.contains(where: key.hasPrefix) else { return false }
        }
        if !models.isEmpty {
            guard let model = call.model, models.contains(where: { $0.matches(model) }) else { return false }
        }
        if let stream, stream != call.wantsStream { return false }
        if !sources.isEmpty, !sources.contains(where: { $0.matches(call.request.source) }) { return false }
        return headers.allSatisfy { $0.holds(for: call.request) }
    }
}

extension Scenario.HeaderTest {
    func holds(for request: Simulator.Request) -> Bool {
        let value = request.header(name)
        switch wanted {
        case .present: return value != nil
        case .absent: return value == nil
        case .oneOf(let patterns):
            guard let value else { return false }
            return patterns.contains { $0.matches(value) }
        case .noneOf(let patterns):
            guard let value else { return false }
            return !patterns.contains { $0.matches(value) }
        }
    }
}
