import Sonde

/// `sonde vendors [ID]`: what is known of the services.
struct VendorsCommand: Command {
    static let spec = CommandSpec.vendors
    private let arguments: ParsedArguments

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let catalog = try tools.vendors.load(
            directories: arguments.strings(Options.vendorDirectory), overridden: arguments.strings(Options.overrideVendor),
            environment: console.environment)
        guard let name = arguments.positionals.first else {
            console.write(list(catalog.vendors, width: console.width))
            return .pass
        }
        guard let vendor = catalog.vendor(named: name) else { throw UsageError.unknown("vendor", name, among: catalog.names) }
        let style = console.style(arguments.choice(Options.color, as: ColorChoice.self) ?? .auto)
        console.write(page(vendor, style: style, width: console.width))
        return .pass
    }

    private func list(_ vendors: [Vendor], width: Int) -> String {
        let idWidth = vendors.map { TerminalText.width($0.id) }.max() ?? 0
        let lines = vendors.flatMap { vendor in
            let keys =
                vendor.key.variables.first.map { "key in \($0)" }
                ?? (vendor.key.isOptional ? "key optional, named with --key" : "key named with --key")
            return TerminalText.labeled(vendor.id, column: idWidth + 2, TerminalText.escaped("\(vendor.name); \(keys)"), to: width)
        }
        return (lines + [""] + TerminalText.wrapped("See 'sonde vendors ID' for what is known of one.", to: width)).joined(separator: "\n")
            + "\n"
    }

    private func page(_ vendor: Vendor, style: Style, width: Int) -> String {
        var rows: [(String, String)] = [("id", ([vendor.id] + vendor.aliases).joined(separator: ", ")), ("kind", vendor.kind.rawValue)]
        rows.append(("base URL", vendor.baseURL?.text ?? vendor.baseURLTemplate?.text ?? "any; given as the target"))
        rows.append(("hosts", vendor.hosts.joined(separator: ", ")))
        rows.append(
            (
                "key",
                ([vendor.key.variables.joined(separator: ", ")] + (vendor.key.isOptional ? ["optional"] : [])).filter { !$0.isEmpty }
                    .joined(separator: "; ")
            ))
        rows.append(("key begins", (vendor.key.prefixes + vendor.key.tokens.map { "\($0.prefix) (\($0.name))" }).joined(separator: ", ")))
        rows.append(("sent as", "\(vendor.key.header): \(vendor.key.headerPrefix)KEY"))
        for name in Vendor.EndpointName.allCases {
            guard let endpoint = vendor.endpoints[name] else { continue }
            let facts = [
                endpoint.needsKey ? nil : "public", endpoint.provesKey ? "proves the key" : nil, endpoint.balance == nil ? nil : "balance",
                endpoint.prices == nil ? nil : "lists prices",
            ].compactMap(\.self)
            rows.append((name.rawValue, endpoint.path + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")))
        }
        rows.append(("probe models", vendor.probeModels.joined(separator: ", ")))
        rows.append(("prices known", vendor.prices.map { "\($0.model) (\($0.date))" }.joined(separator: ", ")))
        for (name, link) in vendor.links.sorted(by: { $0.key < $1.key }) { rows.append((name, link)) }
        rows.append(("support", vendor.support.map { "\($0.url); asks for: \($0.asksFor.joined(separator: ", "))" } ?? ""))
        rows.append(("status page", vendor.statusPage?.url ?? ""))
        rows.append(("verified", "\(vendor.verified.date); \(vendor.verified.sources.joined(separator: ", "))"))
        let lines = rows.filter { !$0.1.isEmpty }.flatMap { label, text in
            TerminalText.labeled(TerminalText.escaped(label), column: 16, TerminalText.escaped(text), to: width, indent: 2)
        }
        return ([style(.heading, TerminalText.escaped(vendor.name))] + lines).joined(separator: "\n") + "\n"
    }
}
