import Testing

@testable import Sonde

/// Every law of comparison speaks where it should, and is silent where one thing is different.
@Suite struct ComparisonLawTests {
    struct Case: CustomTestStringConvertible {
        var law: String
        var speaks: [Trial]
        var confidence: Confidence
        var isSilent: [Trial]

        var testDescription: String { law }
    }

    private static func ways(_ one: Trial.Answer, _ other: Trial.Answer) -> [Trial] {
        [Trial(route: "direct", answer: one), Trial(route: "vpn", answer: other)]
    }

    private static func keys(_ one: Trial.Answer, _ other: Trial.Answer) -> [Trial] {
        [Trial(key: 1, answer: one), Trial(key: 2, answer: other)]
    }

    private static func services(_ direct: Trial.Answer, _ gateway: Trial.Answer, kind: Vendor.Kind = .gateway) -> [Trial] {
        [
            Trial(subject: "maker", answer: direct),
            Trial(subject: "gate", key: 2, kind: kind, host: "gate.sample.test", answer: gateway),
        ]
    }

    static let cases: [Case] = [
        Case(
            law: "machine-is-offline", speaks: services(.unresolved, .unconnected), confidence: .certain,
            isSilent: services(.unresolved, .works)),
        Case(law: "way-without-names", speaks: ways(.works, .unresolved), confidence: .certain, isSilent: ways(.unresolved, .unresolved)),
        Case(
            law: "way-without-interface", speaks: ways(.works, .noInterface), confidence: .certain,
            isSilent: ways(.works, .unconnected)),
        Case(law: "way-does-not-connect", speaks: ways(.works, .unconnected), confidence: .certain, isSilent: ways(.barred, .unconnected)),
        Case(
            law: "way-without-the-password", speaks: ways(.works, .wantsPassword), confidence: .certain,
            isSilent: ways(.works, .badProxy)),
        Case(law: "way-with-a-bad-proxy", speaks: ways(.works, .badProxy), confidence: .certain, isSilent: ways(.works, .unconnected)),
        Case(
            law: "way-is-intercepted", speaks: ways(.works, .captivePortal), confidence: .possible,
            isSilent: ways(.captivePortal, .captivePortal)),
        Case(law: "way-from-another-region", speaks: ways(.works, .region), confidence: .certain, isSilent: ways(.region, .region)),
        Case(law: "way-from-a-refused-address", speaks: ways(.works, .address), confidence: .certain, isSilent: ways(.address, .address)),
        Case(
            law: "way-strips-the-key", speaks: ways(.works, .strippedKey), confidence: .likely, isSilent: ways(.strippedKey, .strippedKey)),
        Case(law: "way-decides", speaks: ways(.works, .noCredit), confidence: .certain, isSilent: ways(.works, .region)),
        Case(law: "same-on-every-way", speaks: ways(.noCredit, .noCredit), confidence: .certain, isSilent: ways(.noCredit, .barred)),
        Case(
            law: "same-key-twice",
            speaks: [Trial(key: 1), Trial(key: 1, keySource: "file:old")], confidence: .certain, isSilent: keys(.works, .works)),
        Case(law: "key-decides", speaks: keys(.works, .unknownKey), confidence: .certain, isSilent: keys(.unknownKey, .unknownKey)),
        Case(law: "keys-all-refused", speaks: keys(.unknownKey, .unknownKey), confidence: .likely, isSilent: keys(.unknownKey, .noCredit)),
        Case(law: "account-decides", speaks: keys(.noCredit, .noCredit), confidence: .likely, isSilent: keys(.noCredit, .works)),
        Case(
            law: "gateway-decides", speaks: services(.works, .noCredit), confidence: .likely,
            isSilent: services(.works, .noCredit, kind: .direct)),
        Case(law: "direct-decides", speaks: services(.noCredit, .works), confidence: .likely, isSilent: services(.noCredit, .noCredit)),
        Case(law: "upstream-decides", speaks: services(.gone, .upstreamGone), confidence: .likely, isSilent: services(.gone, .gone)),
        Case(
            law: "model-decides", speaks: [Trial(subject: "a"), Trial(subject: "b", model: "small-2", answer: .gone)], confidence: .likely,
            isSilent: [Trial(subject: "a"), Trial(subject: "b", host: "b.sample.test", model: "small-2", answer: .gone)]),
        Case(
            law: "one-service-decides", speaks: services(.works, .noCredit, kind: .direct), confidence: .likely,
            isSilent: services(.works, .noCredit)),
        Case(
            law: "one-host-unreachable", speaks: services(.works, .unconnected), confidence: .likely,
            isSilent: services(.unconnected, .unconnected)),
        Case(
            law: "way-is-shared", speaks: services(.captivePortal, .captivePortal), confidence: .likely,
            isSilent: services(.captivePortal, .works)),
        Case(
            law: "moments-differ", speaks: [Trial(place: "eu"), Trial(place: "us", minute: 90, answer: .noCredit)], confidence: .possible,
            isSilent: [Trial(place: "eu"), Trial(place: "us", minute: 5, answer: .noCredit)]),
        Case(law: "nothing-differs", speaks: ways(.works, .works), confidence: .certain, isSilent: ways(.works, .region)),
        Case(
            law: "all-fail-alike", speaks: ways(.unconnected, .unconnected), confidence: .likely,
            isSilent: ways(.unconnected, .noCredit)),
        Case(
            law: "too-little-decided", speaks: ways(.untested, .works).prefix(1) + [], confidence: .certain, isSilent: ways(.works, .works)),
    ]

