import Sonde

/// Every secret of a run: what redaction hides and the last search looks for.
enum RunSecrets {
    /// The keys of the targets, proxy passwords, values of `-H`, every vendor's key in the environment, used or not, and the ids of
    /// organizations and the like that are sent along.
    static func collect(targets: [Target], catalog: VendorCatalog, environment: [String: String]) -> [ProtectedSecret] {
        var secrets: [ProtectedSecret] = []
        var seen: Set<Secret> = []
        func add(_ secret: Secret, prefix: Int = 0, name: String = "API key", source: String) {
            guard !secret.isEmpty, seen.insert(secret).inserted else { return }
            secrets.append(ProtectedSecret(secret, publicPrefixCount: prefix, name: name, source: source))
        }
        for target in targets {
            if let credential = target.credential {
                add(credential.secret, prefix: credential.publicPrefix.utf8.count, source: credential.source.label)
            }
            for header in target.headers {
                if case .secret(_, let secret) = header.value { add(secret, name: "header value", source: "-H \(header.name)") }
            }
            if case .fixed(let proxy) = target.route.proxy, let credentials = proxy.credentials {
                add(credentials, name: "proxy password", source: "the proxy's credentials")
                let password = credentials.reveal { Array($0.drop { $0 != UInt8(ascii: ":") }.dropFirst()) }
                if password.count >= 4 { add(Secret(password), name: "proxy password", source: "the proxy's password") }
            }
        }
        for vendor in catalog.vendors {
            for name in vendor.key.variables {
                guard let value = environment[name], value.utf8.count >= 8 else { continue }
                add(Secret(value), prefix: vendor.key.publicPrefix(of: value).utf8.count, source: "env:\(name)")
            }
        }
        // Last, since a key that was given as one of them is a key all the same.
        for (scope, value) in targets.flatMap(\.scopes).sorted(by: { ($0.key, $0.value) < ($1.key, $1.value) }) {
            // A name that everybody has tells nothing, and would be looked for in every sentence.
            guard value.utf8.count > 2, value != "default", seen.insert(Secret(value)).inserted else { continue }
            let isPlain = scope.utf8.allSatisfy { Pattern.CharacterClass.alphanumeric.contains($0) }
            var identifier = ProtectedSecret(Secret(value), name: isPlain ? "\(scope) id" : "identifier")
            (identifier.isIdentifier, identifier.countsOnlyWhole) = (true, true)
            secrets.append(identifier)
        }
        return secrets
    }

    /// Every key that can be found here for saved reports: those of the vendors' variables, and of the variables that they name.
    static func collect(reports: [Report], catalog: VendorCatalog, environment: [String: String]) -> [ProtectedSecret] {
        var targets: [Target] = []
        for target in reports.flatMap(\.targets).map(\.target) {
            guard case .environment(let name, _) = target.credential?.source, let value = environment[name], value.utf8.count >= 8 else {
                continue
            }
            var target = target
            target.credential = Credential(
                source: .environment(name, isVendors: false), secret: Secret(value), publicPrefix: target.vendor.key.publicPrefix(of: value)
            )
            targets.append(target)
        }
        return collect(targets: targets, catalog: catalog, environment: environment)
    }
}
