extension ComparisonLaw {
    /// What differs between services, and what they share.
    static let services: [ComparisonLaw] = [
        contrast(
            "gateway-decides", "What works direct and fails through a gateway is about the gateway: its account, its tier, its routing.",
            where: { failing, working in
                failing.vendor.kind == .gateway && working.vendor.kind == .direct && failing.isElsewhere(than: working)
                    && failing.asksLike(working) && !Cause.key.contains(failing.cause) && failing.cause != .modelUnavailable
            }
        ) { failing, working in
            let upstream =
                failing[0].speaksForUpstream ? " The refusal is the upstream's, so the gateway calls it with an account that may not." : ""
            return
                "\(working.subjects) works direct, and fails through \(failing.subjects) (\(failing[0].finding)): it is the gateway's account, tier or routing, not the model or this network.\(upstream)"
        },
        contrast(
            "direct-decides", "What works through a gateway and fails direct is about the direct account, key or region.",
            where: { failing, working in
                failing.vendor.kind == .direct && working.vendor.kind == .gateway && failing.isElsewhere(than: working)
                    && failing.asksLike(working)
            }
        ) { failing, working in
            "\(working.subjects) works, and \(failing.subjects) fails direct (\(failing[0].finding)): it is the account or key there, or where you call from; the gateway calls with another account, from elsewhere."
        },
        ComparisonLaw(
            "upstream-decides", "Where direct and gateway fail alike, and the gateway passes on the upstream's words, it is the upstream."
        ) { matrix in
            matrix.byService.compactMap { group in
                guard let direct = group.failing.first(where: { $0.vendor.kind == .direct && $0.isRefusedByAPI }),
                    let gateway = group.failing.first(where: { $0.vendor.kind == .gateway && $0.speaksForUpstream }),
                    direct.cause == gateway.cause, direct.asksLike(gateway), !Cause.key.contains(direct.cause), direct.cause != .rateLimited
                else { return nil }
                return Finding(
                    text:
                        "\(direct.cell.subject) fails direct (\(direct.finding)), and \(gateway.cell.subject) passes on the same from it: it is the upstream, not the gateway.",
                    confidence: .likely, owner: direct.result.verdict.owner, entries: [direct, gateway],
                    nextSteps: direct.result.verdict.nextSteps)
            }.uniqueTexts
        },
        contrast(
            "model-decides", "What works with one model and fails with another at the same address, with the same key, is about the model.",
            where: { failing, working in
                !failing.isElsewhere(than: working) && failing.surelyShares(keyOf: working) && failing.result.target.model != nil
                    && failing.result.target.model != working.result.target.model && failing.isRefusedByAPI
            }
        ) { failing, working in
            "\(failing[0].vendor.name) answers with \(working.models(or: "its usual model")), and not with \(failing.models(or: "")) (\(failing[0].finding)): it is the model."
        },
        contrast(
            "one-service-decides", "What one service serves over a way that another refuses on is no matter of the way.",
            where: { failing, working in
                (failing.vendor.kind == .gateway) == (working.vendor.kind == .gateway) && failing.isElsewhere(than: working)
                    && failing.isRefusedByAPI
            }
        ) { failing, working in
            "\(working.subjects) works over \(failing.ways), and \(failing.subjects) refuses (\(failing[0].finding)): this machine and its network are fine, it is \(failing[0].vendor.name) or the account there."
        },
        ComparisonLaw(
            "one-host-unreachable", "Where one host answers and another does not, over the same way, the machine is online."
        ) { matrix in
            let pairs = matrix.byService.flatMap { group -> [(entry: ComparisonMatrix.Entry, reached: ComparisonMatrix.Entry)] in
                guard let reached = group.first(where: \.wasAnswered) else { return [] }
                return group.failing.filter { entry in
                    !entry.wasAnswered && Cause.network.contains(entry.cause)
                        && entry.result.target.baseURL.host != reached.result.target.baseURL.host
                }.map { ($0, reached) }
            }
            // Ways on which it is alike are told once.
            return grouped(pairs) { [$0.reached.cell.subject, $0.entry.result.target.baseURL.host, $0.entry.finding] }.map { alike in
                let (entry, reached) = alike[0]
                return Finding(
                    text:
                        "\(reached.cell.subject) answers over \(alike.map(\.entry).ways), and \(entry.result.target.baseURL.host) does not (\(entry.finding)): the machine is online, it is that host or a filter in front of it.",
                    confidence: .likely, owner: entry.result.verdict.owner, entries: alike.flatMap { [$0.entry, $0.reached] },
                    nextSteps: entry.result.verdict.nextSteps)
            }
        },
        ComparisonLaw(
            "way-is-shared", "Where different services fail alike at what lies between, it is the way that they share."
        ) { matrix in
            let shared = matrix.byService.filter { group in
                let hosts = Set(group.map(\.result.target.baseURL.host))
                guard hosts.count > 1, let cause = group.sharedCause, Cause.ofTheWay.contains(cause) else { return false }
                return group.allSatisfy { $0.state == .fails }
            }
            return grouped(shared) { [$0.subjects, $0[0].cause.rawValue, $0[0].result.verdict.reason ?? ""] }.map { alike in
                let entries = alike.flatMap(\.self)
                return Finding(
                    text:
                        "\(entries.subjects) all fail alike over \(entries.ways) (\(entries[0].cause.rawValue)): it is the way they share, none of the services.",
                    confidence: .likely, owner: .network, entries: entries, nextSteps: entries[0].result.verdict.nextSteps)
            }
        },
    ]

