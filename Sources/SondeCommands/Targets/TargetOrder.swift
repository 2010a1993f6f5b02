import Sonde

/// A target as somebody asked for it, before keys and addresses are looked up.
struct TargetOrder: Hashable {
    var name: String
    var vendor: Vendor
    /// As it was given; nil means the vendor's own.
    var baseURL: String?
    /// Where a profile reads the key from.
    var key: KeySource?
    var model: String?
    var scopes: [String: String] = [:]
    var route: String?
}

/// Finds out which targets are meant: arguments, a profile, or whatever has a key.
struct TargetOrders {
    let arguments: ParsedArguments
    let catalog: VendorCatalog
    let environment: [String: String]
    /// Says whether somebody is there to see a choice made for them.
    let isInteractive: Bool
    /// What `--profile` names.
    let profile: ProfileFile?

    /// The targets in order, with names that differ.
    func orders() throws(UsageError) -> [TargetOrder] {
        try orders(of: arguments.positionals)
    }

    /// - Parameter names: Those of targets, vendors or addresses; none stands for all there are.
    func orders(of names: [String]) throws(UsageError) -> [TargetOrder] {
        var orders: [TargetOrder] = []
        for argument in names {
            if let entry = profile?.targets.first(where: { $0.name == argument }), let profile {
                orders.append(try order(entry, in: profile))
            } else {
                orders.append(try order(argument, profileNames: profile?.targets.map(\.name) ?? []))
            }
        }
        if names.isEmpty {
            if let profile {
                for entry in profile.targets { orders.append(try order(entry, in: profile)) }
                if orders.isEmpty {
                    throw UsageError(
                        .configuration, "\(outside: profile.path): the profile has no targets", help: "Add one under \"targets\".")
                }
            } else if let vendor = try namedVendor() {
                orders.append(TargetOrder(name: vendor.id, vendor: vendor))
            } else {
                orders = try fromEnvironment()
            }
        }
        return Self.numbered(orders)
    }

    private func order(_ argument: String, profileNames: [String]) throws(UsageError) -> TargetOrder {
        if let vendor = catalog.vendor(named: argument) {
            if let other = try namedVendor(), other.id != vendor.id {
                throw UsageError(
                    .conflict, "The target \(argument: argument) is a vendor itself, so '--vendor \(own: other.id)' has no meaning for it",
                    help: "--vendor says which vendor is behind a base URL.")
            }
            return TargetOrder(name: vendor.id, vendor: vendor)
        }
        guard isAddress(argument) else {
            throw .unknown(
                "target", argument, among: catalog.names + profileNames + App.allCommands.map { $0.spec.name },
                help:
                    "A target is a vendor ('sonde vendors' lists them), a name in the profile, or a base URL such as https://llm.example.com/v1."
            )
        }
        let vendor = try vendor(at: argument)
        return TargetOrder(name: (try? BaseURL(parsing: argument))?.shortName ?? argument, vendor: vendor, baseURL: argument)
    }

    private func order(_ entry: Profile.Entry, in file: ProfileFile) throws(UsageError) -> TargetOrder {
        guard entry.vendor ?? entry.baseURL != nil else {
            let text: EchoedText = "the target \(argument: entry.name) has neither vendor nor base_url, and no defaults give it one"
            throw file.sources.error(UsageError(.configuration, text), in: entry)
        }
        let sources = file.sources
        let names = file.profile.routes.map(\.name)
        let named = try sources.reading("vendor", of: entry, entry.vendor ?? file.profile.defaults.vendor, as: known)
        let vendor = if entry.vendor != nil, let named { named } else { try vendor(at: entry.baseURL ?? "", usually: named) }
        _ = try sources.reading("base_url", of: entry, entry.baseURL, as: LocatedOrder.check)
        _ = try sources.reading("route", of: entry, entry.route) { (text) throws(UsageError) in
            if !names.contains(text) { _ = try RouteText(text, names: names) }
        }
        let key = try sources.reading("key", of: entry, entry.key, as: KeySource.inProfile)
        return TargetOrder(
            name: entry.name, vendor: vendor, baseURL: entry.baseURL, key: key, model: entry.model, scopes: entry.scopes, route: entry.route
        )
    }

    /// The vendor that was named, or the one whose host an address is on, or the usual one, or the one for unknown addresses.
    private func vendor(at address: String, usually usual: Vendor? = nil) throws(UsageError) -> Vendor {
        if let vendor = try namedVendor() { return vendor }
        if let host = (try? BaseURL(parsing: address))?.host, let vendor = catalog.vendor(atHost: host) { return vendor }
        if let usual { return usual }
        return try fallback()
    }

    private func namedVendor() throws(UsageError) -> Vendor? {
        guard let name = arguments.stringIfOffered(Options.vendor) else { return nil }
        return try known(name)
    }

    private func known(_ name: String) throws(UsageError) -> Vendor {
        guard let vendor = catalog.vendor(named: name) else { throw .unknown("vendor", name, among: catalog.names) }
        return vendor
    }

    /// The vendor for addresses that nobody claims: the one without an address of its own.
    private func fallback() throws(UsageError) -> Vendor {
        guard let vendor = catalog.vendors.first(where: { $0.baseURL == nil && $0.key.isOptional && $0.kind == .direct }) else {
            throw UsageError(.configuration, "No vendor stands for unknown addresses", help: "Name one with --vendor.")
        }
        return vendor
    }

    /// A word with a dot, a slash or a port is an address; a bare word is a name.
    private func isAddress(_ text: String) -> Bool {
        text.contains("/") || text.contains(".") || text.contains(":") || text == "localhost"
    }

    /// Every vendor one of whose key variables is set, if somebody is looking or asked for it.
    private func fromEnvironment() throws(UsageError) -> [TargetOrder] {
        let found = catalog.vendors.filter { vendor in
            // A key alone does not ask for a vendor whose address is not told; such keys serve other purposes, too.
            vendor.key.variables.contains { environment[$0] != nil } && (vendor.baseURLTemplate?.missing(in: environment).isEmpty ?? true)
        }
        guard !found.isEmpty else { throw FirstScreen(catalog: catalog, environment: environment).error }
        guard isInteractive || arguments.flag(Options.all) else {
            throw UsageError(
                .missingArgument, "No target is named, and nobody is looking at a terminal",
                help: "Name one (\(own: found.map(\.id).joined(separator: ", ")) have keys here), or ask for all of them with --all.")
        }
        return found.map { TargetOrder(name: $0.id, vendor: $0) }
    }

    private static func numbered(_ orders: [TargetOrder]) -> [TargetOrder] {
        var counts: [String: Int] = [:]
        return orders.map { order in
            counts[order.name, default: 0] += 1
            var order = order
            if let count = counts[order.name], count > 1 { order.name += " (\(count))" }
            return order
        }
    }
}
