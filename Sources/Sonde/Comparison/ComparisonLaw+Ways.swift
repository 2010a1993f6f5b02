extension ComparisonLaw {
    /// Whether it is this machine at all.
    static let machine: [ComparisonLaw] = [
        ComparisonLaw(
            "machine-is-offline", "Where two hosts or more die at name lookup or connect, and none was reached, this machine is offline.",
            isFinal: true
        ) { matrix in
            // What the report itself calls offline; reports of several machines are none of this one.
            guard matrix.entries.allSatisfy({ $0.cell.place == nil }), Report.isOffline(matrix.entries.map(\.result)) else { return [] }
            let dead = matrix.entries.filter { !$0.result.exchanges.isEmpty }
            let hosts = Set(dead.map(\.result.target.baseURL.host))
            return [
                Finding(
                    text:
                        "None of \(hosts.count) hosts was reached, over \(matrix.entries.ways): this machine is offline. No service is blamed.",
                    confidence: .certain, owner: .network, entries: dead,
                    nextSteps: ["Get this machine online (cable, Wi-Fi, VPN, DNS), then compare again."])
            ]
        }
    ]

    /// What works on one way and not on another.
    static let ways: [ComparisonLaw] = [
        way(
            "way-without-names", "What resolves on one way and not on another has a name service to blame.", [.dnsFailure],
            steps: ["Look at the resolver that this way uses: /etc/resolv.conf, the VPN's DNS settings, split DNS."]
        ) { "The name is resolved over \($0.works), and not over \($0.fails): the name service of \($0.thatWay) is at fault." },
        way(
            "way-without-interface", "What works on other ways fails for want of the interface that one way names.", [.connectFailure],
            reasons: [localInterface], owner: .you,
            steps: ["Name an interface that this machine has and that is up (ip addr shows them), or one of its own addresses."]
        ) {
            "\($0.subjects) answers over \($0.works); over \($0.fails) nothing was sent: this machine has no such interface or address, or it is down. That says nothing of the network or the service."
        },
        way(
            "way-does-not-connect", "What connects on one way and not on another is cut off on that way.", [.connectFailure, .timeout],
            steps: ["Look for a firewall, a missing route or a wrong address on that way; for IPv6, whether this network has it at all."]
        ) {
            "\($0.subjects) answers over \($0.works); over \($0.fails) nothing gets through: \($0.thatWay) \($0.isOne ? "is" : "are") cut off."
        },
        way(
            "way-without-the-password", "What works without a proxy that wants a password fails for want of that password.",
            [.proxyFailure],
            reasons: passwords, owner: .you,
            steps: ["Give the proxy its user name and password with --proxy-user env:NAME (USER:PASSWORD), or correct them there."]
        ) {
            "\($0.subjects) works over \($0.works); over \($0.fails) the proxy \($0.isRefusedPassword ? "refuses the user name or the password that it was given" : "wants a user name and a password"): it is the proxy, and neither the key nor the service."
        },
        way(
            "way-with-a-bad-proxy", "What works without a proxy, or through another, has this proxy to blame.", [.proxyFailure],
            steps: ["Ask whoever runs the proxy to let CONNECT through to this host, or correct its address and password."]
        ) { "\($0.subjects) works over \($0.works); over \($0.fails) the proxy fails or refuses: it is the proxy." },
        way(
            "way-is-intercepted", "What is answered by somebody else on one way only is intercepted there.", [.intercepted, .tlsFailure],
            steps: ["Ask whoever runs that network for an exception for this host, or use the way that works."]
        ) {
            "\($0.subjects) works over \($0.works); over \($0.fails) somebody else answers, or breaks into the encryption\($0.issuers): \($0.thatWay) \($0.isOne ? "is" : "are") intercepted."
        },
        way(
            "way-from-another-region", "What is refused for its country on one way only is refused for where that way comes out.",
            [.regionBlocked], steps: ["Use the way that works, or ask the vendor which countries it serves; a new key changes nothing."]
        ) {
            "\($0.subjects) answers over \($0.works), and over \($0.fails) refuses the country\($0.origins): it is the region in which \($0.thatWay) \($0.isOne ? "comes" : "come") out."
        },
        way(
            "way-from-a-refused-address", "What is refused for its address on one way only is refused for where that way comes out.",
            [.ipBlocked], hangsOnKey: true,
            steps: [
                "Add the address of that way to the account's allow-list, or use the way that works; where the vendor flagged it, ask its support."
            ]
        ) {
            "\($0.subjects) answers over \($0.works), and over \($0.fails) refuses the address\($0.origins): it is the address, not the key."
        },
        way(
            "way-strips-the-key", "A key that arrives on one way and not on another is taken off on the way.", [.keyMissing],
            hangsOnKey: true,
            steps: ["Let the proxy pass the Authorization header through, or go around it for this host (NO_PROXY)."]
        ) { "The key reaches \($0.subjects) over \($0.works), and not over \($0.fails): something on \($0.thatWay) takes it off." },
        ComparisonLaw(
            "way-decides", "What works on one way and fails on another, all else equal, fails for the way."
        ) { matrix in
            findings(matrix, hangsOnKey: true) {
                !named.contains($0.cause)
            } text: {
                "\($0.subjects) works over \($0.works) and fails over \($0.fails) (\($0.finding)); nothing else differs, so it is the way."
            } steps: { _ in
                ["Use the way that works, and ask whoever runs the other what it changes."]
            }
        },
        ComparisonLaw(
            "same-on-every-way", "A refusal by the API that is the same on every way is not about the network."
        ) { matrix in
            matrix.byWay.compactMap { group in
                guard let cause = group.sharedCause, group.allSatisfy(\.isRefusedByAPI), !Cause.ofTheWay.contains(cause) else { return nil }
                let hasOneKey = group.allSatisfy { $0.surelyShares(keyOf: group[0]) }
                return Finding(
                    text:
                        "\(group.subjects) \(group.map(\.cell.subject).unique.count == 1 ? "gives" : "give") the same answer over \(group.ways) (\(group[0].finding)): it is not the network.\(hasOneKey ? "" : keyIsOpen)",
                    confidence: hasOneKey ? .certain : .likely, owner: group[0].result.verdict.owner, entries: group)
            }.uniqueTexts
        },
    ]

    /// Said where reports of several machines do not show that they were asked with one key.
    private static let keyIsOpen = " That holds if it is the same key, which the reports do not show."

    private static let named: Set<Cause> = [
        .dnsFailure, .connectFailure, .timeout, .proxyFailure, .intercepted, .tlsFailure, .regionBlocked, .ipBlocked, .keyMissing,
    ]

    /// Reasons that have laws of their own, which the laws about their causes leave alone.
    private static let localInterface = "local_interface"
    private static let passwords: Set<String> = ["proxy_password", "proxy_password_refused"]
    private static let special = passwords.union([localInterface])

    /// A law about one kind of failure that shows on one way only.
    ///
    /// - Parameters:
    ///   - reasons: That the verdict must have; none for all that have no law of their own.
    ///   - hangsOnKey: Says whether another key, or its account, could make the same difference.
    private static func way(
        _ name: String, _ statement: String, _ causes: Set<Cause>, reasons: Set<String> = [], hangsOnKey: Bool = false,
        owner: Owner = .network, steps: [String], text: @escaping @Sendable (WayContrast) -> String
    ) -> ComparisonLaw {
        ComparisonLaw(name, statement) { matrix in
            findings(matrix, hangsOnKey: hangsOnKey, owner: owner) { entry in
                let reason = entry.result.verdict.reason ?? ""
                return causes.contains(entry.cause) && (reasons.isEmpty ? !special.contains(reason) : reasons.contains(reason))
            } text: {
                text($0)
            } steps: { _ in
                steps
            }
        }
    }

    /// A finding for each way that fails where another works, with all targets that show it; ways that fail alike share one.
    private static func findings(
        _ matrix: ComparisonMatrix, hangsOnKey: Bool, owner: Owner = .network, where isMeant: (ComparisonMatrix.Entry) -> Bool,
        text: (WayContrast) -> String,
        steps: (WayContrast) -> [String]
    ) -> [Finding] {
        var order: [String] = []
        var contrasts: [String: WayContrast] = [:]
        for group in matrix.byWay where !group.working.isEmpty {
            for entry in group.failing where isMeant(entry) && entry.wasTried {
                let working = group.working.filter { $0.way != entry.way }
                guard !working.isEmpty else { continue }
                if contrasts[entry.way] == nil { order.append(entry.way) }
                contrasts[entry.way, default: WayContrast()].add(failing: entry, working: working)
            }
        }
        var merged: [WayContrast] = []
        for contrast in order.compactMap({ contrasts[$0] }) {
            if let index = merged.firstIndex(where: { $0.tellsLike(contrast) }) {
                merged[index].add(contrast)
            } else {
                merged.append(contrast)
            }
        }
        return merged.map { contrast in
            let isOpen = hangsOnKey && !contrast.hasOneKey
            return Finding(
                text: text(contrast) + (isOpen ? keyIsOpen : ""), confidence: contrast.confidence, owner: owner,
                entries: contrast.failing + contrast.working,
                nextSteps: steps(contrast))
        }
    }
}