    @Test func `machines are not called offline for an interface that they do not have`() throws {
        #expect(try !Comparison(Self.services(.noInterface, .noInterface)).conclusions.contains { $0.law == "machine-is-offline" })
    }

    @Test(arguments: cases)
    func `a law speaks in its case, with its certainty`(_ tried: Case) throws {
        let conclusions = try Comparison(tried.speaks).conclusions
        let found = try #require(
            conclusions.first { $0.law == tried.law }, "\(tried.law) is silent; these speak: \(conclusions.map(\.law))")
        #expect(found.confidence == tried.confidence)
        #expect(!found.text.isEmpty && !found.cells.isEmpty)
    }

    @Test(arguments: cases)
    func `a law is silent where one thing is different`(_ tried: Case) throws {
        #expect(try !Comparison(tried.isSilent).conclusions.contains { $0.law == tried.law })
    }

    @Test func `every law has its case, in order`() {
        #expect(Self.cases.map(\.law) == ComparisonLaw.all.map(\.name))
    }

    @Test func `two cells on one way prove nothing about ways`() throws {
        let trials = [Trial(subject: "a"), Trial(subject: "b", answer: .noCredit)]
        #expect(try !Comparison(trials).conclusions.contains { $0.law.hasPrefix("way-") || $0.law == "same-on-every-way" })
    }

    @Test func `a mistyped model is not the account, whichever key asks`() throws {
        let trials = ["direct", "vpn"].flatMap { route in [1, 2].map { Trial(route: route, key: $0, answer: .gone) } }
        #expect(try !Comparison(trials).conclusions.contains { $0.law == "account-decides" })
    }

    @Test func `a key is not blamed for what died on the way`() throws {
        #expect(try !Comparison(Self.keys(.works, .captivePortal)).conclusions.contains { $0.law == "key-decides" })
    }

    @Test func `offline is all there is to say`() throws {
        #expect(try Comparison(Self.services(.unresolved, .unconnected)).conclusions.map(\.law) == ["machine-is-offline"])
    }

    @Test func `the same with two keys on two ways is certainly the account`() throws {
        let trials = ["direct", "vpn"].flatMap { route in [1, 2].map { Trial(route: route, key: $0, answer: .noCredit) } }
        let found = try Comparison(trials).conclusions.filter { $0.law == "account-decides" }
        #expect(found.count == 1)
        #expect(found.first?.confidence == .certain)
        #expect(found.first?.cells == [0, 1, 2, 3])
    }

    @Test func `machines are less alike than routes of one machine`() throws {
        let trials = [Trial(route: "env", place: "eu"), Trial(route: "env", place: "ru", answer: .region)]
        let found = try #require(try Comparison(trials).conclusions.first { $0.law == "way-from-another-region" })
        #expect(found.confidence == .likely)
        #expect(found.text.contains("over eu") && found.text.contains("over ru"))
    }

    @Test func `reports of two machines may be of two keys, and what hangs on the key says so`() throws {
        let refused = [Trial(route: "env", place: "eu"), Trial(route: "env", place: "us", answer: .noCredit)]
        let way = try #require(try Comparison(refused).conclusions.first { $0.law == "way-decides" })
        #expect(way.confidence == .likely)
        #expect(way.text.contains("if it is the same key"))
        let alike = refused.map { trial in
            var trial = trial
            trial.answer = .noCredit
            return trial
        }
        let same = try #require(try Comparison(alike).conclusions.first { $0.law == "same-on-every-way" })
        #expect(same.confidence == .likely && same.text.contains("if it is the same key"))
        // On one machine the same source is the same key, and a country hangs on no key.
        let here = try Comparison(Self.ways(.noCredit, .noCredit)).conclusions.first { $0.law == "same-on-every-way" }
        #expect(here?.confidence == .certain && here?.text.contains("if it is") == false)
        let region = [Trial(route: "env", place: "eu"), Trial(route: "env", place: "us", answer: .region)]
        #expect(try Comparison(region).conclusions.first { $0.law == "way-from-another-region" }?.text.contains("if it is") == false)
        let oneMachine = [Trial(route: "a", place: "eu"), Trial(route: "b", place: "eu", answer: .noCredit)]
        #expect(try Comparison(oneMachine).conclusions.first { $0.law == "way-decides" }?.text.contains("if it is") == false)
    }

    @Test func `two sources in a report may hold one key, and what hangs on their difference says so`() throws {
        let place = { (answers: [Trial.Answer]) in answers.enumerated().map { Trial(key: $0 + 1, place: "eu", answer: $1) } }
        let key = try #require(try Comparison(place([.works, .unknownKey])).conclusions.first { $0.law == "key-decides" })
        #expect(key.confidence == .likely && key.text.contains("if they are different keys"))
        let account = try #require(try Comparison(place([.noCredit, .noCredit])).conclusions.first { $0.law == "account-decides" })
        #expect(account.confidence == .likely && account.text.contains("if they are different keys"))
        let rejected = try Comparison(place([.unknownKey, .unknownKey])).conclusions.first { $0.law == "keys-all-refused" }
        #expect(rejected?.text.contains("if they are different") == true)
    }

    @Test func `what two ways show alike of two services is said once, with both ways`() throws {
        let trials = ["direct", "vpn"].flatMap { route in
            [
                Trial(subject: "a", route: route), Trial(subject: "b", route: route, host: "b.sample.test", answer: .noCredit),
            ]
        }
        let found = try Comparison(trials).conclusions.filter { $0.law == "one-service-decides" }
        #expect(found.count == 1)
        #expect(found[0].text.contains("over direct and vpn"))
        #expect(found[0].cells == [0, 1, 2, 3])
    }

    @Test(
        arguments: [
            (.noCredit, "way-decides", "fails over direct, env and ipv4 ("),
            (.unconnected, "way-does-not-connect", "those ways are cut off"),
            (.region, "way-from-another-region", "in which those ways come out"),
        ] as [(Trial.Answer, String, String)])
    func `ways that fail alike are named in one sentence`(answer: Trial.Answer, law: String, words: String) throws {
        let ways = ["direct", "env", "ipv4"].flatMap { route in [1, 2].map { Trial(route: route, key: $0, answer: answer) } }
        let works = [1, 2].map { Trial(route: "vpn", key: $0) }
        let found = try Comparison(ways + works).conclusions.filter { $0.law == law }
        #expect(found.count == 1 && found.first?.cells.count == 8)
        #expect(found.first?.text.contains(words) == true, "\(found.map(\.text))")
        // One that fails otherwise has its own.
        let other = Trial(route: "office", answer: .badProxy)
        #expect(try Comparison([other] + ways + works).conclusions.count { $0.law == law || $0.law == "way-with-a-bad-proxy" } == 2)
    }

    @Test func `a refusal that is the same on every way is told once for two keys`() throws {
        let trials = ["direct", "env"].flatMap { route in [1, 2].map { Trial(route: route, key: $0, answer: .noCredit) } }
        let found = try Comparison(trials).conclusions.filter { $0.law == "same-on-every-way" }
        #expect(found.count == 1 && found.first?.cells == [0, 1, 2, 3])
    }

    @Test func `a host that is silent, or a way that is shared, is told once for all ways`() throws {
        let pairs = { (one: Trial.Answer, other: Trial.Answer) in
            ["direct", "env"].flatMap { route in
                Self.services(one, other).map { trial in
                    var trial = trial
                    trial.route = route
                    return trial
                }
            }
        }
        for (trials, law) in [
            (pairs(.works, .unconnected), "one-host-unreachable"), (pairs(.captivePortal, .captivePortal), "way-is-shared"),
        ] {
            let found = try Comparison(trials).conclusions.filter { $0.law == law }
            #expect(found.count == 1 && found.first?.cells == [0, 1, 2, 3])
            #expect(found.first?.text.contains("over direct and env") == true, "\(found.map(\.text))")
        }
    }

    @Test func `a verdict that was not judged here makes no conclusion certain`() throws {
        let trials = Self.keys(.works, .unknownKey)
        var results = try trials.map { try $0.result() }
        let cells = try Comparison(trials).cells
        #expect(Comparison(cells: cells, results: results).conclusions.first?.confidence == .certain)
        results[1].notJudgedAgain = "no vendor is called so"
        #expect(Comparison(cells: cells, results: results).conclusions.first?.confidence == .likely)
    }

    @Test func `what differs from most is marked, and health is the usual state of two`() throws {
        let results = try Self.ways(.region, .works).map { try $0.result() }
        #expect(try Comparison(Self.ways(.region, .works)).differing(results) == [0])
        let three = [Trial(route: "a", answer: .region), Trial(route: "b", answer: .region), Trial(route: "c")]
        #expect(try Comparison(three).differing(try three.map { try $0.result() }) == [2])
    }
}
