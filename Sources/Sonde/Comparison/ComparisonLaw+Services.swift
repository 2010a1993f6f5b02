extension ComparisonLaw {
    /// What differs between services, and what they share.
    static let services: [ComparisonLaw] = [
        ComparisonLaw(
            "gateway-decides", "What works direct and fails through a gateway is about the gateway: its account, its tier, its routing."
        ) { matrix in
            contrasts(matrix) { failing, working in
                failing.vendor.kind == .gateway && working.vendor.kind == .direct && failing.asksLike(working)
                    && !Cause.key.contains(failing.cause)
                    && failing.cause != .modelUnavailable
            }.map { failing, working in
                let upstream =
                    failing.speaksForUpstream ? " The refusal is the upstream's, so the gateway calls it with an account that may not." : ""
                return Finding(
                    text:
                        "\(working.cell.subject) works direct, and fails through \(failing.cell.subject) (\(failing.finding)): it is the gateway's account, tier or routing, not the model or this network.\(upstream)",
                    confidence: failing.contrastConfidence, owner: failing.result.verdict.owner, entries: [failing, working],
                    nextSteps: failing.result.verdict.nextSteps)
            }
        },
        ComparisonLaw(
            "direct-decides", "What works through a gateway and fails direct is about the direct account, key or region."
        ) { matrix in
            contrasts(matrix) { failing, working in
                failing.vendor.kind == .direct && working.vendor.kind == .gateway && failing.asksLike(working)
            }.map { failing, working in
                Finding(
                    text:
                        "\(working.cell.subject) works, and \(failing.cell.subject) fails direct (\(failing.finding)): it is the account or key there, or where you call from; the gateway calls with another account, from elsewhere.",
                    confidence: failing.contrastConfidence, owner: failing.result.verdict.owner, entries: [failing, working],
                    nextSteps: failing.result.verdict.nextSteps)
            }
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
            }
        },
        ComparisonLaw(
            "model-decides", "What works with one model and fails with another at the same address, with the same key, is about the model."
        ) { matrix in
            matrix.byService.flatMap { group in
                pairs(group) { failing, working in
                    failing.result.target.baseURL == working.result.target.baseURL && failing.keyIdentity == working.keyIdentity
                        && failing.result.target.model != working.result.target.model && failing.result.target.model != nil
                        && failing.isRefusedByAPI
                }.map { failing, working in
                    Finding(
                        text:
                            "\(failing.vendor.name) answers with \(working.result.target.model ?? "its usual model"), and not with \(failing.result.target.model ?? "") (\(failing.finding)): it is the model.",
                        confidence: failing.contrastConfidence, owner: failing.result.verdict.owner, entries: [failing, working],
                        nextSteps: failing.result.verdict.nextSteps)
                }
            }
        },
        ComparisonLaw(
            "one-service-decides", "What one service serves over a way that another refuses on is no matter of the way."
        ) { matrix in
            contrasts(matrix) { failing, working in
                (failing.vendor.kind == .gateway) == (working.vendor.kind == .gateway)
                    && failing.result.target.baseURL != working.result.target.baseURL && failing.isRefusedByAPI
            }.map { failing, working in
                Finding(
                    text:
                        "\(working.cell.subject) works over \(failing.way), and \(failing.cell.subject) refuses (\(failing.finding)): this machine and its network are fine, it is \(failing.vendor.name) or the account there.",
                    confidence: failing.contrastConfidence, owner: failing.result.verdict.owner, entries: [failing, working],
                    nextSteps: failing.result.verdict.nextSteps)
            }
        },
        ComparisonLaw(
            "one-host-unreachable", "Where one host answers and another does not, over the same way, the machine is online."
        ) { matrix in
            matrix.byService.flatMap { group -> [Finding] in
                guard let reached = group.first(where: \.wasAnswered) else { return [] }
                return group.failing.filter { entry in
                    !entry.wasAnswered && Cause.network.contains(entry.cause)
                        && entry.result.target.baseURL.host != reached.result.target.baseURL.host
                }.map { entry in
                    Finding(
                        text:
                            "\(reached.cell.subject) answers over \(entry.way), and \(entry.result.target.baseURL.host) does not (\(entry.finding)): the machine is online, it is that host or a filter in front of it.",
                        confidence: .likely, owner: entry.result.verdict.owner, entries: [entry, reached],
                        nextSteps: entry.result.verdict.nextSteps)
                }
            }
        },
        ComparisonLaw(
            "way-is-shared", "Where different services fail alike at what lies between, it is the way that they share."
        ) { matrix in
            matrix.byService.compactMap { group in
                let hosts = Set(group.map(\.result.target.baseURL.host))
                guard hosts.count > 1, let cause = group.sharedCause, Cause.ofTheWay.contains(cause),
                    group.allSatisfy({ $0.state == .fails })
                else { return nil }
                return Finding(
                    text:
                        "\(group.subjects) all fail alike over \(group[0].way) (\(cause.rawValue)): it is the way they share, none of the services.",
                    confidence: .likely, owner: .network, entries: group, nextSteps: group[0].result.verdict.nextSteps)
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
            return [
                Finding(
                    text:
                        "\(matrix.entries.count == 2 ? "Both" : "All \(matrix.entries.count)") work: no check tells them apart.",
                    confidence: .certain, entries: matrix.entries)
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

    /// Pairs of a failing and a working entry on the same way; for each that fails, the first that works.
    private static func contrasts(
        _ matrix: ComparisonMatrix, where fits: (_ failing: ComparisonMatrix.Entry, _ working: ComparisonMatrix.Entry) -> Bool
    ) -> [(failing: ComparisonMatrix.Entry, working: ComparisonMatrix.Entry)] {
        matrix.byService.flatMap { group in
            pairs(group) { failing, working in
                // One that did not answer at all says nothing about accounts; see `one-host-unreachable`.
                failing.wasAnswered && !Cause.ofTheWay.contains(failing.cause)
                    && failing.result.target.baseURL != working.result.target.baseURL
                    && fits(failing, working)
            }
        }
    }

    private static func pairs(
        _ group: [ComparisonMatrix.Entry], where fits: (_ failing: ComparisonMatrix.Entry, _ working: ComparisonMatrix.Entry) -> Bool
    ) -> [(failing: ComparisonMatrix.Entry, working: ComparisonMatrix.Entry)] {
        group.failing.compactMap { failing in group.working.first { fits(failing, $0) }.map { (failing, $0) } }
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

    /// What passes by itself may have passed between two requests.
    fileprivate var contrastConfidence: Confidence { result.verdict.isRetryable ? .possible : .likely }
}
