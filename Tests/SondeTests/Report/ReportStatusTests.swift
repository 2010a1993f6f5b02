import SondeJSON
import TestSupport
import Testing

@testable import Sonde

@Suite struct ReportStatusTests {
    private func result(_ target: Target, options: Diagnosis.Options = .init(), reply: (Probe, Int) -> Rehearsal.Reply) throws
        -> TargetResult
    {
        let rehearsal = try Rehearsal(target, options: options, reply: reply)
        return TargetResult(
            target: target, exchanges: rehearsal.exchanges, checks: rehearsal.checks, verdict: rehearsal.verdict,
            startedAt: Timestamp(seconds: 0), duration: .zero)
    }

    private func report(_ targets: TargetResult..., exitsZero: Bool = false) -> Report {
        Report(startedAt: Timestamp(seconds: 0), duration: .zero, network: .init(), targets: targets, exitsZero: exitsZero)
    }

    private func unreachable(_ host: String, _ kind: TransportFailure.Kind = .connect) throws -> TargetResult {
        try result(Sample.target(model: "small-1", baseURL: "https://\(host)/v1")) { _, _ in .dead(kind) }
    }

    private func refused(_ status: Int, _ type: String) throws -> TargetResult {
        try result(Sample.target(model: "small-1")) { _, _ in .error(status, message: "no", type: type) }
    }

    private func keyless() throws -> TargetResult {
        try result(Sample.target(key: nil, findings: [Finding("key", .blocking, cause: .keyMissing, reason: "key_missing", "No key.")])) {
            _, _ in .dead(.connect)
        }
    }

    // MARK: Exit status

    @Test func `a status that is to be zero is zero in every output`() throws {
        let failed = try refused(403, "account_barred")
        #expect(report(failed).exitStatus == .checkFailed)
        let zero = report(failed, exitsZero: true)
        #expect(zero.exitStatus == .pass)
        #expect(zero.json.objectValue?["exit_code"] == .integer(0))
        #expect(zero.outcome == .fail)
    }

