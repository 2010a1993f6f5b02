extension Scenario {
    /// One entry of the route list: which requests it is about, and what becomes of them.
    struct Route: Sendable, Hashable {
        /// The method, in capitals; nil for any.
        let method: String?
        /// The path without query is one of these.
        let paths: [Wildcard]
        /// The route is taken when any of these holds; empty means always.
        let conditions: [Condition]
        let action: Action
    }

    enum Action: Sendable, Hashable {
        /// Answer, and look no further.
        case answer(Answer)
        /// Have these headers on whatever a later route answers.
        case headers([HeaderChange])
    }
}

extension Scenario.Route {
    /// Says whether the request is one that this route counts: everything fits, call numbers left aside.
    func counts(_ call: SimulatedCall) -> Bool {
        // HEAD is answered as GET is, but for the body (RFC 9110 section 9.3.2), which libmicrohttpd leaves out.
        let wanted = call.request.method == "HEAD" ? "GET" : call.request.method
        if let method, method != wanted, method != call.request.method { return false }
        guard paths.contains(where: { $0.matches(call.request.path) }) else { return false }
        return conditions.isEmpty || conditions.contains { $0.holds(for: call) }
    }

    /// Says whether the route takes the request, which is the `number`th that it counts from that source address.
    func takes(_ call: SimulatedCall, number: Int) -> Bool {
        conditions.isEmpty || conditions.contains { $0.holds(for: call) && ($0.calls?.contains(number) ?? true) }
    }
}
