import Sonde
import SondeJSON
import TestSupport
import Testing

/// Rounds of a watch with made-up services: what is asked again, what stands, and what counts as a change.
@Suite struct WatchTests {
    private static let well: @Sendable (Probe) -> Rehearsal.Reply = { probe in
        switch (probe.kind, probe.endpoint) {
        case (.badKey, _): .error(401, message: "Unknown key.", type: "invalid_key")
        case (_, .models): .models("small-1", "small-2")
        case (_, .key): .json(200, ["balance": "4.5"])
        default: .completion(model: "small-1")
        }
    }

    private static func refusing(_ endpoint: Vendor.EndpointName, _ refusal: Rehearsal.Reply) -> (Probe) -> Rehearsal.Reply {
        { probe in probe.endpoint == endpoint ? refusal : well(probe) }
    }

    private static let unknownKey = Rehearsal.Reply.error(401, message: "Invalid API key.", type: "authentication_error")
    private static let barred = Rehearsal.Reply.error(403, message: "Forbidden.", type: "account_barred")
    private static let empty = Rehearsal.Reply.error(402, message: "Top up.", type: "insufficient_funds")

    /// A watch of one target, round by round.
    private struct Story {
        var watch = Watch(targets: 1)
        var target: Target
        var round = 0

        init(_ target: Target) { self.target = target }

        /// One round; what was sent, and the change that came of it.
        mutating func ask(infers: Bool, _ reply: (Probe) -> Rehearsal.Reply) throws -> (run: Rehearsal, change: Watch.Change?) {
            round += 1
            var options = Diagnosis.Options()
            options.asksThirdParties = false
            (options.infers, options.pays) = (infers, infers)
            let diagnosis = Diagnosis(target: target, options: options, recalling: watch.recollections(of: target, at: 0))
            let run = try Rehearsal(of: diagnosis, retries: RetryPolicy(limit: 0)) { probe, _ in reply(probe) }
            let result = run.result(target, options: run.options)
            let changes = watch.take([result], outcomes: [result.outcome], startedAt: Timestamp(seconds: Int64(round) * 60))
            return (run, changes.first)
        }

        var state: Watch.State? { watch.standings[0]?.state }

        /// Why inference is asked in the coming round, where its turn is every hundredth.
        var reason: Watch.InferenceReason? { reason(every: 100) }

        func reason(every inferEvery: Int) -> Watch.InferenceReason? {
            watch.reasonToInfer(
                target, at: 0, by: WatchPlan(every: .seconds(60), inferEvery: inferEvery, ceiling: 200, paidCallsPerRound: 1))
        }
    }

    private func story(model: String? = "small-1") throws -> Story { Story(try Sample.target(model: model)) }

    // MARK: Without inference

    @Test func `health stands in rounds without inference, and its inference is marked as an earlier one`() throws {
        var story = try story()
        let first = try story.ask(infers: true, Self.well)
        #expect(first.change?.before == nil)
        #expect(first.change?.after == Watch.State(cause: .healthy, outcome: .pass))
        for _ in 1...3 {
            let (run, change) = try story.ask(infers: false, Self.well)
            #expect(run.probes.map(\.kind) == [.models, .key])
            #expect(change == nil)
            #expect(run.exchanges.filter(\.isCarried).map(\.probe.kind) == [.inference])
        }
        #expect(story.watch.standings[0]?.since == Timestamp(seconds: 60))
        #expect(story.watch.standings[0]?.result.paidCalls == 0)
        #expect(story.watch.standings[0]?.result.usage.requests == 2)
    }

    @Test func `where no endpoint proves the key health stands just as well`() throws {
        let endpoints: JSON = ["models": ["path": "/models", "needs_key": false], "inference": ["path": "/chat/completions"]]
        var story = Story(try Sample.target(["endpoints": endpoints], model: "small-1"))
        _ = try story.ask(infers: true, Self.well)
        #expect(story.state?.outcome == .pass)
        let next = try story.ask(infers: false, Self.well)
        #expect(next.change == nil)
    }

