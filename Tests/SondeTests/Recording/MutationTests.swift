import Sonde
import SondeJSON
import TestSupport
import Testing

/// Whatever stands in a recording or a report, there is a verdict or an error, and never a crash.
struct MutationTests {
    private static let transcript = #"""
        {"id":"a","provider":"sample","context":{"base_url":"https://api.sample.test/v1","host":"api.sample.test","model":"small-1","key_prefix":"smp_"},"exchanges":[{"probe":"credits","method":"GET","path":"/v1/credits","status":200,"headers":{"x-request-id":"r"},"body":{"balance":"3"}},{"probe":"chat","method":"POST","path":"/v1/chat/completions","status":403,"headers":{"retry-after":"3"},"body":{"error":{"message":"no","type":"account_barred"}}},{"probe":"models","transport_error":"curl: (6) Could not resolve host: x"}]}
        """#

    private static let pastes = [
        "> GET /v1/models HTTP/2\n> Host: api.sample.test\n< HTTP/2 403\n< a: b\n<\n{\"error\":{\"message\":\"no\"}}* Connection #0 left\ncurl: (56) CONNECT tunnel failed, response 407\n",
        "Error: 403 - {'error': {'message': \"It's\", 'n': [1, None, (True,)], 'x': b'\\x41\\u00e9'}} {status: 500, headers: Headers {a: 'b'}, responseBody: '{\"error\":1}'}",
        "> 1: “curl: (28) Operation timed out” https://api.sample.test/v1 \u{1B}[31mred\u{1B}[0m",
    ]

    private static let values: [JSON] = [
        nil, true, 0, -1, 1e300, "", "\u{0}\u{1B}[31m", [], [:], .integer(.max), .integer(.min),
        .string(String(repeating: "x", count: 100_000)), ["a": ["b": [1, 2]]],
    ]

    /// A value with one place in it, at any depth, exchanged, taken out or doubled.
    private static func mutated(_ json: JSON, _ generator: inout SeededGenerator) -> JSON {
        if Int.random(in: 0..<6, using: &generator) == 0 { return values.randomElement(using: &generator) ?? nil }
        switch json {
        case .object(var object):
            guard let key = object.keys.randomElement(using: &generator), let value = object[key] else {
                return values.randomElement(using: &generator) ?? nil
            }
            object[key] = Int.random(in: 0..<8, using: &generator) == 0 ? nil : mutated(value, &generator)
            return .object(object)
        case .array(var array):
            guard let index = array.indices.randomElement(using: &generator) else { return json }
            if Int.random(in: 0..<4, using: &generator) == 0 {
                array.append(array[index])
            } else {
                array[index] = mutated(array[index], &generator)
            }
            return .array(array)
        default:
            return values.randomElement(using: &generator) ?? nil
        }
    }

    private static func mutated(_ text: String, _ generator: inout SeededGenerator) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            guard let index = bytes.indices.randomElement(using: &generator) else { break }
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(contentsOf: Array("{[\"'\\(}])\n\r: ".utf8).shuffled(using: &generator).prefix(3), at: index)
            case 3: bytes.removeSubrange(index...)
            default: bytes.insert(contentsOf: bytes[index...].prefix(40), at: bytes.indices.randomElement(using: &generator) ?? 0)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: 0..<8) func `a mutated transcript is read or refused`(seed: UInt64) throws {
        let (evidence, vendor, _, _) = try Pasted.evidence()
        let original = try JSON.parse(Array(Self.transcript.utf8))
        var generator = SeededGenerator(seed: seed)
        var read = 0
        for _ in 0..<60 {
            guard let recording = try? Recording(transcript: Self.mutated(original, &generator)) else { continue }
            let result = evidence.result(for: recording, vendor: nil, fallback: vendor, at: Timestamp(seconds: 0))
            #expect(!result.verdict.summary.isEmpty)
            read += 1
        }
        #expect(read > 0 && read < 60)
    }

    @Test(arguments: 0..<8) func `a mutated paste is read or refused`(seed: UInt64) throws {
        let (evidence, vendor, _, _) = try Pasted.evidence()
        var generator = SeededGenerator(seed: seed)
        var read = 0
        for _ in 0..<60 {
            let text = Self.mutated(Self.pastes.randomElement(using: &generator) ?? "", &generator)
            guard let recording = Recording(pasted: text) else { continue }
            let result = evidence.result(for: recording, vendor: nil, fallback: vendor, at: Timestamp(seconds: 0))
            #expect(!result.verdict.summary.isEmpty)
            read += 1
        }
        #expect(read > 0)
    }

    @Test(arguments: 0..<8) func `a mutated report is read or refused`(seed: UInt64) throws {
        let (evidence, vendor, catalog, judge) = try Pasted.evidence()
        let result = evidence.result(
            for: try Recording(transcript: JSON.parse(Array(Self.transcript.utf8))), vendor: nil, fallback: vendor,
            at: Timestamp(seconds: 0))
        let original = Report(startedAt: Timestamp(seconds: 0), duration: .zero, network: .init(), targets: [result], recorded: .init())
            .json
        #expect(try Report(saved: original, catalog: catalog, judge: judge).targets[0].verdict == result.verdict)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            guard let report = try? Report(saved: Self.mutated(original, &generator), catalog: catalog, judge: judge) else { continue }
            // What was read can be written, and read again.
            #expect(try Report(saved: report.json, catalog: catalog, judge: judge).json == report.json)
        }
    }
}
