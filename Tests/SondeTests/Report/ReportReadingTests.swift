import Sonde
import SondeJSON
import TestSupport
import Testing

/// Diagnosing a saved report again gives what it says.
struct ReportReadingTests {
    private static func refused(_ status: Int, _ type: String, _ headers: Headers = Headers()) -> Rehearsal.Reply {
        var headers = headers
        headers.add("Content-Type", "application/json")
        return .response(
            Response(
                status: status, headers: headers, body: Array(#"{"error":{"message":"No “way”.","type":"\#(type)","code":null}}"#.utf8)))
    }

    private static func served(_ body: String) -> Rehearsal.Reply { .response(Response(status: 200, body: Array(body.utf8))) }

    private static let list = served(#"{"object":"list","data":[{"id":"small-1"},{"id":"small-2"}]}"#)
    private static let credits = served(#"{"balance":"4.5","used":0.25}"#)
    private static let chat = served(
        #"{"model":"small-1","choices":[{"message":{"content":"ok"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2}}"#
    )

    /// Ways in which a service may behave, by name.
    private static func reply(_ way: String, _ probe: Probe, _ attempt: Int) -> Rehearsal.Reply {
        switch (way, probe.kind) {
        case ("unknown key", .models), ("healthy", .models), ("barred", .models), ("model gone", .models), ("flaky", .models): list
        case ("barred", .badKey): refused(401, "invalid_key")
        case ("barred", .key), ("healthy", .key), ("flaky", .key), ("model gone", .key): credits
        case ("barred", _):
            refused(403, "account_barred", Headers([HeaderField("X-Request-Id", "r1"), HeaderField("Via", "a"), HeaderField("Via", "b")]))
        case ("model gone", .inference): refused(404, "model_not_found")
        case ("flaky", .inference) where attempt == 1: refused(503, "overloaded", Headers([HeaderField("Retry-After", "2")]))
        case ("healthy", _), ("flaky", _), ("model gone", _): chat
        case ("certificate", .handshake):
            .handshake(
                TLSSession(
                    version: "TLSv1.3",
                    certificate: Certificate(subject: "CN=a", issuer: "CN=Proxy", notAfter: Timestamp(seconds: 1_800_000_000))))
        case ("certificate", _): .failure(TransportFailure(.certificate, curlCode: 60, message: "self-signed certificate"))
        case ("dead", _): .failure(TransportFailure(.timeout, phase: .connect, curlCode: 28, message: "Connection timed out"))
        case ("page", _):
            .response(
                Response(
                    status: 200, headers: Headers([HeaderField("content-type", "text/html")]),
                    body: Array("<html><title>Login</title>".utf8)))
        case ("stream", .inference):
            .response(
                Response(
                    status: 200, headers: Headers([HeaderField("content-type", "text/event-stream")]),
                    body: Array("data: {\"error\":{\"message\":\"x\",\"code\":402}}\n".utf8)))
        default: refused(401, "invalid_request_error")
        }
    }

    private static let ways = ["healthy", "barred", "model gone", "flaky", "unknown key", "certificate", "dead", "page", "stream"]

    private func report(_ way: String, _ target: Target, _ options: Diagnosis.Options) throws -> Report {
        let rehearsal = try Rehearsal(target, options: options) { Self.reply(way, $0, $1) }
        let result = TargetResult(
            target: target, options: options, exchanges: rehearsal.exchanges, checks: rehearsal.checks, verdict: rehearsal.verdict,
            startedAt: Timestamp(seconds: 1_763_630_000),
            duration: .milliseconds(12))
        return Report(
            startedAt: Timestamp(seconds: 1_763_630_000), zoneOffsetSeconds: -12_600, duration: .milliseconds(13),
            network: .init(library: "none"), targets: [result],
            failsOnWarning: true)
    }

    private func readAgain(_ report: Report) throws -> Report {
        var bytes: [UInt8] = []
        report.write(to: &bytes)
        let catalog = VendorCatalog(vendors: [try Sample.vendor()], providers: [Sample.Provider()])
        return try Report(saved: JSON.parse(bytes), catalog: catalog, judge: Judge(vendors: catalog.vendors))
    }

    @Test(arguments: ways) func `a report that is judged again gives the whole same report`(way: String) throws {
        var withoutInference = Diagnosis.Options()
        withoutInference.infers = false
        var only = Diagnosis.Options()
        only.checks = ["auth"]
        let blocking = Finding("key", .blocking, cause: .keyMalformed, reason: "key_quoted", "The key has quotes around it.")
        let targets = try [
            Sample.target(), Sample.target(key: nil), Sample.target(model: "small-9"), Sample.target(baseURL: "http://127.0.0.1:8080/v1"),
            Sample.target(findings: [blocking]),
        ]
        for target in targets {
            for options in [Diagnosis.Options(), withoutInference, only] {
                let report = try report(way, target, options)
                #expect(try readAgain(report).json == report.json)
                #expect(try readAgain(report).targets[0].verdict == report.targets[0].verdict)
            }
        }
    }

    @Test(arguments: ways) func `a round that rests on an earlier one has its verdict, also when it is judged again`(way: String) throws {
        var withoutInference = Diagnosis.Options()
        (withoutInference.infers, withoutInference.pays) = (false, false)
        let targets = try [
            Sample.target(), Sample.target(key: nil), Sample.target(model: "small-9"), Sample.target(baseURL: "http://127.0.0.1:8080/v1"),
        ]
        for target in targets {
            let first = try report(way, target, Diagnosis.Options()).targets[0]
            let diagnosis = Diagnosis(target: target, options: withoutInference, recalling: [Recollection(first)])
            let round = try Rehearsal(of: diagnosis) { Self.reply(way, $0, $1) }
            #expect(round.probes.allSatisfy { !$0.isPaid && !$0.kind.isFollowUp })
            #expect(round.verdict.cause == first.verdict.cause)
            #expect(round.verdict.reason == first.verdict.reason)
            #expect(round.verdict.confidence == first.verdict.confidence)
            #expect(round.checks.map(\.outcome) == first.checks.map(\.outcome))
            let moment = Timestamp(seconds: 1_763_630_000)
            let report = Report(
                startedAt: moment, duration: .zero, network: .init(), targets: [round.result(target, options: round.options)])
            #expect(try readAgain(report).json == report.json)
            #expect(try readAgain(report).targets[0].verdict == report.targets[0].verdict)
        }
    }

    @Test func `a model that was asked for is kept in a list of any length`() throws {
        let target = try Sample.target(model: "zzz")
        let ids = (0..<500).map { #"{"id":"a-model-with-a-long-name-\#($0)"}"# } + [#"{"id":"zzz"}"#]
        let rehearsal = try Rehearsal(target) { probe, _ in
            probe.kind == .models ? Self.served("{\"data\":[\(ids.joined(separator: ","))]}") : Self.refused(402, "insufficient_funds")
        }
        let result = TargetResult(
            target: target, exchanges: rehearsal.exchanges, checks: rehearsal.checks, verdict: rehearsal.verdict,
            startedAt: Timestamp(seconds: 0), duration: .zero)
        let again = try readAgain(Report(startedAt: Timestamp(seconds: 0), duration: .zero, network: .init(), targets: [result]))
        #expect(again.targets[0].checks == rehearsal.checks)
        #expect(again.targets[0].exchanges.compactMap(\.answer?.facts.models?.ids.count).allSatisfy { $0 < 100 })
    }

    @Test(arguments: ways) func `a target of an unknown vendor is taken as it stands, where that is allowed`(way: String) throws {
        let made = try report(way, Sample.target(), .init())
        guard case .object(var json) = made.json, case .array(let targets) = json["targets"], case .object(var target) = targets[0] else {
            return
        }
        target["vendor"] = "acme"
        json["targets"] = .array([.object(target)])
        let catalog = VendorCatalog(vendors: [try Sample.vendor()], providers: [Sample.Provider()])
        let judge = try Judge(vendors: catalog.vendors)
        #expect(throws: JSONError.self) { try Report(saved: .object(json), catalog: catalog, judge: judge) }
        let read = try Report(saved: .object(json), catalog: catalog, judge: judge, keepsUnknown: true)
        let (before, now) = (made.targets[0], read.targets[0])
        #expect(now.verdict == before.verdict)
        #expect(now.checks == before.checks)
        #expect(now.exchanges.map(\.reading) == before.exchanges.map(\.reading))
        #expect(now.notJudgedAgain == "no vendor is called \"acme\" here")
        #expect(now.target.vendor.id == "acme" && now.target.vendor.hosts.isEmpty)
        // Read again it is still said.
        let again = try Report(saved: read.json, catalog: catalog, judge: judge, keepsUnknown: true)
        #expect(again.json == read.json)
        // A reference into nowhere is refused, as every impossible value.
        target["verdict"] = [
            "cause": "timeout", "confidence": "likely", "owner": "network", "retryable": true, "summary": "x",
            "because": [["law": "a", "text": "b", "exchanges": [99]]],
        ]
        json["targets"] = .array([.object(target)])
        #expect(throws: JSONError.self) { try Report(saved: .object(json), catalog: catalog, judge: judge, keepsUnknown: true) }
    }

    @Test func `members that are not known are left alone`() throws {
        let report = try report("barred", Sample.target(), .init())
        guard case .object(var json) = report.json else { return }
        json["news"] = ["a": 1]
        let catalog = VendorCatalog(vendors: [try Sample.vendor()], providers: [Sample.Provider()])
        let again = try Report(saved: .object(json), catalog: catalog, judge: Judge(vendors: catalog.vendors))
        #expect(again.targets[0].verdict == report.targets[0].verdict)
    }

    @Test(
        arguments: [
            (
                ["schema_version": 2],
                "schema_version: this is a report of version 2, and only version 1 can be read; use a newer sonde, or the one that wrote it"
            ),
            (["schema_version": "1"], "schema_version: expected a whole number, found \"1\""),
            (["targets": [3]], "targets[0].vendor: "),
            (["targets": [["vendor": "nobody"]]], "targets[0].vendor: no vendor is called \"nobody\""),
            (["targets": [["vendor": "sample", "base_url": "ftp://x"]]], "targets[0].base_url: "),
            (["targets": nil], "targets"),
            (["started_at": "yesterday"], "started_at: expected a time"),
        ] as [([String: JSON], String)])
    func `what is wrong is named with its path`(changes: [String: JSON], message: String) throws {
        guard case .object(var json) = try report("healthy", Sample.target(), .init()).json else { return }
        for (key, value) in changes { json[key] = value }
        let catalog = VendorCatalog(vendors: [try Sample.vendor()], providers: [Sample.Provider()])
        let judge = try Judge(vendors: catalog.vendors)
        let error = #expect(throws: JSONError.self) { try Report(saved: .object(json), catalog: catalog, judge: judge) }
        let text = error?.description ?? ""
        #expect(text.hasPrefix(message) || (message == "targets[0].vendor: " && text.hasPrefix("targets[0]")), "\(text)")
    }

    @Test func `an exchange with both outcomes, or none, is refused`() throws {
        let text = String(
            decoding: try {
                var bytes: [UInt8] = []; try report("dead", Sample.target(), .init()).write(to: &bytes); return bytes
            }(), as: UTF8.self)
        let catalog = VendorCatalog(vendors: [try Sample.vendor()], providers: [Sample.Provider()])
        let judge = try Judge(vendors: catalog.vendors)
        let without = text.replacing("\"transport_error\"", with: "\"lost\"")
        #expect(throws: JSONError.self) { try Report(saved: JSON.parse(Array(without.utf8)), catalog: catalog, judge: judge) }
        let both = text.replacing(
            "\"transport_error\"",
            with: "\"response\": {\"status\": 200, \"headers\": {}, \"body\": {\"kind\": \"empty\"}}, \"transport_error\"")
        #expect(throws: JSONError.self) { try Report(saved: JSON.parse(Array(both.utf8)), catalog: catalog, judge: judge) }
    }
}
