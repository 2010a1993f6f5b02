import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct AuthCheckTests {
    @Test func `passes where the key proof accepts the key`() throws {
        #expect(try CheckCase { probe, _ in CheckCase.healthy(probe) }.said("auth") == "pass: GET /v1/credits accepts the key")
    }

    @Test func `passes where inference proves the key and the proof is closed`() throws {
        let run = try CheckCase { probe, _ in probe.kind == .key ? .error(404, message: "no") : CheckCase.healthy(probe) }
        #expect(run.said("auth") == "pass: POST /v1/chat/completions accepts the key")
    }

    @Test func `passes where a made-up key is refused in other words`() throws {
        let run = try CheckCase { probe, _ in
            probe.kind == .models
                ? .models("small-1")
                : probe.kind == .badKey ? .error(401, type: "authentication_error") : .error(403, type: "account_barred")
        }
        #expect(run.said("auth") == "pass: the key is recognized: a made-up one is refused in other words")
    }

    @Test func `fails where the service does not know the key`() throws {
        let run = try CheckCase { probe, _ in probe.kind == .models ? .models("small-1") : .error(401, type: "authentication_error") }
        #expect(run.said("auth") == "fail: the service does not accept the key")
    }

    @Test func `fails before asking with the finding's own words`() throws {
        #expect(
            try CheckCase(findings: [CheckCase.blocked]) { probe, _ in CheckCase.healthy(probe) }.said("auth") == "fail: The key is quoted."
        )
    }

    @Test func `fails where the organization does not go with the key`() throws {
        let run = try CheckCase { _, _ in .error(401, message: "no", code: "mismatched_organization") }
        #expect(run.said("auth") == "fail: the key is not of the organization, project or team that was named")
    }

    @Test func `skips where nothing shows that the server looks at keys`() throws {
        let run = try CheckCase(CheckCase.unproven) { probe, _ in CheckCase.healthy(probe) }
        #expect(run.said("auth").hasPrefix("skip: accepted, not proven"))
        let keyless = try CheckCase(CheckCase.unproven, key: nil) { probe, _ in CheckCase.healthy(probe) }
        #expect(keyless.said("auth") == "skip: no key was sent, and none was asked for; nothing is proven")
    }

    @Test func `skips where a made-up key is accepted as well`() throws {
        let run = try CheckCase(CheckCase.unproven, provesKey: true) { probe, _ in
            CheckCase.healthy(Probe(.models, endpoint: probe.endpoint))
        }
        #expect(run.said("auth") == "skip: accepted, not proven: a made-up key is accepted as well")
    }

    @Test func `skips where the API was not reached, and where nothing was sent for another reason`() throws {
        #expect(try CheckCase { _, _ in .dead(.connect) }.said("auth") == "skip: not tested: the API did not answer")
        let finding = Finding("base_url", .blocking, cause: .wrongEndpoint, reason: "plain_http", "Use https.")
        #expect(
            try CheckCase(findings: [finding]) { probe, _ in CheckCase.healthy(probe) }.said("auth") == "skip: not asked: nothing was sent")
    }

    @Test func `is inconclusive where everything was refused before the key`() throws {
        let run = try CheckCase { probe, _ in .error(503, type: "server_error") }
        #expect(run.said("auth") == "inconclusive: refused before the key could be proven")
    }
}
