import Sonde
import SondeJSON

/// Reports of several machines as one comparison: each is judged again, nothing is sent.
struct MergedReports {
    let paths: [String]
    let catalog: VendorCatalog
    let environment: [String: String]

    /// - Throws: When a file is no report, or there is only one.
    func report() throws -> Report {
        guard paths.count > 1 else {
            throw UsageError(
                .missingArgument, "One report alone is nothing to compare", help: "Give '--from' for each report, at least twice.")
        }
        for (index, path) in paths.enumerated() where paths[..<index].contains(path) {
            throw UsageError(
                .conflict, "The report \(argument: path) is named twice, and compared with itself it differs in nothing",
                help: "Name each report once.")
        }
        let judge = try Judge(vendors: catalog.vendors)
        let redactor = Redactor.ownWords(
            secrets: RunSecrets.collect(targets: [], catalog: catalog, environment: environment),
            patterns: catalog.patterns)
        let places = Self.places(of: paths).map(redactor.redact)
        var reports: [Report] = []
        for path in paths {
            let report = try SavedReport.read(path, catalog: catalog, judge: judge, keepsUnknown: true)
            // Another name for the same file, or a copy of it.
            if let twin = reports.firstIndex(where: { $0.startedAt == report.startedAt && $0.json == report.json }) {
                throw UsageError(
                    .conflict, "\(argument: paths[twin]) and \(argument: path) are the same report, which differs from itself in nothing",
                    help: "Name each report once.")
            }
            let subjects = report.targets.map(\.target.name)
            if report.comparison == nil, let index = subjects.indices.first(where: { subjects[..<$0].contains(subjects[$0]) }) {
                throw UsageError(
                    .configuration, "\(argument: path) has two targets with the name \(argument: subjects[index])",
                    help: "Check them under a name each: what is compared goes by its name.")
            }
            reports.append(report)
        }
        let count = reports.reduce(0) { $0 + $1.targets.count }
        guard count <= Comparison.cellLimit else {
            throw UsageError(
                .conflict, "The reports have \(count) targets, and \(Comparison.cellLimit) can be compared",
                help: "Compare fewer reports at a time, or reports of fewer targets.")
        }
        guard let first = reports.min(by: { $0.startedAt < $1.startedAt }) else { preconditionFailure("no report was read") }
        var targets: [TargetResult] = []
        var cells: [Comparison.Cell] = []
        var models: [String] = []
        for (report, place) in zip(reports, places) {
            let known = report.comparison?.cells ?? []
            models += report.comparison?.offers.map(\.model) ?? []
            for (index, result) in report.targets.enumerated() {
                let cell = known.first { $0.target == index }
                cells.append(
                    Comparison.Cell(
                        target: targets.count, subject: redactor.redact(cell?.subject ?? result.target.name),
                        route: redactor.redact(result.target.route.name),
                        key: cell?.key.map(redactor.redact) ?? result.target.credential?.source.label,
                        proxy: cell?.proxy.map(redactor.redact),
                        place: [place, cell?.place.map(redactor.redact)].compactMap(\.self).joined(separator: ", ")))
                var shown = result.redacted(by: redactor)
                shown.target.name = "\(place): \(shown.target.name)"
                targets.append(shown)
            }
        }
        for (index, name) in targets.map(\.target.name).toldApart.enumerated() { targets[index].target.name = name }
        var merged = Report(
            startedAt: first.startedAt, zoneOffsetSeconds: first.zoneOffsetSeconds, duration: reports.map(\.duration).max() ?? .zero,
            network: Report.NetworkFacts(library: first.network.library), targets: targets)
        merged.includesIdentifiers = reports.contains(where: \.includesIdentifiers)
        merged.comparison = Comparison(cells: cells, results: targets, models: models)
        return merged
    }

    /// The files' names without folder and suffix, with as many folders as it takes to tell them apart.
    private static func places(of paths: [String]) -> [String] {
        let parts = paths.map { path in (path.hasSuffix(".json") ? String(path.dropLast(5)) : path).split(separator: "/") }
        return parts.map { own in
            let count = (1...max(1, own.count)).first { count in parts.count { $0.suffix(count) == own.suffix(count) } == 1 }
            return own.suffix(count ?? own.count).joined(separator: "/")
        }.toldApart
    }
}
