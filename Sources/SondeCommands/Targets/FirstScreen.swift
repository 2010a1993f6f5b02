import Sonde

/// What somebody sees who has no key yet: where keys were looked for, what is nearly right, and what to do.
struct FirstScreen {
    let catalog: VendorCatalog
    let environment: [String: String]
    var workingFolder = "."

    var error: UsageError {
        let variables = catalog.vendors.flatMap(\.key.variables)
        var help: EchoedText = "Looked at: \(own: variables.prefix(8).joined(separator: ", "))"
        if variables.count > 8 { help.append(" and \(variables.count - 8) more ('sonde vendors' names them)") }
        help.append(".")
        for (found, wanted) in nearMisses { help.append("\n\(own: found) is set, but no client reads it; did you mean \(own: wanted)?") }
        for (file, names) in DotenvFile.files(with: catalog.keyVariables, in: workingFolder) {
            help.append("\nThe file \(own: file) has \(own: names.joined(separator: ", ")): sonde check --all --env-file \(own: file)")
        }
        help.append("\nSet the key and name the service: sonde check vercel. Or try it without any key: sonde demo")
        return UsageError(.missingArgument, "No target is named and no API key is in the environment", help: help)
    }

    /// Variables that are set under a name that only looks right.
    private var nearMisses: [(found: String, wanted: String)] {
        catalog.vendors.flatMap { vendor in
            vendor.key.nearMisses.filter { environment[$0] != nil }.compactMap { name in vendor.key.variables.first.map { (name, $0) } }
        }
    }
}
