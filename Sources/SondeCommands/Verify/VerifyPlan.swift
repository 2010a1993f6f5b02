import Sonde

/// What a verification will ask, and what is not as it was.
struct VerifyPlan {
    let report: Report
    /// One for each target that had failed, in the order of the report.
    let verifications: [Verification]
    let differences: [Difference]

    var targets: [Target] { verifications.map(\.evidence.target) }

    /// Looks up keys, routes and addresses anew: nothing that leads anywhere is taken from the report but its base URLs, and to those a
    /// key goes only where the vendor's manifest or `--key` allows it.
    init(
        _ saved: EarlierReport, arguments: ParsedArguments, catalog: VendorCatalog, environment: [String: String], limits: RunLimits
    ) async throws {
        report = saved.report
        let failed = saved.report.targets.filter(\.hasFailed)
        let located = try failed.map { (result) throws(UsageError) in
            try LocatedOrder(Self.order(result.target, catalog), environment: environment)
        }
        let keys = try KeyAssignments(arguments.strings(Options.key), orders: located, reader: KeyReader(environment: environment))
        let builder = TargetBuilder(
            catalog: catalog, environment: environment, keys: keys, routes: try RouteOptions(arguments, environment: environment),
            shared: TargetBuilder.Shared(
                model: arguments.string(Options.model), scopes: CheckOptions.scopes(arguments),
                headers: try HeaderOption.headers(arguments.strings(Options.header), orders: located, environment: environment),
                allowsPlainHTTP: arguments.flag(Options.allowHTTP)))
        var allowed = Diagnosis.Options()
        allowed.usesControl = !arguments.flag(Options.noControl)
        allowed.hasOwnBody = limits.customBody != nil
        var verifications: [Verification] = []
        var differences: [Difference] = []
        for (before, order) in zip(failed, located) {
            let own = OwnAddress(before.target.vendor, environment: environment)
            var target = own.withholding(from: try await builder.target(order), named: CheckOptions.scopes(arguments))
            target.name = before.target.name
            let verification = Verification(of: before, at: target, options: allowed)
            verifications.append(verification)
            differences += Difference.found(in: before, verification, limits: limits, located: own.expected(for: before.target))
        }
        self.verifications = verifications
        let proxies = Difference.proxyVariables(
            before: report.network.proxyVariables, now: ProxyEnvironment(environment).names,
            isUsed: verifications.contains { $0.evidence.target.route.name == "env" })
        self.differences = [proxies].compactMap(\.self) + differences
    }

    /// Of a route only the words that name no place are taken.
    ///
    /// A target at any other address that a report calls by a vendor's name goes by its address: whoever writes `--key vercel=SOURCE`
    /// means the vendor.
    private static func order(_ target: Target, _ catalog: VendorCatalog) -> TargetOrder {
        let isOther = catalog.vendor(named: target.name).map { !$0.owns(target.baseURL) } ?? false
        return TargetOrder(
            name: isOther ? target.baseURL.text : target.name, vendor: target.vendor, baseURL: target.baseURL.text, model: target.model,
            route: ["direct", "env", "ipv4", "ipv6"].first { $0 == target.route.name })
    }

    /// - Throws: When anything differs that was not to be mended in the first place.
    func refuseDifferences() throws(UsageError) {
        let grave = differences.filter { !$0.isRemedy }
        guard !grave.isEmpty else { return }
        var help: EchoedText = ""
        for difference in grave.prefix(Self.shownDifferences) {
            if let target = difference.target { help.append("\(outside: target), ") }
            help.append("\(own: difference.subject.phrase): then \(outside: difference.before), now \(outside: difference.now)")
            if let remedy = difference.remedy { help.append(" (\(outside: remedy))") }
            help.append(".\n")
        }
        if grave.count > Self.shownDifferences { help.append("\(grave.count - Self.shownDifferences) more differ.\n") }
        help.append(
            "Mend what differs. If it is what you changed on purpose, repeat the requests all the same with --despite-differences; the report then says what differed."
        )
        let what: EchoedText = grave.count == 1 ? "1 thing is" : "\(grave.count) things are"
        throw UsageError(
            .configuration, "\(what) not as when the report was made, so before and after cannot be compared; nothing was sent", help: help)
    }

    private static let shownDifferences = 8
}

/// Where a vendor's requests go when nobody says otherwise: the address a report must not choose for a key.
struct OwnAddress {
    private let vendor: Vendor
    /// As the vendor's manifest and variables say now; nil where they say none.
    private let located: BaseURL?

    init(_ vendor: Vendor, environment: [String: String]) {
        self.vendor = vendor
        located = try? LocatedOrder(TargetOrder(name: vendor.id, vendor: vendor), environment: environment).baseURL
    }

    /// The address to hold the report's against; nil where somebody had named that one, so that no variable had a say.
    func expected(for target: Target) -> BaseURL? {
        let wasFound =
            target.baseURL == vendor.baseURL || vendor.baseURLTemplate != nil
            || target.findings.contains { $0.reason == "base_url_variable" }
        return wasFound ? located : nil
    }

    /// The target without key, organization and the like that were found in variables, where the report alone names its address.
    ///
    /// `KeyBinding` lets such a key go to all of a vendor's hosts. Among those behind a wildcard, and at addresses that hold an account,
    /// somebody else's are, too; and on this machine anybody may listen.
    /// - Parameter named: Scopes that the user's own options name; they stay.
    func withholding(from target: Target, named: [String: String]) -> Target {
        guard !trusts(target.baseURL) else { return target }
        var target = target
        target.scopes = target.scopes.filter { named[$0.key] != nil }
        guard case .environment(let name, isVendors: true) = target.credential?.source else { return target }
        target.credential = nil
        target.findings.append(
            .missingKey(
                "key_withheld",
                "The key in env:\(name) was not sent to \(target.baseURL.text): only the report names that address. If it is yours, say so: --key env:\(name)"
            ))
        return target
    }

    private func trusts(_ address: BaseURL) -> Bool {
        address == located || (vendor.baseURLTemplate == nil && address.scheme == .https && vendor.hosts.contains(address.host))
    }
}
