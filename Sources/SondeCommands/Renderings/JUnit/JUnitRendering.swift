import Sonde

/// JUnit XML: a suite for each target, a case for each check and one for the verdict.
///
/// What was not decided is an `error`, what is refused a `failure`, with the cause as its type. Source of the form:
/// testmoapp/junitxml; times are in seconds. Nothing here is a passed test that was none.
struct JUnitRendering {
    let report: Report

    var text: String {
        let groups = ReportResults(report).groups
        let all = groups.flatMap(\.results)
        var document: XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="\(Tool.name)" \(counts(all)) time="\(seconds(report.duration))" timestamp="\(moment(report.startedAt))">

            """
        for group in groups { document += suite(group) }
        document += "</testsuites>\n"
        return document.text
    }

    private func suite(_ group: ResultGroup) -> XML {
        let duration = group.target?.duration ?? report.duration
        var suite: XML = """
              <testsuite name="\(group.name)" \(counts(group.results)) time="\(seconds(duration))" timestamp="\(moment(group.target?.startedAt ?? report.startedAt))">
                <properties>
            \(properties(group))    </properties>

            """
        for result in group.results { suite += testcase(result, in: group) }
        suite += "  </testsuite>\n"
        return suite
    }

    private func counts(_ results: [ReportResult]) -> XML {
        func count(_ outcomes: ReportResult.Outcome...) -> Int { results.count { outcomes.contains($0.outcome) } }
        return """
            tests="\(results.count)" failures="\(count(.fail, .breach))" errors="\(count(.inconclusive))" skipped="\(count(.skip))"
            """
    }

    private func properties(_ group: ResultGroup) -> [XML] {
        guard let result = group.target else { return [property("tool", "\(Tool.name) \(Tool.version)")] }
        let verdict = result.verdict
        return [
            property("vendor", result.target.vendor.id), property("base_url", result.target.baseURL.text),
            property("route", result.target.route.name), property("cause", verdict.cause.rawValue),
            property("confidence", verdict.confidence.rawValue), property("owner", verdict.owner.rawValue),
            property("retryable", verdict.isRetryable ? "true" : "false"),
        ] + (verdict.reason.map { [property("reason", $0)] } ?? [])
    }

    private func property(_ name: String, _ value: String) -> XML { "      <property name=\"\(name)\" value=\"\(value)\"/>\n" }

    private func testcase(_ result: ReportResult, in group: ResultGroup) -> XML {
        let open: XML = "    <testcase classname=\"\(group.name)\" name=\"\(result.name)\" time=\"\(seconds(time(of: result, in: group)))\""
        let type = result.cause?.rawValue ?? result.outcome.rawValue
        switch result.outcome {
        case .pass: return "\(open)/>\n"
        case .skip: return "\(open)>\n      <skipped message=\"\(result.text)\"/>\n    </testcase>\n"
        case .warn: return "\(open)>\n      <system-out>warning: \(result.text)</system-out>\n    </testcase>\n"
        case .fail, .breach:
            return
                "\(open)>\n      <failure message=\"\(message(result, group))\" type=\"\(type)\">\(body(result, group))</failure>\n    </testcase>\n"
        case .inconclusive:
            return
                "\(open)>\n      <error message=\"\(message(result, group))\" type=\"\(type)\">\(body(result, group))</error>\n    </testcase>\n"
        }
    }

    private func message(_ result: ReportResult, _ group: ResultGroup) -> String {
        guard result.name == ResultGroup.verdict, let verdict = group.target?.verdict else { return result.text }
        return "\(verdict.title): \(verdict.summary)"
    }

    /// The page about the target, once; what else failed in it points there.
    private func body(_ result: ReportResult, _ group: ResultGroup) -> XML {
        guard let target = group.target, result.name == ResultGroup.verdict else { return "\(result.text)" }
        var body = XML()
        for line in TargetPage(result: target, look: TextLook(width: 100, offersCommands: false)).lines { body += "\(line)\n" }
        return body
    }

    /// How long the requests took on which a check rests.
    private func time(of result: ReportResult, in group: ResultGroup) -> Duration {
        guard let target = group.target, let check = target.checks.first(where: { $0.id == result.name }) else { return .zero }
        return check.exchanges.compactMap { target.exchanges.indices.contains($0) ? target.exchanges[$0].timings.total : nil }.max()
            ?? .zero
    }

    private func seconds(_ duration: Duration) -> String { Decimals.seconds(duration) }

    /// ISO 8601 without a zone, which readers of this form do not expect: UTC.
    private func moment(_ time: Timestamp) -> String { String(time.rfc3339.prefix(19)) }
}
