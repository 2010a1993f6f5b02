import Sonde
import TestSupport
import Testing

/// Every cause, found by the built tool at a real peer, with the requests that it takes and no more.
struct CauseTests {
    @Test(arguments: CauseCase.all.filter(\.isPossibleHere))
    func `a cause is found with exactly the requests that it takes, all of which the dry run listed`(case: CauseCase) async throws {
        let user = try User()
        let peer = try `case`.peer(user)
        defer { peer.stop() }

        let dry = try await user.runs(["check"] + peer.arguments + ["--dry-run"], with: peer.variables)
        #expect(dry.status == 0, "\(dry.errorText)")
        #expect(peer.arrived() == [], "a dry run sends nothing")

        let run = try await user.runs(["check"] + peer.arguments + ["-o", "json=report.json"], with: peer.variables)
        let target = try ReportFacts(#require(user.bytes(of: "report.json"), "no report: \(run.errorText)")).targets[0]
        #expect(target.verdict.cause == `case`.cause.rawValue)
        #expect(target.verdict.reason == `case`.reason)
        #expect(target.verdict.confidence == `case`.confidence.rawValue)
        #expect(run.status == `case`.exit.rawValue, "\(run.text)")
        #expect(target.exchanges.map(\.line) == `case`.asks.flatMap(\.self))
        #expect(`case`.arrives ? peer.arrived().inRounds(of: `case`.asks) == `case`.asks.map { $0.sorted() } : peer.arrived() == [])
        for exchange in target.exchanges {
            #expect(DryRunFacts(dry.text).lists(exchange), "\(exchange.probe): \(exchange.line) is not in\n\(dry.text)")
        }
    }

    @Test func `every cause has a case, and every name is given once`() {
        let found = Set(CauseCase.all.map(\.cause))
        #expect(Cause.allCases.filter { !found.contains($0) } == [])
        let names = CauseCase.all.map(\.testDescription)
        #expect(names.count == Set(names).count)
    }

    @Test func `a healthy target costs two or three requests, once each but for a retry, whoever the vendor is`() {
        for healthy in CauseCase.all where healthy.cause == .healthy {
            #expect(healthy.asks.count == 1)
            #expect((2...3).contains(Set(healthy.asks[0]).count))
        }
    }

    private static let missing = Set(CauseCase.all.flatMap(\.needs).filter { !$0.isInstalled }.map(\.name)).sorted()

    @Test(.enabled(if: missing.isEmpty, "\(missing.joined(separator: ", ")) missing: the causes that need it were not tried"))
    func `no case is left out`() { #expect(CauseCase.all.count { !$0.isPossibleHere } == 0) }
}

/// What a dry run said would be sent.
private struct DryRunFacts {
    private let prose: String

    init(_ text: String) { prose = text.unwrapped }

    /// Says whether a request is among what was listed, with its cost and whom it goes to, and this attempt of it, too.
    func lists(_ exchange: ReportFacts.Exchange) -> Bool {
        let (name, request) = (exchange.probe, exchange.request)
        guard exchange.attempt <= attempts else { return false }
        if prose.contains("\(request.method) \(request.path) (\(name), ") { return prose.contains(": \(request.origin) ") }
        let costs = ["free", "free, at most 3 requests", "paid: one more request of the same size"]
        return costs.contains { prose.contains(" \(name) (\($0), \(request.origin)): ") }
    }

    /// How often one request may be sent.
    private var attempts: Int {
        prose.firstMatch(of: /[Ee]ach up to (\d+) times? more/).flatMap { Int($0.1) }.map { $0 + 1 } ?? 1
    }
}

extension ReportFacts.Request {
    /// `http://127.0.0.1:8080`.
    fileprivate var origin: String { url.split(separator: "/", maxSplits: 3).prefix(2).joined(separator: "//") }
    fileprivate var path: String { "/" + (url.split(separator: "/", maxSplits: 2).dropFirst(2).first ?? "") }
}

extension ReportFacts.Exchange {
    /// As ``CauseCase/asks`` has it.
    fileprivate var line: String {
        "\(request.method) \(request.path) \(["own": "key", "made_up": "made-up"][request.key] ?? request.key)"
    }
}

extension [String] {
    /// What arrived, cut into as many as were asked at once; those may arrive in any order. What came beyond stands in a round of its own.
    fileprivate func inRounds(of rounds: [[String]]) -> [[String]] {
        var rest = self[...]
        var cut: [[String]] = []
        for round in rounds {
            cut.append(rest.prefix(round.count).sorted())
            rest = rest.dropFirst(round.count)
        }
        return rest.isEmpty ? cut : cut + [rest.sorted()]
    }
}