    /// What is to be said where nothing else is.
    static let rest: [ComparisonLaw] = [
        ComparisonLaw("moments-differ", "Reports made at different times may differ for the time.") { matrix in
            let entries = matrix.entries.filter { $0.cell.place != nil }
            guard let first = entries.min(by: { $0.result.startedAt < $1.result.startedAt }),
                let last = entries.max(by: { $0.result.startedAt < $1.result.startedAt }), Set(entries.map(\.state)).count > 1
            else { return [] }
            let minutes = (last.result.startedAt.seconds - first.result.startedAt.seconds) / 60
            guard minutes >= 30 else { return [] }
            let span = minutes < 180 ? "\(minutes) minutes" : minutes < 2880 ? "\(minutes / 60) hours" : "\(minutes / 1440) days"
            return [
                Finding(
                    text: "The reports were made \(span) apart: what differs may be the time, and not the place.", confidence: .possible,
                    entries: [first, last], nextSteps: ["Make the reports again at the same time."])
            ]
        },
        ComparisonLaw("nothing-differs", "Where every cell works, no check tells them apart.") { matrix in
            guard matrix.entries.count > 1, matrix.entries.allSatisfy({ $0.state == .works }) else { return [] }
            let isWhole = matrix.entries.allSatisfy { $0.cause == .healthy }
            return [
                Finding(
                    text:
                        "\(matrix.entries.count == 2 ? "Both" : "All \(matrix.entries.count)") work\(isWhole ? "" : " as far as they were tested"): no check tells them apart.",
                    confidence: isWhole ? .certain : .likely, entries: matrix.entries)
            ]
        },
        ComparisonLaw("all-fail-alike", "Where every cell fails for the same cause, what they differ in is not the reason.") { matrix in
            guard matrix.entries.count > 1, let cause = matrix.entries.sharedCause, matrix.entries.allSatisfy({ $0.state == .fails }) else {
                return []
            }
            let first = matrix.entries[0]
            return [
                Finding(
                    text:
                        "\(matrix.entries.count == 2 ? "Both" : "All \(matrix.entries.count)") fail alike (\(cause.rawValue)): what they differ in is not the reason.",
                    confidence: .likely, owner: first.result.verdict.owner, entries: matrix.entries,
                    nextSteps: first.result.verdict.nextSteps)
            ]
        },
        ComparisonLaw("too-little-decided", "Where fewer than two cells were decided, there is nothing to compare.") { matrix in
            let decided = matrix.entries.filter { $0.state != .undecided }
            guard decided.count < 2 else { return [] }
            return [
                Finding(
                    text:
                        "Of \(matrix.entries.count) \(matrix.entries.count == 1 ? "combination" : "combinations") \(decided.isEmpty ? "none" : "only one") was decided, so nothing is compared.",
                    confidence: .certain, owner: .you, entries: matrix.entries,
                    nextSteps: ["Name a second target, --route or --key, and see above why the others were not decided."])
            ]
        },
    ]