/// One way that fails, beside those that work for the same targets.
private struct WayContrast {
    var failing: [ComparisonMatrix.Entry] = []
    var working: [ComparisonMatrix.Entry] = []
    /// Says whether each that fails was surely asked with the key of those that work.
    private(set) var hasOneKey = true

    mutating func add(failing entry: ComparisonMatrix.Entry, working others: [ComparisonMatrix.Entry]) {
        failing.append(entry)
        working += others
        hasOneKey = hasOneKey && others.allSatisfy { $0.surelyShares(keyOf: entry) }
    }

    mutating func add(_ other: WayContrast) {
        failing += other.failing
        working += other.working
        hasOneKey = hasOneKey && other.hasOneKey
    }

    /// Says whether another way fails for the same, of the same targets, and beside the same that work.
    func tellsLike(_ other: WayContrast) -> Bool { traits == other.traits }

    private var traits: [Set<String>] {
        let facts = failing.map { $0.wayFacts }
        return [
            Set(failing.map(\.finding)), Set(failing.map { $0.result.verdict.reason ?? "" }), Set(failing.map(\.cell.subject)),
            Set(working.map(\.way)), Set(facts.compactMap(\.country)), Set(facts.compactMap(\.egress)), Set(facts.flatMap(\.issuers)),
        ]
    }

