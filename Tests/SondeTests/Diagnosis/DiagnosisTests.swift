import Sonde
import SondeJSON
import Testing
import TestSupport

@Suite struct DiagnosisTests {
    private func healthy(_ probe: Probe, _: Int = 1) -> Rehearsal.Reply {
        switch probe.kind {
        case .badKey, .noKey: .error(401, message: "Invalid API key", type: "authentication_error")
        default:
            switch probe.endpoint {
            case .models: .models("small-1", "small-2", "text-embedding-1")
            case .responses: .response(model: probe.model ?? "?")
            case .embeddings: .json(200, ["data": [["embedding": [0.1]]]])
            case .key, .balance: .json(200, ["balance": "12.5", "used": 1])
            case .inference: .completion(model: probe.model ?? "?")
            }
        }
    }

    private func kinds(_ round: [Probe]?) -> [Probe.Kind]? { round?.map(\.kind) }

    // MARK: Baseline and the choice of a model

    @Test func `the baseline is the list, the key proof and the smallest inference, at once`() throws {
        let run = try Rehearsal(Sample.target(model: "small-2"), reply: healthy)
        #expect(run.rounds.map { $0.map(\.kind) } == [[.models, .key, .inference]])
        #expect(run.verdict.cause == .healthy)
        #expect(run.verdict.confidence == .certain)
    }

    @Test func `without a named model inference waits for the list`() throws {
        let run = try Rehearsal(Sample.target(), reply: healthy)
        #expect(run.rounds.map { $0.map(\.kind) } == [[.models, .key], [.inference]])
        #expect(run.probes.last?.model == "small-1")
    }

    @Test func `a preferred model that is not listed is passed over`() throws {
        let run = try Rehearsal(Sample.target()) { probe, _ in probe.endpoint == .models ? .models("small-2", "other") : healthy(probe) }
        #expect(run.probes.last?.model == "small-2")
    }

    @Test func `where no preferred model is listed the first that chats is taken`() throws {
        let run = try Rehearsal(Sample.target()) { probe, _ in
            probe.endpoint == .models ? .models("text-embedding-3-small", "whisper-1", "llama-3.1-8b") : healthy(probe)
        }
        #expect(run.probes.last?.model == "llama-3.1-8b")
    }

    @Test func `a list that is refused does not keep inference from being asked`() throws {
        let run = try Rehearsal(Sample.target()) { probe, _ in
            probe.endpoint == .models ? .error(404, message: "Not Found") : healthy(probe)
        }
        #expect(run.probes.last == Probe(.inference, endpoint: .inference, model: "small-1"))
        #expect(run.verdict.cause == .healthy)
    }

    @Test func `a host that is dead is not asked for a paid request`() throws {
        let run = try Rehearsal(Sample.target()) { _, _ in .dead(.connect, message: "refused") }
        #expect(run.rounds.map { $0.map(\.kind) } == [[.models, .key]])
        #expect(run.verdict.cause == .connectFailure)
    }

    @Test func `without a key the key proof is not asked`() throws {
        let run = try Rehearsal(Sample.target(key: nil, model: "small-1"), reply: healthy)
        #expect(kinds(run.rounds.first) == [.models, .inference])
    }

    @Test func `without inference nothing is paid and nothing is called healthy`() throws {
        var options = Diagnosis.Options()
        options.infers = false
        let run = try Rehearsal(Sample.target(model: "small-1"), options: options, reply: healthy)
        #expect(run.probes.allSatisfy { !$0.isPaid })
        #expect(run.verdict.cause == .inconclusive)
        #expect(run.verdict.reason == "inference_not_tested")
        #expect(run.outcome("auth") == .pass)
    }

    @Test func `a blocking finding is the verdict and nothing is sent`() throws {
        let finding = Finding("key", .blocking, cause: .keyMalformed, reason: "key_quoted", "The key is quoted.")
        let run = try Rehearsal(Sample.target(findings: [finding]), reply: healthy)
        #expect(run.probes.isEmpty)
        #expect(run.verdict.cause == .keyMalformed)
        #expect(run.verdict.confidence == .certain)
    }

