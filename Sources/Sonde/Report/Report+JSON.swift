public import SondeJSON

extension Report {
    /// The report as a JSON document, in the form of `Profiles/report.schema.json`: stable key order, units in key names.
    public var json: JSON {
        .object(JSON.Object(head + [("targets", .array(targets.map(\.json)))] + tail))
    }

    /// Appends the text of the document to `output`, target by target, so that a long report is never held as a tree.
    public func write(to output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        for (key, value) in head { member(key, value, to: &output) }
        output.append(contentsOf: "\n  \"targets\": [".utf8)
        for (index, target) in targets.enumerated() {
            output.append(contentsOf: (index == 0 ? "\n    " : ",\n    ").utf8)
            target.json.write(to: &output, pretty: true, level: 2)
            // One target tells how much all will take: growing by doubling would hold twice as much at the end. It tells wrong where
            // the first is the longest, so not everything is believed.
            if index == 0 { output.reserveCapacity(Self.expectedBytes(first: output.count, of: targets.count)) }
        }
        output.append(contentsOf: (targets.isEmpty ? "]," : "\n  ],").utf8)
        for (key, value) in tail { member(key, value, to: &output) }
        output.removeLast()
        output.append(contentsOf: "\n}\n".utf8)
    }

    /// Room for a report of so many targets, the first of which took so many bytes; 64 MiB at most.
    static func expectedBytes(first: Int, of count: Int) -> Int {
        let (product, isTooMuch) = first.multipliedReportingOverflow(by: count + 1)
        return isTooMuch ? 64 << 20 : min(product, 64 << 20)
    }

    private func member(_ key: String, _ value: JSON, to output: inout [UInt8]) {
        output.append(contentsOf: "\n  \"\(key)\": ".utf8)
        value.write(to: &output, pretty: true, level: 1)
        output.append(UInt8(ascii: ","))
    }

    private var head: [(String, JSON)] {
        [
            ("schema_version", .integer(Int64(Self.schemaVersion))),
            ("tool", ["name": .string(Tool.name), "version": .string(Tool.version), "library": .string(network.library)]),
            ("started_at", .string(startedAt.rfc3339)),
            ("local_time", .string(startedAt.rfc3339(zoneOffsetSeconds: zoneOffsetSeconds))),
            ("duration_ms", .integer(duration.milliseconds)),
            (
                "network",
                [
                    "proxy_variables": .strings(network.proxyVariables), "proxies": .strings(network.proxies),
                    "vpn_interfaces": .strings(network.tunnels), "is_offline": .bool(isOffline),
                ]
            ),
            ("hosts_contacted", .strings(hostsContacted)),
            ("system", system.isEmpty ? .null : .string(system)),
            ("includes_identifiers", .bool(includesIdentifiers)),
        ] + (settings.isEmpty ? [] : [("settings", .strings(settings))])
    }

    private var tail: [(String, JSON)] {
        (comparison.map { [("comparison", $0.json(targets))] } ?? []) + (gate.map { [("gate", $0.json)] } ?? []) + [
            ("fail_on", .string((failsOnWarning ? CheckResult.Outcome.warn : .fail).rawValue)),
            ("recorded", recorded.map { ["unreadable": .integer(Int64($0.unreadable))] } ?? .null),
        ] + (verification.map { [("verification", $0.json)] } ?? []) + [
            ("outcome", .string(outcome.rawValue)),
            ("exit_code", .integer(Int64(exitStatus.rawValue))),
        ]
    }
}

extension TargetResult {
    var json: JSON {
        let model = askedModel ?? target.model
        var entries: JSON.Object =
            [
                ("name", .string(target.name)),
                ("vendor", .string(target.vendor.id)),
                ("base_url", .string(target.baseURL.text)),
                ("model", .optional(model)),
                ("key", target.credential.map(\.json) ?? .null),
                ("route", .string(target.route.name)),
                ("scopes", .strings(target.scopes.keys.sorted())),
                ("headers", .strings(target.headers.map(\.name))),
                ("options", options.json),
                ("started_at", .string(startedAt.rfc3339)),
                ("duration_ms", .integer(duration.milliseconds)),
                ("clock_skew_s", clockSkew.map { .integer($0) } ?? .null),
                ("findings", .array(target.findings.map(\.json))),
                ("checks", .array(checks.map(\.json))),
                ("exchanges", .array(exchanges.map(\.json))),
                ("verdict", verdict.json),
                ("usage", usage.json),
                ("outcome", .string(outcome.rawValue)),
            ].object
        if target.model == nil, model != nil { entries["model_chosen"] = true }
        if let facts = routeFacts.json { entries["route_facts"] = facts }
        if let notJudgedAgain { entries["not_judged_again"] = .string(notJudgedAgain) }
        if !withheld.isEmpty { entries["not_sent"] = .array(withheld.map(\.json)) }
        let limits = rateLimits
        if !limits.isEmpty { entries["rate_limits"] = .array(limits.map(\.json)) }
        if let samples { entries["samples"] = samples.json }
        return .object(entries)
    }
}