    var subjects: String { failing.subjects }
    var works: String { working.ways }
    var fails: String { failing.ways }
    var finding: String { failing[0].finding }
    var isOne: Bool { failing.map(\.way).unique.count == 1 }
    var thatWay: String { isOne ? "that way" : "those ways" }
    var isRefusedPassword: Bool { failing.allSatisfy { $0.result.verdict.reason == "proxy_password_refused" } }

    /// What passes by itself may have passed between two requests; reports of several machines differ in more than the way.
    var confidence: Confidence {
        if failing.contains(where: \.result.verdict.isRetryable) { return .possible }
        // No surer than the verdicts themselves.
        let least = failing.map(\.result.verdict.confidence).min() ?? .possible
        return failing.contains { $0.cell.place != nil } ? min(.likely, least) : least
    }

    /// `: it comes from RU, the other from DE`, as far as anybody told.
    var origins: String {
        let bad = failing.compactMap(\.wayFacts.sentence).unique
        let good = working.compactMap(\.wayFacts.sentence).unique
        guard bad != good, !bad.isEmpty else { return "" }
        return " (\(bad.listed)\(good.isEmpty ? "" : "; what works is \(good.listed)"))"
    }

    /// ` (certificate by CN=Filter)`, where one was shown that the other way does not show.
    var issuers: String {
        let known = Set(working.flatMap(\.wayFacts.issuers))
        let others = failing.flatMap(\.wayFacts.issuers).unique.filter { !known.contains($0) }
        return others.isEmpty ? "" : " (with a certificate by \(others.listed))"
    }
}

extension Cause {
    /// The causes that lie between the caller and the service, or hang on where the way comes out.
    static let ofTheWay: Set<Cause> = network.union([.intercepted, .regionBlocked, .ipBlocked])
}