    @Test func `a finding that only warns stops nothing`() throws {
        let finding = Finding("base_url", .warning, reason: "other_path", "…")
        #expect(try Rehearsal(Sample.target(findings: [finding]), reply: healthy).verdict.cause == .healthy)
    }

    // MARK: Follow-ups

    @Test func `a healthy target costs no follow-up`() throws {
        #expect(try Rehearsal(Sample.target(model: "small-1"), reply: healthy).followUps.isEmpty)
        #expect(try Rehearsal(Sample.target(), reply: healthy).followUps.isEmpty)
    }

    @Test func `a made-up key goes to the key proof first`() throws {
        let run = try Rehearsal(Sample.target(model: "small-1")) { probe, _ in
            if probe.kind == .models { return .models("small-1") }
            return probe.kind == .badKey
                ? .error(401, type: "authentication_error") : .error(403, message: "Forbidden.", type: "account_barred")
        }
        #expect(run.followUps.first == Probe(.badKey, endpoint: .key))
        #expect(run.followUps.count { $0.kind == .badKey } == 1)
        #expect(run.verdict.cause == .accountDenied)
        #expect(run.verdict.confidence == .certain)
    }

    @Test func `a made-up key goes to inference only where no proof endpoint exists`() throws {
        let endpoints: JSON = ["models": ["path": "/models", "needs_key": false], "inference": ["path": "/chat/completions"]]
        let run = try Rehearsal(Sample.target(["endpoints": endpoints], model: "small-1")) { probe, _ in
            probe.kind == .models ? .models("small-1") : .error(401, message: "Unauthorized")
        }
        #expect(run.followUps.first == Probe(.badKey, endpoint: .inference, model: "small-1"))
    }

    @Test func `a made-up key does not go where a refusal proves nothing about the credential`() throws {
        let run = try Rehearsal(Sample.target(key: "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl", model: "small-1")) { probe, _ in
            if probe.kind == .models { return .models("small-1") }
            return probe.endpoint == .inference && probe.kind == .inference
                ? .error(403, message: "No.") : .error(401, type: "authentication_error")
        }
        #expect(!run.followUps.contains { $0.kind == .badKey && $0.endpoint == .key })
        #expect(run.verdict.cause != .keyRejected)
    }

    @Test func `a refusal where refusals prove nothing is no verdict on the key`() throws {
        var options = Diagnosis.Options()
        options.infers = false
        let run = try Rehearsal(Sample.target(key: "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl"), options: options) { probe, _ in
            probe.kind == .models ? .models("small-1") : .error(401, type: "authentication_error")
        }
        #expect(run.verdict.cause == .inconclusive)
        #expect(run.verdict.reason == "inference_not_tested")
    }

    @Test func `no made-up key without a refusal`() throws {
        let answers: [Rehearsal.Reply] = [
            .dead(.timeout, .firstByte), .error(503, type: "server_error"), .error(400, message: "bad"), .page(404, title: "Not found"),
        ]
        for answer in answers {
            let run = try Rehearsal(Sample.target(model: "small-1")) { _, _ in answer }
            #expect(!run.followUps.contains { $0.kind == .badKey }, "\(answer)")
        }
    }

    @Test func `no made-up key when the user forbids it`() throws {
        var options = Diagnosis.Options()
        options.usesControl = false
        let run = try Rehearsal(Sample.target(model: "small-1"), options: options) { _, _ in .error(403, type: "account_barred") }
        #expect(!run.followUps.contains { $0.kind == .badKey })
        #expect(run.verdict.confidence < .certain)
    }

    @Test func `no follow-up at all when the user forbids them`() throws {
        var options = Diagnosis.Options()
        options.followsUp = false
        let answers: [Rehearsal.Reply] = [
            .error(403, type: "account_barred"), .error(404, message: "model not found"), .dead(.certificate),
            .error(401, message: "no api key"),
        ]
        for answer in answers {
            let run = try Rehearsal(Sample.target(model: "small-1"), options: options) { _, _ in answer }
            #expect(run.followUps.isEmpty, "\(answer)")
        }
    }

