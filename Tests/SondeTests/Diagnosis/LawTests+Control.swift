@testable import Sonde
import SondeJSON
import TestSupport
import Testing

/// The laws about requests repeated with a made-up key or without one.
extension LawTests {
    @Test func `refused-like-a-made-up-key: the service does not know the key`() throws {
        let weighing = try apply(
            "refused-like-a-made-up-key", evidence([unknown(.key, .key), unknown(.badKey, .key)]), after: conclusion(.keyRejected))
        #expect(weighing.conclusion?.confidence == .certain)
        #expect(weighing.because.first?.exchanges == [0, 1])
    }

    @Test func `refused-like-a-made-up-key: other words, or another cause, prove nothing`() throws {
        #expect(
            isSilent(
                try apply(
                    "refused-like-a-made-up-key", evidence([barred(.key, .key), unknown(.badKey, .key)]), after: conclusion(.keyRejected))))
        #expect(
            isSilent(
                try apply(
                    "refused-like-a-made-up-key", evidence([barred(.key, .key), barred(.badKey, .key)]), after: conclusion(.accountDenied)))
        )
        #expect(isSilent(try apply("refused-like-a-made-up-key", evidence([unknown(.key, .key)]), after: conclusion(.keyRejected))))
    }

    @Test func `same-refusal-for-any-key: the API that says so does not tell the keys apart`() throws {
        let weighing = try apply(
            "same-refusal-for-any-key", evidence([barred(.key, .key), barred(.badKey, .key)]), after: conclusion(.accountDenied, .certain))
        #expect(weighing.conclusion?.cause == .accountDenied)
        #expect(weighing.conclusion?.confidence == .possible)
        #expect(weighing.runnerUp?.cause == .keyRejected)
    }

    @Test func `same-refusal-for-any-key: somebody else who says so does it before looking at the key`() throws {
        let page = { (kind: Probe.Kind) in self.exchange(kind, .key, 403, .permissionDenied, .possible, speaker: .unknown, body: .html) }
        let weighing = try apply("same-refusal-for-any-key", evidence([page(.key), page(.badKey)]), after: conclusion(.permissionDenied))
        #expect(weighing.conclusion?.cause == .intercepted)
        #expect(weighing.conclusion?.confidence == .possible)
        #expect(weighing.runnerUp?.cause == .ipBlocked)
    }

    // MARK: Without a key

    @Test func `no-key-was-sent: a refusal of the key asks for one`() throws {
        for cause in [Cause.keyRejected, .keyMissing] {
            let weighing = try apply(
                "no-key-was-sent", evidence([unknown(.models, .models)], target: Sample.target(key: nil)), after: conclusion(cause))
            #expect(weighing.conclusion?.cause == .keyMissing)
            #expect(weighing.conclusion?.reason == "key_not_sent")
        }
    }

    @Test func `no-key-was-sent: with a key, with headers of the user's, or for another cause it is silent`() throws {
        #expect(isSilent(try apply("no-key-was-sent", evidence([unknown(.key, .key)]), after: conclusion(.keyRejected))))
        #expect(
            isSilent(
                try apply(
                    "no-key-was-sent", evidence([barred(.models, .models)], target: Sample.target(key: nil)),
                    after: conclusion(.accountDenied))))
        var own = try Sample.target(key: nil)
        own.headers = [Request.Header("X-Key", .secret(prefix: "", Secret("hidden")))]
        #expect(isSilent(try apply("no-key-was-sent", evidence([unknown(.models, .models)], target: own), after: conclusion(.keyRejected))))
    }

    private func missing(_ kind: Probe.Kind, _ words: String = "no api key") -> Exchange {
        exchange(kind, .key, 401, type: words, .keyMissing, reason: "not_received")
    }

    @Test func `same-without-a-key: the key does not arrive`() throws {
        let weighing = try apply("same-without-a-key", evidence([missing(.key), missing(.noKey)]), after: conclusion(.keyMissing))
        #expect(weighing.conclusion?.confidence == .certain)
        #expect(weighing.because.first?.exchanges == [0, 1])
    }

    @Test func `same-without-a-key: other words, or another cause, say nothing`() throws {
        #expect(
            isSilent(try apply("same-without-a-key", evidence([missing(.key), missing(.noKey, "other")]), after: conclusion(.keyMissing))))
        #expect(isSilent(try apply("same-without-a-key", evidence([missing(.key), missing(.noKey)]), after: conclusion(.keyRejected))))
        #expect(isSilent(try apply("same-without-a-key", evidence([missing(.key)]), after: conclusion(.keyMissing))))
    }

    @Test func `no-key-refused-otherwise: the key does arrive`() throws {
        let weighing = try apply(
            "no-key-refused-otherwise", evidence([missing(.key), missing(.noKey, "other")]), after: conclusion(.keyMissing, .certain))
        #expect(weighing.conclusion?.confidence == .possible)
        #expect(weighing.runnerUp?.cause == .keyRejected)
    }

    @Test func `no-key-refused-otherwise: the same words, or another cause, say nothing`() throws {
        #expect(
            isSilent(try apply("no-key-refused-otherwise", evidence([missing(.key), missing(.noKey)]), after: conclusion(.keyMissing))))
        #expect(
            isSilent(
                try apply("no-key-refused-otherwise", evidence([missing(.key), missing(.noKey, "other")]), after: conclusion(.keyRejected)))
        )
    }

    // MARK: With a made-up key

    @Test func `same-refusal-for-any-key: a country is refused whatever the key, and stays the cause`() throws {
        let refused = exchange(.key, .key, 403, type: "request_forbidden", .regionBlocked)
        let weighing = try apply(
            "same-refusal-for-any-key", evidence([refused, exchange(.badKey, .key, 403, type: "request_forbidden", .regionBlocked)]),
            after: conclusion(.regionBlocked))
        #expect(weighing.conclusion?.cause == .regionBlocked)
        #expect(!weighing.because.isEmpty)
    }

    @Test func `same-refusal-for-any-key: a rejected key, or other words, is another matter`() throws {
        #expect(
            isSilent(
                try apply(
                    "same-refusal-for-any-key", evidence([unknown(.key, .key), unknown(.badKey, .key)]), after: conclusion(.keyRejected))))
        #expect(
            isSilent(
                try apply(
                    "same-refusal-for-any-key", evidence([barred(.key, .key), unknown(.badKey, .key)]), after: conclusion(.accountDenied))))
    }

    @Test func `made-up-key-refused-otherwise: the real key is recognized`() throws {
        let weighing = try apply(
            "made-up-key-refused-otherwise", evidence([barred(.key, .key), unknown(.badKey, .key)]), after: conclusion(.accountDenied))
        #expect(weighing.conclusion?.confidence == .certain)
        #expect(weighing.because.first?.text.contains("recognized") == true)
        #expect(Set(weighing.ruledOut.flatMap(\.causes)) == [.keyMissing, .keyMalformed, .keyRejected])
    }

    @Test func `made-up-key-refused-otherwise: a made-up key that is served, or refused for something else, shows nothing`() throws {
        #expect(
            isSilent(
                try apply(
                    "made-up-key-refused-otherwise", evidence([barred(.key, .key), exchange(.badKey, .key, 200, .healthy, .certain)]),
                    after: conclusion(.accountDenied))))
        #expect(
            isSilent(
                try apply(
                    "made-up-key-refused-otherwise",
                    evidence([barred(.key, .key), exchange(.badKey, .key, 503, type: "x", .providerOutage)]),
                    after: conclusion(.accountDenied))))
        #expect(
            isSilent(
                try apply(
                    "made-up-key-refused-otherwise", evidence([barred(.key, .key), barred(.badKey, .key)]),
                    after: conclusion(.accountDenied))))
    }
}
