extension ComparisonLaw {
    /// What differs with the key, and what does not.
    static let keys: [ComparisonLaw] = [
        ComparisonLaw(
            "same-key-twice", "Two sources that hold the same key are one key; their agreement proves nothing about keys."
        ) { matrix in
            matrix.byKey.compactMap { group in
                let twins = Dictionary(grouping: group.filter { $0.cell.keyNumber != nil }) { $0.keyIdentity }.values.filter {
                    $0.count > 1
                }
                guard let pair = twins.min(by: { $0[0].index < $1[0].index }), pair.compactMap(\.cell.key).unique.count > 1 else {
                    return nil
                }
                return Finding(
                    text: "\(pair.compactMap(\.cell.key).unique.listed) hold the same key: between them nothing is compared.",
                    confidence: .certain, owner: .you, entries: pair, nextSteps: ["Name the place of the other key."])
            }.uniqueTexts
        },
        ComparisonLaw(
            "key-decides", "What works with one key and fails with another, on the same way, is about that key."
        ) { matrix in
            matrix.byKey.flatMap { group -> [Finding] in
                guard !group.working.isEmpty else { return [] }
                return group.failing.filter { entry in
                    // What died on the way, or came from somebody else, says nothing of the key.
                    (entry.isRefusedByAPI || Cause.key.contains(entry.cause)) && !Cause.ofTheWay.contains(entry.cause)
                        && !group.working.contains { $0.keyIdentity == entry.keyIdentity }
                }.map { entry in
                    let differs = group.working.allSatisfy { $0.surelyDiffers(inKeyFrom: entry) }
                    return Finding(
                        text:
                            "\(entry.vendor.name) works with the key from \(group.working.compactMap(\.cell.key).unique.listed) and fails with \(entry.cell.key.map { "the one from \($0)" } ?? "none") (\(entry.finding)): \(entry.keyIdentity.isEmpty ? "there is no key" : "\(differs ? "" : "if they are different keys, ")it is that key, or the account, project or rights behind it").",
                        confidence: entry.result.verdict.isRetryable ? .possible : differs ? .certain : .likely,
                        owner: entry.result.verdict.owner,
                        entries: group.working + [entry], nextSteps: entry.result.verdict.nextSteps)
                }
            }.uniqueTexts
        },
        ComparisonLaw(
            "keys-all-refused", "Where every key is refused as a key, the keys are not for this service, or none of them is alive."
        ) { matrix in
            matrix.byKey.compactMap { group in
                guard group.areDifferentKeys, group.allSatisfy({ [.keyRejected, .keyMalformed].contains($0.cause) }) else { return nil }
                return Finding(
                    text:
                        "\(group[0].vendor.name) refuses every one of \(group.map(\.keyIdentity).unique.count) keys\(group.areSurelyDifferentKeys ? "" : ", if they are different ones,") as a key: they belong to another service or address, or all of them were revoked.",
                    confidence: .likely, owner: .you, entries: group,
                    nextSteps: [
                        "Look up where the keys were made, and that it is \(group[0].vendor.name); then make one new key there and try it."
                    ])
            }.uniqueTexts
        },
        ComparisonLaw(
            "account-decides", "The same refusal with different keys, of a kind that accounts get, is about the account."
        ) { matrix in
            matrix.byKey.compactMap { group in
                guard group.areDifferentKeys, let cause = group.sharedCause, Cause.ofTheAccount.contains(cause),
                    group.allSatisfy(\.isRefusedByAPI)
                else { return nil }
                let ways = waysRefused(matrix, group[0].service, cause)
                let differ = group.areSurelyDifferentKeys
                return Finding(
                    text:
                        "\(group[0].vendor.name) refuses \(group.map(\.keyIdentity).unique.count) \(differ ? "different keys" : "keys") in the same words (\(group[0].finding))\(ways > 1 ? ", on \(ways) ways" : ""): \(differ ? "" : "if they are different keys, ")it is the account behind them, neither a key nor the network.",
                    confidence: ways > 1 && differ ? .certain : .likely, owner: group[0].result.verdict.owner, entries: group,
                    nextSteps: group[0].result.verdict.nextSteps)
            }.uniqueTexts
        },
    ]
}

extension ComparisonLaw {
    /// On how many ways at least two different keys got the same refusal.
    fileprivate static func waysRefused(_ matrix: ComparisonMatrix, _ service: String, _ cause: Cause) -> Int {
        let refused = matrix.entries.filter { $0.service == service && $0.cause == cause }
        return Dictionary(grouping: refused, by: \.way).values.count { Set($0.map(\.keyIdentity)).count > 1 }
    }
}

extension [ComparisonMatrix.Entry] {
    /// Says whether every one has a key, and at least two of them differ.
    fileprivate var areDifferentKeys: Bool {
        allSatisfy { !$0.keyIdentity.isEmpty } && Set(map(\.keyIdentity)).count > 1
    }

    /// Says whether all that go by different names are shown to be different.
    fileprivate var areSurelyDifferentKeys: Bool {
        allSatisfy { one in allSatisfy { $0.keyIdentity == one.keyIdentity || $0.surelyDiffers(inKeyFrom: one) } }
    }
}

extension [ComparisonLaw.Finding] {
    /// What several ways show alike is said once, with all the cells.
    var uniqueTexts: Self {
        var findings: Self = []
        for finding in self {
            if let index = findings.firstIndex(where: { $0.text == finding.text }) {
                findings[index].entries += finding.entries
                findings[index].confidence = Swift.min(findings[index].confidence, finding.confidence)
            } else {
                findings.append(finding)
            }
        }
        return findings
    }
}

extension Cause {
    /// The refusals that hang on an account, not on one of its keys.
    static let ofTheAccount: Set<Cause> = [.accountDenied, .billingBlocked]
}