    @Test func `asked to prove the key a made-up one is sent although nothing was refused`() throws {
        var options = Diagnosis.Options()
        options.provesKey = true
        let endpoints: JSON = ["models": ["path": "/models", "needs_key": false], "inference": ["path": "/chat/completions"]]
        let looks = try Rehearsal(Sample.target(["endpoints": endpoints], model: "small-1"), options: options) { probe, _ in
            probe.kind == .badKey && probe.endpoint == .inference
                ? .error(401, message: "Unauthorized") : healthy(Probe(.models, endpoint: probe.endpoint))
        }
        #expect(looks.followUps.map(\.kind) == [.badKey])
        let ignores = try Rehearsal(Sample.target(["endpoints": endpoints], model: "small-1"), options: options) { probe, _ in
            healthy(Probe(.models, endpoint: probe.endpoint))
        }
        #expect(ignores.verdict.cause == .healthy)
        #expect(ignores.outcome("auth") == .skip)
    }

    @Test func `a model that seems to be missing is tried with another one`() throws {
        let run = try Rehearsal(Sample.target(model: "gone")) { probe, _ in
            probe.model == "gone" ? .error(404, message: "model 'gone' not found") : healthy(probe)
        }
        #expect(run.followUps == [Probe(.otherModel, endpoint: .inference, model: "small-1")])
        #expect(run.verdict.cause == .modelUnavailable)
        #expect(run.verdict.nextSteps.first?.contains("small-1") == true)
    }

    @Test func `a certificate that is not trusted is looked at with a bare handshake`() throws {
        let session = TLSSession(version: "TLSv1.3", certificate: Certificate(subject: "CN=api.sample.test", issuer: "CN=Office Filter CA"))
        let run = try Rehearsal(Sample.target()) { probe, _ in probe.kind == .handshake ? .handshake(session) : .dead(.certificate) }
        #expect(run.followUps.map(\.kind) == [.handshake])
        #expect(run.verdict.cause == .tlsFailure)
        #expect(run.verdict.nextSteps.first?.contains("CN=Office Filter CA") == true)
    }

    @Test func `whatever a service does one target costs six follow-ups at most and comes to an end`() throws {
        let answers: [Rehearsal.Reply] = [
            .error(401, message: "no api key"), .error(401, type: "authentication_error"), .error(403), .error(403, type: "account_barred"),
            .error(404, message: "model not found"), .error(402), .error(451), .page(200, title: "Welcome"),
            .page(403, title: "Just a moment..."),
            .body(200, "", "application/json"), .json(200, ["weird": true]), .models("small-1"), .dead(.certificate), .dead(.closed),
            .dead(.resources),
            .dead(.cancelled), .body(302, "", "text/plain"), .json(200, ["error": "no"]),
        ]
        for first in answers {
            for later in answers {
                let run = try Rehearsal(Sample.target(), retries: RetryPolicy(limit: 0)) { probe, _ in
                    probe.kind == .models || probe.kind == .inference ? first : later
                }
                #expect(run.followUps.count <= 6)
                #expect(Set(run.probes).count == run.probes.count, "a probe was sent twice")
            }
        }
    }

    @Test func `the same exchanges in any order of arrival give the same cause`() throws {
        let target = try Sample.target(model: "small-1")
        let forward = try Rehearsal(target) { probe, _ in
            probe.kind == .badKey
                ? .error(401, type: "authentication_error")
                : probe.kind == .models ? .models("small-1") : .error(403, type: "account_barred")
        }
        var diagnosis = Diagnosis(target: target)
        _ = diagnosis.start()
        for exchange in forward.exchanges.reversed() { _ = diagnosis.receive(exchange) }
        #expect(try Judge(vendors: [target.vendor]).judge(diagnosis).verdict.cause == forward.verdict.cause)
    }

    // MARK: Interruption

    @Test func `what was interrupted is inconclusive and says so`() throws {
        let run = try Rehearsal(Sample.target(["probe_models": []])) { _, _ in .dead(.cancelled) }
        #expect(run.verdict.cause == .inconclusive)
        #expect(run.verdict.reason == "interrupted")
    }

    @Test func `an exhausted machine says nothing about the network`() throws {
        let run = try Rehearsal(Sample.target()) { _, _ in .dead(.resources) }
        #expect(run.verdict.cause == .inconclusive)
        #expect(run.verdict.reason == "out_of_resources")
    }
}
