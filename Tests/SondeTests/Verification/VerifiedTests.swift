import Sonde
import SondeJSON
import TestSupport
import Testing

/// What before and now show together.
@Suite struct VerifiedTests {
    @Test func `what is answered now is fixed, once what must fail has failed`() throws {
        let verified = try Verifying.verified(Verifying.barred, Verifying.healthy)
        #expect(verified.change == .fixed)
        #expect(verified.control.outcome == .refused)
        #expect(!verified.undo.isEmpty)
        #expect(verified.requests.map { $0.before != nil && $0.now != nil } == [true, true])
    }

    @Test func `fixed is not claimed where anything succeeds`() throws {
        let verified = try Verifying.verified(Verifying.barred, Verifying.accepting)
        #expect(verified.change == .undecided)
        #expect(verified.control.outcome == .accepted)
        #expect(verified.summary.contains("fixed is not claimed"))
        #expect(verified.undo.isEmpty)
    }

    @Test func `the same refusal is unchanged`() throws {
        let verified = try Verifying.verified(Verifying.barred, Verifying.barred)
        #expect(verified.change == .unchanged)
        #expect(verified.control.outcome == .notSent)
    }

    @Test func `the same refusal is unchanged also where less was asked than before, so that less is known`() throws {
        // By itself this refusal could be many things; the earlier run asked another model, too.
        let vague: Verifying.Reply = { probe in
            switch probe.kind {
            case .inference: .error(403, message: "Denied.", type: "forbidden")
            case .otherModel: Verifying.chat
            default: Verifying.healthy(probe)
            }
        }
        let verified = try Verifying.verified(vague, vague)
        #expect(verified.before.verdict.cause == .modelUnavailable)
        #expect(verified.change == .unchanged)
    }

    @Test func `another failure is named`() throws {
        let verified = try Verifying.verified(Verifying.barred, Verifying.noCredit)
        #expect(verified.change == .changed)
        #expect(verified.now.verdict.cause == .billingBlocked)
        #expect(verified.summary.contains("billing_blocked (insufficient_quota)"))
    }

    @Test func `another reason for the same cause is a change, other words for it are none`() throws {
        let card: Verifying.Reply = { probe in
            probe.endpoint == .inference
                ? .error(402, message: "No.", type: "other")
                : Verifying.healthy(probe)
        }
        #expect(try Verifying.verified(Verifying.noCredit, card).change == .changed)
        let other: Verifying.Reply = { probe in
            probe.endpoint == .inference ? .error(402, message: "Other words.", code: "insufficient_quota") : Verifying.healthy(probe)
        }
        #expect(try Verifying.verified(Verifying.noCredit, other).change == .unchanged)
    }

    @Test func `a service that cannot be reached any more has changed, a machine that is offline decides nothing`() throws {
        #expect(try Verifying.verified(Verifying.barred, Verifying.unreachable).change == .changed)
        #expect(try Verifying.verified(Verifying.barred, Verifying.unreachable, isOffline: true).change == .undecided)
        #expect(try Verifying.verified(Verifying.unreachable, Verifying.unreachable).change == .unchanged)
    }

    @Test func `a target that may not be asked any more decides nothing`() throws {
        let before = try Verifying.before(Sample.target(model: "small-1"), Verifying.barred)
        let blocked = try Sample.target(
            key: nil, findings: [Finding("key", .blocking, cause: .keyMissing, reason: "key_withheld", "Withheld here.")])
        let now = try Rehearsal.verify(Verification(of: before, at: blocked), reply: Verifying.healthy).result
        let verified = Verified(before: before, now: now, undoing: try UndoBook())
        #expect(verified.change == .undecided)
        #expect(verified.summary.contains("Withheld here."))
    }

