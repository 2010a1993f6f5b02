import Testing

@testable import Sonde

@Suite struct ComparisonCellTests {
    private func labels(_ trials: [Trial]) throws -> [String] {
        try Comparison(trials).cells.map { "\($0.subject) \($0.key ?? "-") \($0.way)" }
    }

    @Test func `two keys of one label are numbered, the same on every way`() throws {
        let trials = [1, 2].flatMap { key in ["a", "b"].map { Trial(route: $0, key: key, keySource: "command") } }
        #expect(
            try labels(trials) == ["sample command (1) a", "sample command (1) b", "sample command (2) a", "sample command (2) b"])
    }

    @Test func `two targets of one name are numbered by the target`() throws {
        let trials = [Trial(key: 1, keySource: "env:A"), Trial(key: 1, keySource: "env:A", host: "b.sample.test")]
        #expect(try labels(trials) == ["sample (1) env:A direct", "sample (2) env:A direct"])
    }

    @Test func `a label that is taken is left to whoever has it`() throws {
        let trials = ["x", "x", "x (1)"].enumerated().map { Trial(key: $0 + 1, keySource: $1) }
        #expect(try labels(trials) == ["sample x (2) direct", "sample x (3) direct", "sample x (1) direct"])
    }

    @Test func `labels that differ stay as they are`() throws {
        #expect(try labels([Trial(key: 1), Trial(key: 2)]) == ["sample env:KEY_1 direct", "sample env:KEY_2 direct"])
        #expect(["a", "b", "a", "a (1)"].toldApart == ["a (2)", "b", "a (3)", "a (1)"])
    }

    @Test func `the law about one key in two places names both`() throws {
        let trials = [Trial(key: 1, keySource: "command"), Trial(key: 1, keySource: "command")]
        let found = try #require(try Comparison(trials).conclusions.first { $0.law == "same-key-twice" })
        #expect(found.text.contains("command (1) and command (2)"))
    }

    @Test func `each verdict that is not well stands once, with its cells`() throws {
        let answers: [Trial.Answer] = [.works, .noCredit, .unconnected, .noCredit]
        let trials = answers.enumerated().map { Trial(subject: "t\($0)", host: "h\($0).sample.test", answer: $1) }
        let comparison = try Comparison(trials)
        let groups = ComparedVerdicts(comparison, results: try trials.map { try $0.result() }).groups
        #expect(groups.map(\.cells) == [[1, 3], [2]])
        #expect(groups.map(\.verdict.cause) == [.billingBlocked, .connectFailure])
    }

    @Test(arguments: [
        ("10.1.2.3", true), ("192.168.0.9", true), ("172.16.0.1", true), ("172.32.0.1", false), ("100.64.0.1", true), ("127.0.0.2", true),
        ("203.0.113.9", false), ("::1", true), ("fe80::1", true), ("fd12::9", true), ("2001:db8::1", false), ("x", false),
    ])
    func `an address of one network only is told from one in public use`(address: String, isPrivate: Bool) {
        #expect(PrivateAddress.matches(address) == isPrivate)
    }

    @Test(arguments: [("192.168.0.9", "192.168.0.9"), ("203.0.113.9", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48")])
    func `of the address of this machine a public one is cut to its block`(address: String, kept: String) {
        let connection = Connection(localAddress: address)
        #expect(Capture(redactor: Redactor(secrets: [])).connection(connection).localAddress == kept)
        #expect(Capture(redactor: Redactor(secrets: [], keepsIdentifiers: true)).connection(connection).localAddress == address)
    }
}
