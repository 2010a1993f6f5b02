import Sonde

/// The cells of a comparison before anything is sent, each with its target.
struct ComparisonPlan {
    /// One for each target, in the same order.
    var cells: [Comparison.Cell]
    /// Names to look for in every list.
    var models: [String]
    /// Measurements of each cell; nil for none.
    var rounds: Int?
    /// Where the model that was named goes by another name, a sentence each; not escaped.
    var renamings: [String] = []

    /// What results prove, in words that may be shown.
    ///
    /// - Parameter redactor: Takes out what users wrote and must not be seen; the results went through it already.
    func comparison(of results: [TargetResult], latency: LatencyComparison?, redactor: Redactor) -> Comparison {
        let shown = zip(cells, results).map { cell, result in
            var cell = cell
            cell.subject = redactor.redact(cell.subject)
            cell.route = result.target.route.name
            cell.key = result.target.credential?.source.label ?? cell.key.map(redactor.redact)
            return cell
        }
        return Comparison(cells: shown, results: results, models: models.map(redactor.redact), latency: latency)
    }
}

/// Makes the targets of a comparison: every combination of what was ordered, the routes and the keys.
struct ComparisonBuilder {
    let catalog: VendorCatalog
    let environment: [String: String]
    let arguments: ParsedArguments
    let profile: ProfileFile?

    /// Targets and plan, each target with a name of its own.
    func build() async throws(UsageError) -> (targets: [Target], plan: ComparisonPlan) {
        let orders = try TargetOrders(
            arguments: arguments, catalog: catalog, environment: environment, isInteractive: false, profile: profile
        ).orders().map { (order) throws(UsageError) in try LocatedOrder(order, environment: environment) }
        let routes = try RouteOptions(
            arguments, environment: environment, profileRoutes: profile?.profile.routes ?? [], absentInterface: .isFinding)
        let ways = ways(orders)
        let keys = try ComparedKeys(arguments.strings(Options.keys), orders: orders)
        guard orders.count * ways.count > 1 || orders.contains(where: { keys.texts(for: $0).count > 1 }) else {
            throw UsageError(
                .missingArgument, "One target over one route with one key: there is nothing to compare",
                help: "Name a second target, or give --route or --key twice. To check one target: sonde check.")
        }
        let count = orders.reduce(0) { $0 + ways.count * keys.texts(for: $1).count }
        guard count <= Comparison.cellLimit else {
            throw UsageError(
                .conflict, "These are \(count) combinations, and \(Comparison.cellLimit) can be compared",
                help: "Name fewer targets, routes or keys. Nothing was sent.")
        }
        let headers = try HeaderOption.headers(arguments.strings(Options.header), orders: orders, environment: environment)
        let models = arguments.strings(Options.models).flatMap { $0.split(separator: ",").map(String.init) }
        let reader = KeyReader(environment: environment)
        let cache = KeyAssignments.Cache()
        var targets: [Target] = []
        var cells: [Comparison.Cell] = []
        var numbers: [Secret: Int] = [:]
        var renamings: [String] = []
        for located in orders {
            let vendors = orders.map(\.order.vendor)
            let wanted = arguments.string(Options.model)
            let named = wanted.map { ModelNames.name(of: $0, at: located.order.vendor, among: vendors, known: catalog.vendors) }
            let renaming = named.flatMap { name in
                wanted.flatMap { $0 == name ? nil : "\(located.order.name) is asked for \(name), as \($0) is called there." }
            }
            if let renaming { renamings.append(renaming) }
            let texts = keys.texts(for: located)
            for text in texts {
                let builder = TargetBuilder(
                    catalog: catalog, environment: environment,
                    keys: try KeyAssignments(text.map { [$0] } ?? [], orders: [located], reader: reader, cache: cache), routes: routes,
                    shared: TargetBuilder.Shared(
                        model: named, scopes: CheckOptions.scopes(arguments), headers: headers,
                        allowsPlainHTTP: arguments.flag(Options.allowHTTP)))
                for way in ways {
                    var target = try await builder.target(located, over: way)
                    let subject = target.name
                    if ways.count > 1 { target.name += " over \(target.route.name)" }
                    var key = try Self.source(text)
                    if let credential = target.credential { key = credential.source.label }
                    if texts.count > 1, let key { target.name += " with \(key)" }
                    target.comparedModels = models
                    if let renaming { target.findings.append(Finding("model", .note, reason: "model_renamed", renaming)) }
                    // No cell uses another's connection, address or TLS session, though their routes may be alike.
                    target.route.isolation = targets.count + 1
                    let number = target.credential.map { credential in
                        let number = numbers[credential.secret] ?? numbers.count + 1
                        numbers[credential.secret] = number
                        return number
                    }
                    var proxy: String?
                    if case .fixed(let fixed) = target.route.proxy { proxy = fixed.display }
                    cells.append(
                        Comparison.Cell(
                            target: targets.count, subject: subject, route: target.route.name, key: key,
                            keyNumber: number, proxy: proxy))
                    targets.append(target)
                }
            }
        }
        for (index, name) in targets.map(\.name).toldApart.enumerated() { targets[index].name = name }
        return (
            targets, ComparisonPlan(cells: cells, models: models, rounds: arguments.integer(Options.samples), renamings: renamings.unique)
        )
    }

    /// The routes that were named; else all of the profile's, unless its targets choose among them themselves.
    private func ways(_ orders: [LocatedOrder]) -> [String?] {
        let named = arguments.strings(Options.routes)
        if !named.isEmpty { return named }
        let known = profile?.profile.routes.map(\.name) ?? []
        return known.isEmpty || orders.contains { $0.order.route != nil } ? [nil] : known
    }

    /// What a cell's key is called where its source held none.
    private static func source(_ text: String?) throws(UsageError) -> String? {
        guard let text else { return nil }
        return try KeyAssignment(text).source.display
    }
}

/// The keys of a comparison: those that name a target for it, the others for all, if all are one service.
struct ComparedKeys {
    private let assignments: [(assignment: KeyAssignment, text: String)]

    /// - Throws: When a key is meant for several origins, or names a target that there is not.
    init(_ texts: [String], orders: [LocatedOrder]) throws(UsageError) {
        assignments = try texts.map { (text) throws(UsageError) in (try KeyAssignment(text), text) }
        // Each by itself must be a key that one run could take.
        for text in texts { _ = try KeyAssignments([text], orders: orders.filter(by: text), reader: KeyReader(environment: [:])) }
    }

    /// The keys for one target, as they were written; one that stands for what its variables hold where none was named.
    func texts(for located: LocatedOrder) -> [String?] {
        let own = assignments.filter { $0.assignment.isFor(located) }
        let meant = own.isEmpty ? assignments.filter { $0.assignment.target == nil } : own
        return meant.isEmpty ? [nil] : meant.map(\.text)
    }
}

extension [LocatedOrder] {
    /// Those that a key could be for: the named ones, or those that no other key names.
    fileprivate func filter(by text: String) throws(UsageError) -> [LocatedOrder] {
        let assignment = try KeyAssignment(text)
        guard assignment.target != nil else { return self }
        let meant = filter(assignment.isFor)
        return meant.isEmpty ? self : meant
    }
}