    @Test func `an answer that nobody understands decides nothing`() throws {
        let odd: Verifying.Reply = { probe in
            probe.endpoint == .models ? Verifying.list : .error(418, message: "I am a teapot.", type: "teapot")
        }
        #expect(try Verifying.verified(Verifying.barred, odd).change == .undecided)
        #expect(try Verifying.verified(odd, odd).change == .undecided)
    }

    @Test func `without inference a key that is proven again is fixed`() throws {
        var options = Diagnosis.Options()
        options.infers = false
        let target = try Sample.target()
        let before = try Verifying.before(target, options: options) { probe in
            probe.endpoint == .models ? Verifying.list : Verifying.madeUp
        }
        let now = try Rehearsal.verify(Verification(of: before, at: target), reply: Verifying.healthy).result
        #expect(Verified(before: before, now: now, undoing: try UndoBook()).change == .fixed)
    }

    @Test func `a healthy target has nothing to verify`() throws {
        #expect(try !Verifying.before(Sample.target(model: "small-1"), Verifying.healthy).hasFailed)
        #expect(try Verifying.before(Sample.target(model: "small-1"), Verifying.barred).hasFailed)
    }

    // MARK: All of them

    private func status(_ changes: [(Verifying.Reply, Verifying.Reply)]) throws -> (Sonde.ExitStatus, String) {
        let targets = try changes.map { try Verifying.verified($0.0, $0.1) }
        var report = Report(startedAt: Timestamp(seconds: 0), duration: .zero, network: .init(), targets: targets.map(\.now))
        let record = VerificationRecord(reportStartedAt: Timestamp(seconds: 0), targets: targets)
        report.verification = record
        return (report.exitStatus, record.result)
    }

    @Test func `one that is not fixed counts before one that is undecided, and that before the fixed ones`() throws {
        let fixed = (Verifying.barred, Verifying.healthy)
        let undecided = (Verifying.barred, Verifying.accepting)
        let unchanged = (Verifying.barred, Verifying.barred)
        let changed = (Verifying.barred, Verifying.noCredit)
        #expect(try status([fixed, fixed]) == (.pass, "fixed"))
        #expect(try status([fixed, undecided]) == (.inconclusive, "undecided"))
        #expect(try status([undecided, unchanged]) == (.checkFailed, "not_fixed"))
        #expect(try status([fixed, changed]) == (.checkFailed, "not_fixed"))
        #expect(try status([changed]) == (.checkFailed, "changed"))
        #expect(try status([]) == (.inconclusive, "nothing_to_verify"))
    }

    @Test func `a stopped verification keeps what it learned and the signal's status`() throws {
        let verified = try Verifying.verified(Verifying.barred, Verifying.healthy)
        var report = Report(
            startedAt: Timestamp(seconds: 0), duration: .zero, network: .init(), targets: [verified.now], interruption: .terminated)
        report.verification = VerificationRecord(reportStartedAt: Timestamp(seconds: 0), targets: [verified])
        #expect(report.exitStatus == .terminated)
        #expect(report.json["verification"]?["targets"]?[0]?["result"] == "fixed")
    }

    @Test func `times and request ids of both stand in the document`() throws {
        let withID: @Sendable (@escaping Verifying.Reply, String) -> Verifying.Reply = { reply, id in
            { probe in
                guard case .response(var response) = reply(probe) else { return reply(probe) }
                response.headers.add("x-request-id", id)
                return .response(response)
            }
        }
        let verified = try Verifying.verified(withID(Verifying.barred, "old-1"), withID(Verifying.healthy, "new-1"))
        let request = try #require(verified.json["requests"]?[0])
        #expect(request["before"]?["request_id"] == "old-1")
        #expect(request["now"]?["request_id"] == "new-1")
        #expect(request["before"]?["status"] == 403 && request["now"]?["status"] == 200)
        #expect(verified.json["before"]?["started_at"] == "2025-11-20T09:13:20.000Z")
        #expect(verified.json["now"]?["started_at"] == "2025-11-20T12:00:00.000Z")
    }
}