extension TargetResult.Usage {
    var json: JSON {
        var entries: JSON.Object = [
            ("requests", .integer(Int64(requests))), ("input_tokens", .integer(Int64(inputTokens))),
            ("output_tokens", .integer(Int64(outputTokens))),
        ].object
        if let cost { entries.append("cost_usd", .number(cost)) }
        return .object(entries)
    }
}

extension Withheld {
    var json: JSON {
        var entries: JSON.Object = [("probe", .string(kind.rawValue)), ("reason", .string(reason.rawValue))].object
        if let model { entries.append("model", .string(model)) }
        if let highestCost { entries.append("highest_cost_usd", .number(highestCost)) }
        return .object(entries)
    }
}

extension RateLimit {
    var json: JSON {
        var entries: JSON.Object = [("of", .string(name)), ("remaining", .integer(Int64(remaining)))].object
        if let limit { entries.append("limit", .integer(Int64(limit))) }
        if let reset { entries.append("reset_ms", .integer(reset.milliseconds)) }
        return .object(entries)
    }
}

extension Credential {
    var json: JSON {
        ["source": .string(source.label), "prefix": .string(publicPrefix), "length": .integer(Int64(length))]
    }
}

extension Finding {
    var json: JSON {
        var entries: JSON.Object = [("subject", .string(subject)), ("severity", .string(severity.rawValue))].object
        if let cause { entries.append("cause", .string(cause.rawValue)) }
        entries.append("reason", .string(reason))
        entries.append("text", .string(text))
        return .object(entries)
    }
}

extension Diagnosis.Options {
    var json: JSON {
        var entries: JSON.Object = [
            ("checks", .strings(CheckList.all.map { $0.id }.filter(checks.contains))), ("infers", .bool(infers)),
            ("own_body", .bool(hasOwnBody)), ("follows_up", .bool(followsUp)), ("uses_control", .bool(usesControl)),
            ("proves_key", .bool(provesKey)), ("pays", .bool(pays)),
        ].object
        if let costLimit, !costLimit.isForEachCall { entries.append("max_cost_usd", .number(costLimit.amount)) }
        return .object(entries)
    }
}

extension CheckResult {
    var json: JSON {
        [
            "id": .string(id), "outcome": .string(outcome.rawValue), "summary": .string(summary),
            "exchanges": .array(exchanges.map { .integer(Int64($0)) }),
        ]
    }
}

extension Verdict {
    /// As reports hold it.
    public var json: JSON {
        var entries: JSON.Object = [
            ("cause", .string(cause.rawValue)), ("reason", .optional(reason)), ("confidence", .string(confidence.rawValue)),
            ("owner", .string(owner.rawValue)), ("retryable", .bool(isRetryable)), ("summary", .string(summary)),
            ("because", .array(because.map { .law($0.law, $0.text, $0.exchanges) })),
            ("ruled_out", .array(ruledOut.map { .law($0.law, $0.text, $0.exchanges, causes: $0.causes) })),
        ].object
        if let runnerUp {
            entries["runner_up"] = ["cause": .string(runnerUp.cause.rawValue), "separated_by": .string(runnerUp.separatedBy)]
        }
        entries["next_steps"] = .strings(nextSteps)
        return .object(entries)
    }
}

extension JSON {
    fileprivate static func law(_ name: String, _ text: String, _ exchanges: [Int], causes: [Cause]? = nil) -> JSON {
        var entries = JSON.Object()
        if let causes { entries.append("causes", .strings(causes.map(\.rawValue))) }
        entries.append("law", .string(name))
        entries.append("text", .string(text))
        entries.append("exchanges", .array(exchanges.map { .integer(Int64($0)) }))
        return .object(entries)
    }

    static func strings(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }

    static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}

extension [(String, JSON)] {
    var object: JSON.Object { JSON.Object(self) }
}