    /// What has the same traits together, in the order in which they first stood.
    private static func grouped<Element>(_ elements: [Element], by traits: (Element) -> [String]) -> [[Element]] {
        let keys = elements.map(traits)
        return keys.unique.map { key in zip(keys, elements).filter { $0.0 == key }.map(\.1) }
    }

    /// A law about a service that refuses where another one works on the same way: for each that fails the first that works, and what
    /// several ways show alike is said once.
    private static func contrast(
        _ name: String, _ statement: String,
        where fits: @escaping @Sendable (_ failing: ComparisonMatrix.Entry, _ working: ComparisonMatrix.Entry) -> Bool,
        text: @escaping @Sendable (_ failing: [ComparisonMatrix.Entry], _ working: [ComparisonMatrix.Entry]) -> String
    ) -> ComparisonLaw {
        ComparisonLaw(name, statement) { matrix in
            var contrasts: [(failing: [ComparisonMatrix.Entry], working: [ComparisonMatrix.Entry])] = []
            for group in matrix.byService {
                // One that did not answer at all says nothing about accounts; see `one-host-unreachable`.
                for entry in group.failing where entry.wasAnswered && !Cause.ofTheWay.contains(entry.cause) {
                    guard let working = group.working.first(where: { fits(entry, $0) }) else { continue }
                    let alike = contrasts.firstIndex {
                        $0.failing[0].tellsLike(entry) && $0.working[0].cell.subject == working.cell.subject
                    }
                    if let alike {
                        contrasts[alike].failing.append(entry)
                        contrasts[alike].working.append(working)
                    } else {
                        contrasts.append(([entry], [working]))
                    }
                }
            }
            return contrasts.map { failing, working in
                let verdict = failing[0].result.verdict
                // What passes by itself may have passed between two requests.
                let isPassing = failing.contains(where: \.result.verdict.isRetryable)
                return Finding(
                    text: text(failing, working), confidence: isPassing ? .possible : .likely, owner: verdict.owner,
                    entries: failing + working, nextSteps: verdict.nextSteps)
            }
        }
    }
}

extension ComparisonMatrix.Entry {
    /// Says whether the refusal was given in the name of an upstream.
    fileprivate var speaksForUpstream: Bool {
        result.exchanges.contains { $0.reading.cause == cause && $0.reading.speaker == .upstream }
    }

    /// Says whether both are asked for the same model, by whatever name; a model that was not named may be any.
    fileprivate func asksLike(_ other: Self) -> Bool {
        guard let one = result.target.model, let another = other.result.target.model else { return true }
        return ModelNames.areAlike(one, another)
    }

    fileprivate func isElsewhere(than other: Self) -> Bool { result.target.baseURL != other.result.target.baseURL }

    /// Says whether two cells of one target failed for the same reason.
    fileprivate func tellsLike(_ other: Self) -> Bool {
        cell.subject == other.cell.subject && cause == other.cause && result.verdict.reason == other.result.verdict.reason
    }
}

extension [ComparisonMatrix.Entry] {
    fileprivate func models(or unnamed: String) -> String { map { $0.result.target.model ?? unnamed }.unique.listed }
}
