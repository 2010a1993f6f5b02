import Sonde
import SondeJSON

/// SARIF 2.1.0: a rule for each cause and check, a result for each verdict and check that is no pass.
struct SARIFRendering {
    let report: Report
    /// Where the targets are written down; nil where they came from the command line.
    let profile: ProfilePlaces?

    func write(to output: inout [UInt8]) {
        let groups = ReportResults(report).groups
        let results = groups.flatMap { group in shown(group).map { result($0, in: group) } }
        let document: JSON = [
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                [
                    "tool": ["driver": driver],
                    "invocations": [invocation],
                    "columnKind": "unicodeCodePoints",
                    "results": .array(results),
                ]
            ],
        ]
        document.write(to: &output, pretty: true)
        output.append(UInt8(ascii: "\n"))
    }

    /// Checks that failed with the verdict are the verdict's; a report with everything well has no results.
    private func shown(_ group: ResultGroup) -> [ReportResult] {
        let bad = group.results.filter { $0.outcome != .pass && $0.outcome != .skip }
        return bad.contains { $0.name == ResultGroup.verdict } ? bad.filter { $0.name == ResultGroup.verdict || $0.outcome == .warn } : bad
    }

    // MARK: The tool

    private var driver: JSON {
        let causes = Cause.allCases.filter { $0 != .healthy }.map { rule($0.rawValue, $0.meaning) }
        let checks = CheckList.all.map { rule($0.id, $0.question) }
        let used = Set(report.gate?.findings.map(\.rule) ?? []).sorted()
        let rules = used.map { rule(TerminalText.escaped($0), "A rule of the policy.") }
        return [
            "name": .string(Tool.name), "version": .string(Tool.version), "semanticVersion": .string(Tool.version),
            "rules": .array(causes + checks + rules),
        ]
    }

    private func rule(_ id: String, _ text: String) -> JSON { ["id": .string(id), "shortDescription": ["text": .string(text)]] }

    private var invocation: JSON {
        [
            "executionSuccessful": .bool(![.inconclusive, .skip].contains(ReportResults(report).outcome) && report.interruption == nil),
            "startTimeUtc": .string(report.startedAt.rfc3339),
            "exitCode": .integer(Int64(report.exitStatus.rawValue)),
        ]
    }

    // MARK: Results

    private func result(_ result: ReportResult, in group: ResultGroup) -> JSON {
        let isVerdict = result.name == ResultGroup.verdict
        let verdict = isVerdict ? group.target?.verdict : nil
        // A rule of its own for what is wrong with the whole run would be one more word: nothing was decided.
        let isWhole = group.target == nil && result.rule == nil
        let rule = isVerdict || isWhole ? (result.cause ?? .inconclusive).rawValue : TerminalText.escaped(result.rule ?? result.name)
        var text = "\(group.name): \(verdict.map { "\($0.title). \($0.summary)" } ?? result.text)"
        for (number, step) in (verdict?.nextSteps ?? []).enumerated() { text += " \(number + 1). \(step)" }
        let fingerprint = [group.name, group.target == nil ? result.name : rule, verdict?.reason ?? ""].joined(separator: "/")
        var members: [(String, JSON)] = [
            ("ruleId", .string(rule)), ("level", .string(level(result.outcome))), ("message", ["text": .string(SARIFText.message(text))]),
            ("locations", [location(group)]),
            ("partialFingerprints", ["sondeTargetAndCause/v1": .string(TerminalText.escaped(fingerprint))]),
        ]
        if let verdict {
            members.append(
                (
                    "properties",
                    [
                        "cause": .string(verdict.cause.rawValue), "reason": verdict.reason.map { .string($0) } ?? .null,
                        "confidence": .string(verdict.confidence.rawValue), "owner": .string(verdict.owner.rawValue),
                        "retryable": .bool(verdict.isRetryable),
                    ]
                ))
        }
        return .object(JSON.Object(members))
    }

    private func level(_ outcome: ReportResult.Outcome) -> String {
        switch outcome {
        case .fail, .breach: "error"
        case .warn: "warning"
        case .inconclusive, .pass, .skip: "note"
        }
    }

    /// The target by its name, and the line of the profile that lists it.
    private func location(_ group: ResultGroup) -> JSON {
        var members: [(String, JSON)] = []
        if let profile {
            let line = group.target.flatMap { profile.lines[$0.target.name] } ?? 1
            members.append(
                (
                    "physicalLocation",
                    [
                        "artifactLocation": ["uri": .string(PercentPath.encoded(profile.path))],
                        "region": ["startLine": .integer(Int64(line))],
                    ]
                ))
        }
        members.append(("logicalLocations", [["name": .string(TerminalText.escaped(group.name)), "kind": "resource"]]))
        return .object(JSON.Object(members))
    }
}

/// A path as a reference of a URI: everything but letters, digits and what separates folders in percent form.
enum PercentPath {
    static func encoded(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return result
    }
}
