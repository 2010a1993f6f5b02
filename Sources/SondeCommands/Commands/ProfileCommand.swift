import Sonde
import SondeJSON

/// `sonde profile check|init [FILE]`: tries a profile without sending anything, or writes one from the keys that are there.
struct ProfileCommand: Command {
    static let spec = CommandSpec.profile
    private let arguments: ParsedArguments
    private let action: Action

    private enum Action: String, CaseIterable {
        case check, `init`
    }

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
        guard let word = arguments.positionals.first else {
            throw UsageError(.missingArgument, "Say what to do with a profile: check, or init")
        }
        guard let action = Action(rawValue: word) else {
            throw .unknown(
                "action", word, among: Action.allCases.map(\.rawValue),
                help: "It is 'sonde profile check FILE' or 'sonde profile init FILE'.")
        }
        self.action = action
        guard arguments.positionals.count <= 2 else {
            throw UsageError(.conflict, "More than one profile is named", help: "Name one file.")
        }
        if action == .check, arguments.positionals.count < 2 {
            throw UsageError(.missingArgument, "No profile is named", help: "Write 'sonde profile check FILE'.")
        }
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let (environment, catalog) = try tools.prepare(arguments, console)
        switch action {
        case .check: try check(arguments.positionals[1], catalog, environment, console)
        case .`init`: try initialize(arguments.positionals.dropFirst().first ?? "sonde.json", catalog, environment, console)
        }
        return .pass
    }

    // MARK: Checking

    /// All that can be wrong before a request: syntax, names, variables, vendors, routes, addresses, policy, baseline.
    private func check(_ path: String, _ catalog: VendorCatalog, _ environment: [String: String], _ console: Console) throws {
        guard
            let profile = try ProfileFile.load(
                path, environment: environment, catalog: catalog, keySources: KeyVariables.named(in: arguments))
        else {
            preconditionFailure("the argument is not optional")
        }
        let orders = try TargetOrders(
            arguments: arguments, catalog: catalog, environment: environment, isInteractive: false, profile: profile
        ).orders(of: []).map { (order) throws(UsageError) in try LocatedOrder(order, environment: environment) }
        let policy = GatePolicy(profile: profile)
        try policy.check()
        _ = try policy.names(redactedBy: .ownWords(secrets: []))
        _ = try policy.baseline(catalog: catalog, judge: Judge(vendors: catalog.vendors))
        var lines = ["\(TerminalText.escaped(path)): a profile with \(orders.count) \(orders.count == 1 ? "target" : "targets")"]
        let own = Redactor.ownWords(secrets: RunSecrets.collect(targets: [], catalog: catalog, environment: environment))
        for order in orders {
            let key = order.order.key?.display ?? order.order.vendor.key.variables.first.map { "env:\($0)" } ?? "no key"
            let words = ["\(order.order.vendor.name)", order.baseURL.text, "key from \(key)", order.order.model.map { "model \($0)" }]
            lines += TerminalText.wrapped(
                TerminalText.escaped(own.redact("\(order.order.name): \(words.compactMap(\.self).joined(separator: ", "))")),
                to: console.width, indent: 2, hanging: 4)
        }
        lines.append(
            profile.profile.policy == nil ? "  no policy: 'sonde gate' asks every target to pass" : "  with a policy for 'sonde gate'")
        console.write(lines.joined(separator: "\n") + "\n")
    }

    // MARK: Making one

    /// A profile that names a target for each key in the environment, and no key.
    private func initialize(_ path: String, _ catalog: VendorCatalog, _ environment: [String: String], _ console: Console) throws {
        var found = catalog.vendors.compactMap { vendor -> (vendor: Vendor, variable: String)? in
            guard vendor.baseURLTemplate?.missing(in: environment).isEmpty ?? true else { return nil }
            return vendor.key.variables.first { !(environment[$0] ?? "").isEmpty }.map { (vendor, $0) }
        }
        guard !found.isEmpty else { throw FirstScreen(catalog: catalog, environment: environment).error }
        let isAsking = console.isInteractive && console.terminals.input
        if isAsking {
            found = found.filter { console.asks("Check \($0.vendor.name) with the key in \($0.variable)?", usually: .yes) }
            guard !found.isEmpty else { throw UsageError(.missingArgument, "No target was chosen, so no profile was written") }
        }
        if path != "-", (try? System.status(of: path, .follow)) != nil {
            guard isAsking, console.asks("Replace \(TerminalText.escaped(path))?", usually: .no) else {
                throw UsageError(.file, "\(argument: path) is there already", help: "Name another file, or remove it first.")
            }
        }
        let targets = found.map { vendor, variable in
            JSON.object(
                JSON.Object([("name", .string(vendor.id)), ("vendor", .string(vendor.id)), ("key", .string("env:\(variable)"))]))
        }
        let document: JSON = [
            "$schema": "profile.schema.json",
            "targets": .array(targets),
            "policy": ["require": ["reachability", "auth", "inference"]],
        ]
        var bytes: [UInt8] = []
        document.write(to: &bytes, pretty: true)
        bytes.append(UInt8(ascii: "\n"))
        guard path != "-" else {
            console.write(bytes)
            return
        }
        try console.commit(bytes, to: AtomicFile.prepare(path))
        console.note("Wrote \(TerminalText.escaped(path)), without any key. Try it: sonde gate \(TerminalText.escaped(path))")
    }
}
