/// Picks the answer to each request: the scenario, and what has been asked so far.
///
/// No I/O: the same requests in the same order get the same answers, apart from times and identifiers.
struct Switchboard: Sendable {
    let scenario: Scenario
    private let validKeys: [String]
    /// For each route, the number of requests it has counted by source address.
    private var counts: [[String: Int]]

    init(_ scenario: Scenario) {
        self.scenario = scenario
        validKeys = scenario.callers.compactMap(\.key)
        counts = Array(repeating: [:], count: scenario.routes.count)
    }

    /// The reply to one request.
    ///
    /// - Parameters:
    ///   - requestID: 32 hexadecimal digits, new for each request.
    ///   - milliseconds: The time of the request, since 1970.
    mutating func reply(to request: Simulator.Request, requestID: String, milliseconds: Int64) -> Reply {
        let call = SimulatedCall(request, validKeys: validKeys, requestID: requestID, milliseconds: milliseconds)
        var headers = [scenario.headers]
        for (index, route) in scenario.routes.enumerated() where route.counts(call) {
            counts[index][request.source, default: 0] += 1
            guard route.takes(call, number: counts[index][request.source, default: 1]) else { continue }
            switch route.action {
            case .headers(let added): headers.append(added)
            case .answer(let answer): return Reply(answer, adding: headers, for: call)
            }
        }
        return Reply(scenario.notFound, adding: headers, for: call)
    }
}
