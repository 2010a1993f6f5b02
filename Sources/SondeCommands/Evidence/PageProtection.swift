import Sonde

/// What protects a page of evidence: everything it must not hold is taken out first, and looked for afterwards.
struct PageProtection {
    var secrets: [ProtectedSecret]
    var patterns: [Pattern]

    /// A report as a part of a page.
    ///
    /// - Parameters:
    ///   - name: That of its file, where there are several.
    ///   - keepsIdentifiers: Says whether identifiers stay, as far as the report still has them.
    func source(_ report: Report, name: String? = nil, keepsIdentifiers: Bool = false) -> EvidencePage.Source {
        let keeps = keepsIdentifiers && report.includesIdentifiers
        var customers: [ProtectedSecret] = []
        var seen: Set<String> = []
        for target in report.targets.map(\.target) where !keeps {
            for name in target.vendor.customerNames(in: target.baseURL) + target.baseURL.customerNames where seen.insert(name).inserted {
                var customer = ProtectedSecret(Secret(name), name: "account id")
                customer.isIdentifier = true
                customers.append(customer)
            }
        }
        // Everybody knows them; below a wildcard are the customers' own.
        let hosts = Set(report.targets.map(\.target.vendor).filter(\.isBuiltIn).flatMap(\.hosts).filter { !$0.hasPrefix("*") })
        let redactor = Redactor(
            secrets: secrets + customers, patterns: patterns, keepsIdentifiers: keeps, publicHosts: hosts.sorted())
        return EvidencePage.Source(report: report, name: name, redactor: redactor, keepsIdentifiers: keeps)
    }

    func check(keepsIdentifiers: Bool) -> PageCheck {
        PageCheck(secrets: secrets, patterns: patterns, keepsIdentifiers: keepsIdentifiers)
    }

    /// The page about one report, for `-o evidence=FILE`; identifiers are never in it.
    func page(of report: Report) throws(UsageError) -> [UInt8] {
        let page = EvidencePage(sources: [source(report)]).text
        try check(keepsIdentifiers: false).approve(page, remedy: "Please report this.")
        return Array(page.utf8)
    }
}
