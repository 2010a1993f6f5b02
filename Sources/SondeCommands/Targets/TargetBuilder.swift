import Sonde

/// Makes targets of orders: addresses, keys and where they may go, and everything noticed on the way.
struct TargetBuilder {
    let catalog: VendorCatalog
    let environment: [String: String]
    let keys: KeyAssignments
    let routes: RouteOptions
    let shared: Shared

    /// What options say of every target alike.
    struct Shared {
        var model: String?
        var scopes: [String: String]
        var headers: [Request.Header]
        var allowsPlainHTTP: Bool
    }

    /// Makes one target.
    ///
    /// - Throws: What is wrong with the order itself; what is wrong with a key is a finding of the target.
    ///
    /// - Parameter route: That of a cell of a comparison; it wins over what the order says.
    func target(_ located: LocatedOrder, over route: String? = nil) async throws(UsageError) -> Target {
        let (order, vendor, baseURL) = (located.order, located.order.vendor, located.baseURL)
        var findings = located.findings
        findings += BaseURLHygiene.findings(
            for: baseURL, vendor: vendor, hosts: catalog.hosts)
        let found = try await credential(for: located, &findings)
        var target = Target(
            name: order.name, vendor: vendor, provider: catalog.provider(of: vendor), baseURL: baseURL, credential: found,
            model: shared.model ?? order.model, scopes: scopes(of: order, &findings),
            headers: shared.headers, route: try routes.route(named: order.route, chosen: route, to: baseURL))
        if baseURL.scheme == .http, !baseURL.isLoopback, !shared.allowsPlainHTTP {
            findings.append(
                Finding(
                    "base_url", .blocking, cause: .wrongEndpoint, reason: "plain_http_refused",
                    "\(baseURL.origin) is plain http to another machine; use https, or allow it with --allow-http."))
        }
        target.findings = findings
        return target
    }

    /// The key for a target: the one that was named, or the first that the vendor's variables hold.
    private func credential(for located: LocatedOrder, _ findings: inout [Finding]) async throws(UsageError) -> Credential? {
        let (vendor, baseURL) = (located.order.vendor, located.baseURL)
        let credential: Credential
        if let (source, secret) = try await keys.named(for: located) {
            guard let secret else {
                findings.append(.missingKey("key_missing", "\(source.display) is not set; set it, or name another source."))
                return nil
            }
            credential = made(secret, source.credentialSource, vendor)
        } else if let own = fromVariables(vendor, &findings) {
            credential = own
        } else {
            return nil
        }
        guard KeyBinding.decide(credential.source, vendor: vendor, baseURL: baseURL) == .allowed else {
            let text =
                "The key in \(credential.source.label) was not sent to \(baseURL.origin): it belongs to \(vendor.name) (\(vendor.hosts.first ?? "")). If it is meant for this address, say so: --key \(credential.source.label)"
            findings.append(vendor.key.isOptional ? Finding("key", .note, reason: "key_withheld", text) : .missingKey("key_withheld", text))
            return nil
        }
        findings += KeyHygiene.findings(for: credential, vendor: vendor, others: catalog.foreignPrefixes(to: vendor))
        return credential
    }

    private func fromVariables(_ vendor: Vendor, _ findings: inout [Finding]) -> Credential? {
        let set = vendor.key.variables.compactMap { name in environment[name].map { (name: name, value: $0) } }
        let filled = set.filter { !$0.value.isEmpty }
        guard let first = filled.first else {
            if let empty = set.first {
                findings.append(.missingKey("key_empty", "\(empty.name) is set but empty; give it the key, or unset it."))
            } else if !vendor.key.isOptional {
                let misses = vendor.key.nearMisses.filter { environment[$0] != nil }
                var hint = misses.isEmpty ? "" : " \(misses.joined(separator: ", ")) is set, but no client reads it."
                if let beside = DotenvFile.files(with: vendor.key.variables).first {
                    hint += " The file \(beside.file) has \(beside.names.joined(separator: ", ")); --env-file \(beside.file) reads it."
                }
                findings.append(
                    .missingKey(
                        "key_missing",
                        "No key: \(vendor.key.variables.joined(separator: ", ")) \(vendor.key.variables.count == 1 ? "is" : "are") not set.\(hint)"
                    ))
            }
            return nil
        }
        for empty in set where empty.value.isEmpty {
            findings.append(
                Finding(
                    "environment", .warning, reason: "empty_variable", "\(empty.name) is set but empty; some clients take it all the same.")
            )
        }
        let others = filled.dropFirst().filter { $0.value != first.value }.map(\.name)
        if !others.isEmpty {
            findings.append(
                Finding(
                    "environment", .warning, reason: "keys_disagree",
                    "\(first.name) is used; \(others.joined(separator: ", ")) \(others.count == 1 ? "holds another key" : "hold other keys"), and other clients may take that."
                ))
        }
        return made(Secret(first.value), .environment(first.name, isVendors: true), vendor)
    }

    private func made(_ secret: Secret, _ source: Credential.Source, _ vendor: Vendor) -> Credential {
        let prefix = secret.reveal { vendor.key.publicPrefix(of: String(decoding: $0, as: UTF8.self)) }
        return Credential(source: source, secret: secret, publicPrefix: prefix)
    }

    /// What the request says of organization, project and team: options first, then the profile, then what SDKs read.
    private func scopes(of order: TargetOrder, _ findings: inout [Finding]) -> [String: String] {
        var scopes = order.scopes.merging(shared.scopes) { $1 }
        for scope in order.vendor.scopes where scopes[scope.scope] == nil {
            guard let name = scope.variables.first(where: { !(environment[$0] ?? "").isEmpty }), let value = environment[name] else {
                continue
            }
            scopes[scope.scope] = value
            findings.append(Finding("environment", .note, reason: "scope_variable", "\(name) adds the header \(scope.header), as SDKs do."))
        }
        return scopes
    }
}

extension Finding {
    static func missingKey(_ reason: String, _ text: String) -> Finding {
        Finding("key", .blocking, cause: .keyMissing, reason: reason, text)
    }
}

extension BaseURL {
    /// Host and port, for a target that has no name.
    var shortName: String {
        String(origin.drop { $0 != "/" }.dropFirst(2))
    }
}