    @Test func `only failed checks become zero`() throws {
        let offline = [try unreachable("one.test"), try unreachable("two.test")]
        #expect(
            Report(startedAt: Timestamp(seconds: 0), duration: .zero, network: .init(), targets: offline, exitsZero: true).exitStatus
                == .inconclusive)
    }

    @Test func `being offline excuses those that were asked, and no other target`() throws {
        let offline = [try unreachable("one.test"), try unreachable("two.test")]
        let report = Report(startedAt: Timestamp(seconds: 0), duration: .zero, network: .init(), targets: offline + [try keyless()])
        #expect(report.isOffline)
        #expect(report.exitStatus == .checkFailed)
        #expect(report.outcome == .fail)
    }

    @Test(arguments: ["billing", "model", "auth"])
    func `one check alone passes where something proved the key`(check: String) throws {
        var options = Diagnosis.Options()
        (options.checks, options.infers) = ([check], false)
        let proven = try result(Sample.target(model: "small-1"), options: options) { probe, _ in
            probe.endpoint == .key ? .json(200, ["balance": "4.20", "used": "1"]) : .models("small-1")
        }
        #expect(proven.checks.map(\.id) == [check])
        #expect(proven.outcome == .pass)
        let open = try result(Sample.target(key: nil, model: "small-1"), options: options) { _, _ in .models("small-1") }
        #expect(open.outcome == .inconclusive)
    }

    // MARK: Contacts and usage

    @Test func `a host whose name has no address was not contacted`() throws {
        let named = try unreachable("one.test", .nameResolution)
        #expect(report(named, try unreachable("two.test")).hostsContacted == ["two.test:443"])
    }

    @Test func `proxies and overriding peers are contacted, too`() throws {
        var target = try Sample.target(baseURL: "https://llm.test/v1")
        target.route = Route(
            proxy: .fixed(Proxy(scheme: .http, host: "proxy.test", port: 3128)),
            resolve: ["proxy.test:3128:10.0.0.7", "else.test:443:10.0.0.8", "llm.test:443:[::1],10.0.0.9"],
            connectTo: ["llm.test:443:inner.test:8443", "else.test:443:no.test:1", ":::444"])
        #expect(
            target.peers == [
                "proxy.test:3128", "inner.test:8443", "llm.test:444", "10.0.0.7:3128", "[::1]:443", "10.0.0.9:443", "llm.test:443",
            ])
        #expect(report(try result(target) { _, _ in .dead(.connect) }).hostsContacted == target.peers)
    }

    @Test func `a handshake is no request, and its method says so`() throws {
        let result = try result(Sample.target(model: "small-1")) { probe, _ in
            probe.kind == .handshake ? .handshake(TLSSession(version: "TLSv1.3", certificate: nil)) : .dead(.certificate)
        }
        #expect(result.exchanges.contains { $0.probe.kind == .handshake })
        #expect(result.usage.requests == result.exchanges.count - 1)
    }

    @Test func `counts of tokens that no service can mean do not end the run`() throws {
        var healthy = try result(Sample.target(model: "small-1")) { probe, _ in
            probe.endpoint == .inference ? .completion() : .models("small-1")
        }
        let inference = try #require(healthy.exchanges.first { $0.probe.kind == .inference })
        var answer = try #require(inference.answer)
        answer.facts.inference?.inputTokens = .max
        answer.facts.inference?.outputTokens = .min
        var huge = inference
        huge.outcome = .answer(answer)
        healthy.exchanges = [huge, huge]
        #expect(healthy.usage == TargetResult.Usage(requests: 2, inputTokens: .max, outputTokens: 0))
    }

    // MARK: Size

    @Test func `of a long list of models the beginning is kept, and the one that was asked for`() throws {
        let ids = (0..<5_000).map { "model-\($0)" } + ["small-1"]
        let result = try result(Sample.target(model: "small-1")) { probe, _ in
            probe.endpoint == .models ? .json(200, ["data": .array(ids.map { ["id": .string($0)] })]) : .completion()
        }
        let models = try #require(result.exchanges.first { $0.probe.kind == .models }?.answer?.facts.models)
        #expect(models.count == 5_001)
        #expect(models.ids.count < 250)
        #expect(models.ids.first == "model-0" && models.ids.last == "small-1")
    }

    @Test(arguments: [(100, 9, 1_000), (1 << 30, 1_000, 64 << 20), (.max, 3, 64 << 20)])
    func `the room for a report is guessed, within reason`(first: Int, count: Int, expected: Int) {
        #expect(Report.expectedBytes(first: first, of: count) == expected)
    }

    // MARK: Redaction

    @Test func `no text of the user's carries a key into a report`() throws {
        let key = Sample.key
        let finding = Finding("key", .blocking, cause: .keyMalformed, reason: "r", "The key in file:/run/\(key) is odd.")
        var target = try Sample.target(model: "model-\(key)", baseURL: "https://\(key).test/\(key)/v1", findings: [finding])
        target.name = "name \(key)"
        target.route.name = "proxy=http://\(key)"
        target.credential?.source = .file("/run/\(key)")
        var blocked = try result(target) { _, _ in .dead(.connect) }
        blocked.exchanges = [
            Exchange(
                probe: Probe(.inference, endpoint: .inference, model: "model-\(key)"),
                request: .init(method: "POST", url: "https://\(key).test", keyUse: .own, body: ["model": .string(key)]),
                startedAt: Timestamp(seconds: 0), outcome: .handshake)
        ]
        let secrets = [ProtectedSecret(Secret(key), publicPrefixCount: 4)]
        let redacted = report(blocked.redacted(by: Redactor(secrets: secrets, keepsIdentifiers: true)))
        var bytes: [UInt8] = []
        report(blocked).write(to: &bytes)
        let scanner = SecretScanner(secrets: secrets)
        #expect(scanner.firstLeak(in: bytes) != nil)
        bytes = []
        redacted.write(to: &bytes)
        #expect(scanner.firstLeak(in: bytes) == nil, "\(String(decoding: bytes, as: UTF8.self))")
    }

    @Test func `addresses of the user's own stay readable`() throws {
        let target = try Sample.target(baseURL: "http://127.0.0.1:8080/v1").redacted(by: Redactor(secrets: [], keepsIdentifiers: true))
        #expect(target.baseURL.text == "http://127.0.0.1:8080/v1")
    }
}
