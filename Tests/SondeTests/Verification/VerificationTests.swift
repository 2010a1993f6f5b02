import SondeJSON
import TestSupport
import Testing

@testable import Sonde

/// What a verification asks, and when.
@Suite struct VerificationTests {
    private func rounds(
        _ old: @escaping Verifying.Reply, _ new: @escaping Verifying.Reply, _ target: Target? = nil, options: Diagnosis.Options = .init(),
        allowed: Diagnosis.Options = .init()
    ) throws -> [[Probe.Kind]] {
        let target = try target ?? Sample.target(model: "small-1")
        let verification = Verification(of: try Verifying.before(target, options: options, old), at: target, options: allowed)
        return try Rehearsal.verify(verification, reply: new).rounds.map { $0.map(\.kind) }
    }

    @Test func `only what had failed is asked again, and nothing more while it fails`() throws {
        #expect(try rounds(Verifying.barred, Verifying.barred) == [[.key, .inference]])
    }

    @Test func `when all of it works, one request that must fail comes last`() throws {
        #expect(try rounds(Verifying.barred, Verifying.healthy) == [[.key, .inference], [.badKey]])
        #expect(try rounds(Verifying.noCredit, Verifying.healthy) == [[.inference], [.badKey]])
    }

    @Test func `the made-up key goes where a key is proven for free`() throws {
        let target = try Sample.target(model: "small-1")
        let verification = Verification(of: try Verifying.before(target, Verifying.noCredit), at: target)
        let control = try #require(try Rehearsal.verify(verification, reply: Verifying.healthy).rounds.last?.first)
        #expect(control.endpoint == .key)
        #expect(!control.isPaid)
    }

    @Test func `where the earlier run did not come to inference, it is asked once the rest works`() throws {
        let target = try Sample.target()
        #expect(try rounds(Verifying.unreachable, Verifying.healthy, target) == [[.models, .key], [.inference], [.badKey]])
        #expect(try rounds(Verifying.unreachable, Verifying.barred, target).count == 1)
    }

    @Test func `a target that nothing was sent to before is asked what a check asks first`() throws {
        let blocked = try Sample.target(
            model: "small-1", findings: [Finding("key", .blocking, cause: .keyMalformed, reason: "key_line_end", "A line end.")])
        let before = try Verifying.before(blocked, Verifying.healthy)
        let verification = Verification(of: before, at: try Sample.target(model: "small-1"))
        #expect(try Rehearsal.verify(verification, reply: Verifying.healthy).rounds.first?.map(\.kind) == [.models, .key, .inference])
    }

    @Test func `a target that must not be asked now is not asked`() throws {
        let before = try Verifying.before(Sample.target(model: "small-1"), Verifying.barred)
        let blocked = try Sample.target(
            key: nil, findings: [Finding("key", .blocking, cause: .keyMissing, reason: "key_withheld", "Withheld.")])
        #expect(try Rehearsal.verify(Verification(of: before, at: blocked), reply: Verifying.healthy).rounds.isEmpty)
        #expect(Verification(of: before, at: blocked).paidRequests(retries: 2) == 0)
    }

    @Test func `without a made-up key a field is spoiled instead`() throws {
        var allowed = Diagnosis.Options()
        allowed.usesControl = false
        #expect(try rounds(Verifying.barred, Verifying.healthy, allowed: allowed).last == [.badField])
    }

    @Test func `where keys are optional, or are tokens of another kind, a field is spoiled`() throws {
        let optional = try Sample.target(["key": ["env": ["SAMPLE_API_KEY"], "optional": true]], model: "small-1")
        #expect(try rounds(Verifying.barred, Verifying.healthy, optional).last == [.badField])
        var token = try Sample.target(model: "small-1")
        token.credential?.publicPrefix = "eyJ"
        #expect(
            ControlledFailure.kind(for: Verification(of: try Verifying.before(token, Verifying.barred), at: token).evidence)
                == .invalidField)
    }

    @Test func `the spoiled request is ours, with the conversation replaced`() throws {
        var limits = RunLimits()
        let body: JSON = ["model": "mine", "messages": [["role": "user", "content": "my plan"]]]
        limits.customBody = body.objectValue
        let builder = RequestBuilder(target: try Sample.target(model: "small-1"), limits: limits, controlTail: "x")
        let request = builder.request(for: Probe(.badField, endpoint: .inference, model: "small-1"))
        let sent = String(decoding: request.body ?? [], as: UTF8.self)
        #expect(sent.contains(#""messages":0"#))
        #expect(!sent.contains("my plan"))
    }

    @Test func `a run that left inference out leaves it out again`() throws {
        var options = Diagnosis.Options()
        options.infers = false
        let refusing: Verifying.Reply = { _ in .error(401, message: "Unknown key.", type: "invalid_key") }
        #expect(try rounds(refusing, Verifying.healthy, options: options).flatMap(\.self).contains(.inference) == false)
        #expect(try rounds(refusing, Verifying.healthy, options: options).last == [.badKey])
    }

    @Test func `what it may cost counts every repetition, and a spoiled field as well`() throws {
        let target = try Sample.target(model: "small-1")
        let before = try Verifying.before(target, Verifying.barred)
        #expect(Verification(of: before, at: target).paidRequests(retries: 0) == 1)
        #expect(Verification(of: before, at: target).paidRequests(retries: 2) == 3)
        var allowed = Diagnosis.Options()
        allowed.usesControl = false
        #expect(Verification(of: before, at: target, options: allowed).paidRequests(retries: 0) == 2)
    }

    @Test func `inference is repeated in the form and with the model it had`() throws {
        let target = try Sample.target()
        var before = try Verifying.before(target, Verifying.noCredit)
        let index = try #require(before.exchanges.firstIndex { $0.probe.kind == .inference })
        before.exchanges[index].probe.model = "chosen-then"
        before.exchanges[index].probe.shape = InferenceShape(tokenLimitField: "max_completion_tokens", tokenLimit: 16)
        let probe = try #require(Verification(of: before, at: target).repeated.first)
        #expect(probe.model == "chosen-then")
        #expect(probe.shape?.tokenLimitField == "max_completion_tokens")
    }
}
