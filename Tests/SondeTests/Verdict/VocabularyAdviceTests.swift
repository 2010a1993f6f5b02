import Foundation
@testable import Sonde
import SondeJSON
import TestSupport
import Testing

/// Whatever the engine can conclude, it has something to say about.
@Suite struct VocabularyAdviceTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/Sonde")

    private func json(_ path: String) throws -> JSON { try JSON.parse(Array(Data(contentsOf: Self.sources.appending(path: path)))) }

    /// Every reason that the shared vocabulary, readers, hygiene and laws can give, with a cause it comes with.
    private func reasons() throws -> [(cause: Cause, reason: String)] {
        var pairs = try Sign.list(JSONReader(json("Provider/vocabulary.json"))).map { ($0.cause, $0.reason ?? "") }
        for kind in TransportFailure.Kind.allCases {
            for phase in [nil, .nameLookup, .connect, .tls, .proxy, .firstByte, .body] as [TransportFailure.Phase?] {
                for status in [nil, 403, 407] {
                    let reading = FailureReader.read(.init(kind: kind, phase: phase, message: "…", proxyStatus: status))
                    pairs.append((reading.cause ?? .inconclusive, reading.reason ?? ""))
                }
            }
        }
        pairs += [
            (.keyMissing, "key_empty"), (.wrongEndpoint, "redirected"), (.wrongEndpoint, "page_instead_of_api"),
            (.wrongEndpoint, "plain_http"),
            (.wrongEndpoint, "plain_http_refused"), (.responseInvalid, "empty_body"), (.responseInvalid, "broken_json"),
            (.responseInvalid, "not_json"),
            (.responseInvalid, "unexpected_shape"), (.responseInvalid, "error_in_success"), (.inconclusive, "body_over_limit"),
            (.inconclusive, "unknown_answer"),
            (.intercepted, "refused_before_key"), (.modelUnavailable, "not_open_to_account"), (.inconclusive, "inference_not_tested"),
            (.inconclusive, "nothing_sent"), (.inconclusive, "nothing_failed"), (.keyMissing, "key_not_set"),
            (.inconclusive, "no_model"), (.inconclusive, "price_unknown"), (.inconclusive, "over_cost_limit"),
            (.inconclusive, "over_request_limit"), (.proxyFailure, "proxy_password_refused"),
            (.responseInvalid, "stream_cut_short"), (.responseInvalid, "broken_events"),
        ]
        for reason in [
            "key_placeholder", "key_line_end", "key_quoted", "key_bearer_inside", "key_header_inside", "key_assignment_inside",
            "key_invisible_character", "key_blanks_around",
            "key_blanks_inside", "key_control_character", "key_not_ascii", "key_too_short", "wrong_vendor_key",
        ] { pairs.append((.keyMalformed, reason)) }
        return pairs + Cause.allCases.map { ($0, "") }
    }

    private func verdict(_ cause: Cause, _ reason: String, _ target: Target, detail: String? = nil) throws -> Verdict {
        var evidence = Evidence(target: target, options: .init())
        evidence.add(
            Exchange(
                probe: Probe(.inference, endpoint: .inference, model: "m"),
                request: .init(method: "POST", url: "https://api.sample.test/v1/chat/completions", keyUse: .own),
                startedAt: Timestamp(seconds: 0), outcome: .failure(.init(kind: .connect, message: "refused"))))
        var weighing = Weighing()
        weighing.conclusion = .init(cause: cause, reason: reason.isEmpty ? nil : reason, confidence: .likely, exchange: 0, detail: detail)
        return try VerdictWriter(book: AdviceBook(JSONReader(json("Verdict/advice.json")))).verdict(for: evidence, weighing: weighing)
    }

    @Test func `no sign of the shared vocabulary is silenced by another`() throws {
        try Vendor.refuseCollidingSigns(in: JSONReader(json("Provider/vocabulary.json")))
    }

    @Test func `every cause and reason has a sentence and something to do`() throws {
        let target = try Sample.target()
        for (cause, reason) in try reasons() {
            let verdict = try verdict(cause, reason, target, detail: "detail")
            #expect(!verdict.summary.isEmpty && !verdict.summary.contains("{"), "\(cause) \(reason)")
            #expect(cause == .healthy || !verdict.nextSteps.isEmpty, "\(cause) \(reason) has no next step")
            #expect(!verdict.nextSteps.contains { $0.contains("{") }, "\(cause) \(reason)")
        }
    }

    @Test func `a vendor without links leaves something to do as well, and no step hangs in the air`() throws {
        let bare: [String: JSON] = [
            "links": nil, "support": nil, "status_page": nil, "base_url": nil, "hosts": nil, "scopes": nil, "key": ["optional": true],
        ]
        let target = try Sample.target(bare)
        for (cause, reason) in try reasons() where cause != .healthy {
            let steps = try verdict(cause, reason, target).nextSteps
            #expect(!steps.isEmpty, "\(cause) \(reason) has no next step")
            for opening in ["Then ", "Or ", "If not", "Otherwise", "If it stays"] {
                #expect(steps.first?.hasPrefix(opening) != true, "\(cause) \(reason): \(steps)")
            }
        }
    }

    @Test func `whose turn it is follows from the advice, else from the cause`() throws {
        let target = try Sample.target()
        #expect(try verdict(.accountDenied, "unverified", target).owner == .accountAdmin)
        #expect(try verdict(.accountDenied, "account_blocked", target).owner == .vendorSupport)
        for cause in Cause.allCases { #expect(try verdict(cause, "", target).owner == cause.usualOwner, "\(cause)") }
    }

    @Test func `every step of the shared advice can be filled for some vendor`() throws {
        let known: Set = [
            "vendor", "target", "base_url", "host", "route", "own_base_url", "vendor_base_url", "key", "variables", "variable", "prefix",
            "header", "support_url", "status_url",
            "detail", "finding", "model", "request", "answer", "failure", "wait", "request_id", "request_id_header", "scope_header",
            "scope_variables", "recognizing", "though_sent", "untold_header", "working_model", "working_base_url", "working_api",
            "similar_models", "country", "issuer",
            "inference_option",
            "keys_url", "billing_url", "models_url", "limits_url", "organization_url", "regions_url",
        ]
        for (key, entry) in try JSONReader(json("Verdict/advice.json")).members() {
            let advice = try Advice(entry)
            for text in advice.steps + [advice.summary].compactMap(\.self) {
                for piece in text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1) {
                    #expect(known.contains(String(piece.prefix { $0 != "}" })), "\(key): \(text)")
                }
            }
        }
    }

    @Test func `the wait that the server asks for is named`() throws {
        let run = try Rehearsal(Sample.target(model: "small-1"), retries: RetryPolicy(limit: 0)) { _, _ in
            .error(429, code: "rate_limit_exceeded", ["retry-after": "30"])
        }
        #expect(run.verdict.cause == .rateLimited)
        #expect(run.verdict.isRetryable)
        #expect(run.verdict.nextSteps.first == "Wait 30 s before the next request.")
    }
}