    @Test func `a failure of inference stands until inference is asked again`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.refusing(.inference, Self.empty))
        #expect(story.state?.cause == .billingBlocked)
        let between = try story.ask(infers: false, Self.well)
        #expect(between.change == nil)
        let then = try story.ask(infers: true, Self.well)
        #expect(then.change?.after.cause == .healthy)
    }

    @Test func `a failure of inference stands again once something else was in its way`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.refusing(.inference, Self.empty))
        let gone = try story.ask(infers: false) { _ in .dead(.nameResolution, .nameLookup) }
        #expect(gone.change?.after.cause == .dnsFailure)
        let still = try story.ask(infers: false) { _ in .dead(.nameResolution, .nameLookup) }
        #expect(still.change == nil)
        let back = try story.ask(infers: false, Self.well)
        #expect(back.change?.after == Watch.State(cause: .billingBlocked, reason: "insufficient_quota", outcome: .fail))
        let then = try story.ask(infers: true, Self.well)
        #expect(then.change?.after.cause == .healthy)
        _ = try story.ask(infers: false) { _ in .dead(.nameResolution, .nameLookup) }
        let again = try story.ask(infers: false, Self.well)
        #expect(again.change?.after.reason == "inference_not_tested")
    }

    @Test func `without any inference nothing is called healthy`() throws {
        var story = try story()
        let first = try story.ask(infers: false, Self.well)
        #expect(first.change?.after.reason == "inference_not_tested")
        let second = try story.ask(infers: false, Self.well)
        #expect(second.change == nil)
    }

    // MARK: Contradiction

    @Test func `a cheap round that fails is a change at once, and the made-up key goes out once`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.well)
        let refused = Self.refusing(.key, Self.barred)
        let (run, change) = try story.ask(infers: false, refused)
        #expect(change?.before?.cause == .healthy)
        #expect(change?.after.cause == .accountDenied)
        #expect(run.followUps.map(\.kind) == [.badKey])
        #expect(run.exchanges.allSatisfy { !$0.isCarried })
        for infers in [false, false, true, false, true] {
            let (run, change) = try story.ask(infers: infers, infers ? { $0.kind == .badKey ? Self.unknownKey : Self.barred } : refused)
            #expect(!run.probes.contains { $0.kind == .badKey })
            if !infers { #expect(change == nil) }
        }
    }

    @Test func `a failure that is over claims no health before inference is asked`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.well)
        _ = try story.ask(infers: false, Self.refusing(.key, Self.unknownKey))
        #expect(story.state?.cause == .keyRejected)
        let (run, change) = try story.ask(infers: false, Self.well)
        #expect(change?.after == Watch.State(cause: .inconclusive, reason: "inference_not_tested", outcome: .pass))
        #expect(run.exchanges.allSatisfy { !$0.isCarried })
        let again = try story.ask(infers: false, Self.well)
        #expect(again.change == nil)
        let then = try story.ask(infers: true, Self.well)
        #expect(then.change?.after.cause == .healthy)
    }

    @Test func `a network that is gone for a round takes health with it`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.well)
        let gone = try story.ask(infers: false) { _ in .dead(.nameResolution, .nameLookup) }
        #expect(gone.change?.after.cause == .dnsFailure)
        let back = try story.ask(infers: false, Self.well)
        #expect(back.change?.after.reason == "inference_not_tested")
    }

    @Test func `a proof of the key that works again does not take health away`() throws {
        var story = try story()
        let refused = Self.refusing(.key, Self.unknownKey)
        _ = try story.ask(infers: true, refused)
        #expect(story.state?.cause == .healthy)
        let same = try story.ask(infers: false, refused)
        #expect(same.change == nil)
        let better = try story.ask(infers: false, Self.well)
        #expect(better.change?.after.cause ?? .healthy == .healthy)
        #expect(story.state?.cause == .healthy)
        let worse = try story.ask(infers: false, refused)
        #expect(worse.change?.after.cause == .keyRejected)
    }

    // MARK: When inference is asked

    /// Everything is well but the money, of which so much is left.
    private static func left(_ balance: String, _ inference: Rehearsal.Reply = empty) -> (Probe) -> Rehearsal.Reply {
        { probe in
            switch probe.endpoint {
            case .key where probe.kind == .key: .json(200, ["balance": .string(balance)])
            case .inference where probe.isPaid: inference
            default: well(probe)
            }
        }
    }

    @Test func `inference is asked in its turn, and stays due until it was asked`() throws {
        var story = try story()
        #expect(story.reason(every: 3) == .turn)
        _ = try story.ask(infers: true, Self.well)
        for expected in [nil, nil, Watch.InferenceReason.turn, .turn] {
            #expect(story.reason(every: 3) == expected)
            // As if as many calls as allowed had been made.
            _ = try story.ask(infers: false, Self.well)
        }
        _ = try story.ask(infers: true, Self.well)
        #expect(story.reason(every: 3) == .turn, "that was the sixth, and the seventh is a turn of its own")
        _ = try story.ask(infers: true, Self.well)
        #expect(story.reason(every: 3) == nil)
    }

    @Test func `another key is asked at once, and stays due as long as it was not`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.well)
        story.target.credential?.secret = Secret("smp_another0key0of0the0same0kind")
        for _ in 1...3 {
            #expect(story.reason == .turn)
            _ = try story.ask(infers: false, Self.well)
        }
        _ = try story.ask(infers: true, Self.well)
        #expect(story.reason == nil)
    }

    @Test func `money that is back is asked about before the turn of inference, and once`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.left("0"))
        #expect(story.state?.cause == .billingBlocked)
        _ = try story.ask(infers: false, Self.left("0"))
        #expect(story.reason == nil)
        let back = try story.ask(infers: false, Self.left("25"))
        // Nothing is claimed of what was not asked.
        #expect(back.change == nil)
        #expect(story.reason == .recovery)
        let served = try story.ask(infers: true, Self.left("25", .completion(model: "small-1")))
        #expect(served.change?.after.cause == .healthy)
        #expect(story.reason == nil)
    }

    @Test func `money that comes and goes while inference stays refused is asked about once`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.left("0"))
        var asked = 0
        for round in 1...20 {
            let infers = story.reason == .recovery
            asked += infers ? 1 : 0
            _ = try story.ask(infers: infers, Self.left(round.isMultiple(of: 2) ? "0" : "5"))
        }
        #expect(asked == 1)
        // More than there was at any refusal is another matter.
        _ = try story.ask(infers: false, Self.left("5.5"))
        #expect(story.reason == .recovery)
    }

    @Test func `less money, or none, is no recovery`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.left("-3"))
        for balance in ["-3", "-4", "-1", "0"] {
            _ = try story.ask(infers: false, Self.left(balance))
            #expect(story.reason == nil, "\(balance)")
        }
    }

    @Test func `more money is no recovery where the failure is not about money`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.left("0", Self.barred))
        #expect(story.state?.cause == .accountDenied)
        _ = try story.ask(infers: false, Self.left("25", Self.barred))
        #expect(story.reason == nil)
    }

    @Test func `what failed and is over is asked about before the turn of inference`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.well)
        _ = try story.ask(infers: false) { _ in .dead(.nameResolution, .nameLookup) }
        #expect(story.reason == nil)
        _ = try story.ask(infers: false, Self.well)
        #expect(story.reason == .recovery)
        // It stays so until it was asked, whatever kept it from that, or until it fails again.
        _ = try story.ask(infers: false, Self.well)
        #expect(story.reason == .recovery)
        _ = try story.ask(infers: false) { _ in .dead(.nameResolution, .nameLookup) }
        #expect(story.reason == nil)
        _ = try story.ask(infers: false, Self.well)
        let then = try story.ask(infers: true, Self.well)
        #expect(then.change?.after.cause == .healthy)
        #expect(story.reason == nil)
    }

    @Test func `a verdict that rests on no inference is no recovery where nothing had failed`() throws {
        var story = try story()
        for _ in 1...3 {
            _ = try story.ask(infers: false, Self.well)
            #expect(story.state?.reason == "inference_not_tested")
            #expect(story.reason != .recovery)
        }
    }

    // MARK: What is not asked again

    @Test func `an account that stays barred costs one made-up key, and the verdict stays as sure as it was`() throws {
        var story = try story()
        let reply: (Probe) -> Rehearsal.Reply = { probe in
            probe.kind == .badKey ? Self.unknownKey : probe.endpoint == .models ? .models("small-1") : Self.barred
        }
        let first = try story.ask(infers: true, reply)
        #expect(first.run.followUps.contains { $0.kind == .badKey })
        for infers in [false, false, true, true, false] {
            let (run, change) = try story.ask(infers: infers, reply)
            #expect(change == nil)
            #expect(!run.probes.contains { $0.kind == .badKey })
            #expect(run.verdict.cause == first.run.verdict.cause)
            #expect(run.verdict.confidence == first.run.verdict.confidence)
        }
    }

    @Test func `a model in the place of one that is gone is asked whenever inference is, not between`() throws {
        var story = try story(model: nil)
        let reply: (Probe) -> Rehearsal.Reply = { probe in
            probe.kind == .inference ? .error(404, message: "The model is retired.", code: "model_not_found") : Self.well(probe)
        }
        let first = try story.ask(infers: true, reply)
        #expect(first.run.followUps.map(\.kind) == [.otherModel])
        #expect(story.state?.cause == .healthy)
        let between = try story.ask(infers: false, reply)
        #expect(between.run.probes.allSatisfy { !$0.isPaid })
        let again = try story.ask(infers: true, reply)
        #expect(again.run.probes.map(\.kind).filter { $0 == .otherModel }.count == 1)
        // Once that one is gone as well, nothing earlier hides it.
        let gone = try story.ask(infers: true) {
            $0.isPaid ? .error(404, message: "The model is retired.", code: "model_not_found") : Self.well($0)
        }
        #expect(gone.change?.after.cause == .modelUnavailable)
    }

    @Test func `another key has no past`() throws {
        var story = try story()
        _ = try story.ask(infers: true, Self.well)
        let before = story.target
        story.target.credential?.secret = Secret("smp_another0key0of0the0same0kind")
        #expect(story.watch.recollections(of: story.target, at: 0).isEmpty)
        #expect(!story.watch.recollections(of: before, at: 0).isEmpty)
    }

    // MARK: The ceiling

    @Test func `a limit of paid calls keeps inference, and drops what a failure would call for`() throws {
        var options = Diagnosis.Options()
        options.paidLimit = 1
        let target = try Sample.target(model: "small-1")
        let forbidden = Rehearsal.Reply.error(500, message: "It broke.")
        let run = try Rehearsal(target, options: options, retries: RetryPolicy(limit: 0)) { probe, _ in
            probe.isPaid ? forbidden : Self.well(probe)
        }
        #expect(run.probes.filter(\.isPaid).count == 1)
        options.paidLimit = 0
        let none = try Rehearsal(target, options: options) { probe, _ in Self.well(probe) }
        #expect(none.probes.allSatisfy { !$0.isPaid })
        #expect(none.withheld.map(\.reason) == [.overRequestLimit])
        #expect(none.verdict.reason == "over_request_limit")
    }

    @Test func `what was left out for the number of calls was not refused for its price`() throws {
        var options = Diagnosis.Options()
        options.paidLimit = 0
        let target = try Sample.target(model: "small-1")
        func result() throws -> TargetResult {
            let run = try Rehearsal(target, options: options) { probe, _ in Self.well(probe) }
            var result = run.result(target, options: run.options)
            result.withheld = run.withheld
            return result
        }
        func status(_ result: TargetResult) -> Sonde.ExitStatus {
            Report(startedAt: Timestamp(seconds: 0), duration: .zero, network: .init(), targets: [result]).exitStatus
        }
        let over = try result()
        #expect(over.withheld.map(\.kind) == [.inference])
        #expect(!over.isRefusedForPrice)
        #expect(status(over) == .inconclusive)
        options.paidLimit = nil
        options.costLimit = CostLimit(amount: 0)
        let dear = try result()
        #expect(dear.isRefusedForPrice)
        #expect(status(dear) == .usage)
    }

    // MARK: Changes

    @Test func `words, confidence and timings are no change, an outcome is`() throws {
        var watch = Watch(targets: 1)
        let target = try Sample.target(model: "small-1")
        var result = try Rehearsal(target) { probe, _ in Self.well(probe) }.result(target)
        func take(_ outcome: CheckResult.Outcome) -> Watch.Change? {
            watch.take([result], outcomes: [outcome], startedAt: Timestamp(seconds: Int64(watch.rounds))).first
        }
        _ = take(.pass)
        result.verdict.summary = "Other words."
        result.verdict.confidence = .possible
        result.duration = .seconds(9)
        #expect(take(.pass) == nil)
        let change = take(.warn)
        #expect(change?.before?.outcome == .pass && change?.after.outcome == .warn)
        #expect(change?.lastedSince == Timestamp(seconds: 0))
        #expect(watch.standings[0]?.since == Timestamp(seconds: 2))
        #expect(watch.standings[0]?.changes == 1)
    }
}
