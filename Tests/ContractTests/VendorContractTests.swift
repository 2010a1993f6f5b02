import Foundation
import Sonde
import SondeJSON
import TestSupport
import Testing

/// Laws that every vendor obeys; what its manifest says is data, and data is held to them.
@Suite struct VendorContractTests {
    private static let names = Contract.providers.flatMap { $0.manifests.map(\.name) }

    private func vendor(_ name: String) throws -> (vendor: Vendor, provider: any Provider) {
        for provider in Contract.providers {
            if let manifest = provider.manifests.first(where: { $0.name == name }) { return (try Contract.vendor(manifest), provider) }
        }
        throw Contract.Broken(text: name)
    }

    private let probes: [Probe.Kind: Vendor.EndpointName] = [.models: .models, .key: .key, .inference: .inference, .balance: .balance]

    // MARK: All together

    @Test func `ids, aliases, hosts, key variables and distinctive beginnings belong to one vendor each`() throws {
        let vendors = try Contract.vendors().map(\.vendor)
        let lists: [(String, (Vendor) -> [String])] = [
            ("names", { [$0.id] + $0.aliases }), ("hosts", { $0.hosts }), ("variables", { $0.key.variables }),
            ("beginnings", { $0.key.distinctivePrefixes }),
            ("base URL variables", { $0.baseURLVariables }),
        ]
        for (what, list) in lists {
            let all = vendors.flatMap(list).map { $0.lowercased() }
            #expect(Set(all).count == all.count, "\(what): \(all)")
        }
    }

    @Test func `a near miss is no variable that counts`() throws {
        let catalog = try Contract.catalog()
        for vendor in catalog.vendors { #expect(Set(vendor.key.nearMisses).isDisjoint(with: catalog.keyVariables), "\(vendor.id)") }
    }

    @Test func `no vendor's key could be another's by its distinctive beginning`() throws {
        let catalog = try Contract.catalog()
        for vendor in catalog.vendors {
            for (prefix, _) in catalog.foreignPrefixes(to: vendor) {
                #expect(
                    !(vendor.key.prefixes + vendor.key.tokens.map(\.prefix)).contains { $0.hasPrefix(prefix) }, "\(vendor.id): \(prefix)")
            }
        }
    }

    // MARK: Each

    @Test(arguments: names)
    func `a manifest is valid, called as its vendor, and speaks through the module that lists it`(name: String) throws {
        let (vendor, provider) = try vendor(name)
        // A dot would end the file's name, and no identifier could be made of it.
        #expect(name == "\(vendor.id.replacing(".", with: "-")).json")
        #expect(vendor.provider == provider.id)
    }

    @Test(arguments: names)
    func `no sign of its own is silenced by another`(name: String) throws {
        let manifest = try #require(Contract.providers.flatMap(\.manifests).first { $0.name == name })
        try Vendor.refuseCollidingSigns(in: JSONReader(.parse(manifest.bytes)))
    }

    @Test(arguments: names)
    func `its base URL is https and on its own hosts, and hygiene has nothing to say`(name: String) throws {
        let vendor = try vendor(name).vendor
        guard let url = vendor.baseURL else { return }
        // Software that people run themselves lives on this machine, over plain http and on nobody's host.
        guard !url.isLoopback else {
            #expect(vendor.kind != .direct)
            #expect(
                vendor.key.isForLoopback || KeyBinding.decide(.environment("X", isVendors: true), vendor: vendor, baseURL: url) == .withheld
            )
            return
        }
        #expect(url.scheme == .https)
        #expect(vendor.hosts.contains { HostPattern($0).matches(url.host) })
        #expect(BaseURLHygiene.findings(for: url, vendor: vendor, hosts: []).isEmpty)
        #expect(KeyBinding.decide(.environment("X", isVendors: true), vendor: vendor, baseURL: url) == .allowed)
    }

    @Test(arguments: names)
    func `it can be asked for inference, and what proves a key needs one`(name: String) throws {
        let vendor = try vendor(name).vendor
        #expect(vendor.endpoints[.inference] != nil)
        for (endpoint, rules) in vendor.endpoints { #expect(!rules.provesKey || rules.needsKey, "\(endpoint)") }
        #expect(vendor.endpoints[.key].map(\.provesKey) ?? true)
    }

    @Test(arguments: names)
    func `a made-up key of its own form is well formed, and any other vendor would refuse to send it`(name: String) throws {
        let (vendor, _) = try vendor(name)
        let key = vendor.key.controlPrefix + "SONDE0CONTROL0NOT0A0KEYabcdefghijkmnpqrst"
        let findings = KeyHygiene.findings(
            for: Credential(source: .file("k"), secret: Secret(key)), vendor: vendor,
            others: try Contract.catalog().foreignPrefixes(to: vendor))
        #expect(!findings.contains { $0.severity == .blocking })
    }

    @Test(arguments: names)
    func `every sign of its own is found by an answer that looks so`(name: String) throws {
        let (vendor, provider) = try vendor(name)
        let target = try Sample.target(of: vendor, provider: provider, key: nil)
        let reader = try Judge(vendors: [vendor]).reader(for: target)
        for sign in vendor.signs {
            let when = sign.when
            let words = when.messageAll + when.message.prefix(1)
            let layer = ErrorLayer(
                message: words.isEmpty ? nil : words.joined(separator: " "),
                type: when.type.first, code: when.code.first, param: when.param.first)
            let answer = Answer(
                status: when.status.first ?? 403, headers: Headers(when.headers), bodyKind: when.body.first ?? .json,
                errors: layer.isEmpty ? [] : [layer], title: when.title.first)
            let kind = when.probe.first.flatMap(Probe.Kind.init(rawValue:)) ?? .inference
            let exchange = Exchange(
                probe: Probe(kind, endpoint: probes[kind] ?? .inference),
                request: .init(method: "POST", url: "https://a.test/", keyUse: .own), startedAt: Timestamp(seconds: 0),
                outcome: .answer(answer))
            #expect(reader.read(exchange).cause == sign.cause, "\(when)")
        }
    }

    @Test(arguments: names)
    func `advice stands under a cause or a reason that can come up, and names only what can be filled`(name: String) throws {
        let vendor = try vendor(name).vendor
        let known: Set = [
            "vendor", "target", "base_url", "host", "route", "own_base_url", "vendor_base_url", "key", "variables", "variable", "prefix",
            "header", "support_url", "status_url", "detail",
            "model", "request", "answer", "failure", "wait", "request_id", "request_id_header", "scope_header", "scope_variables",
            "recognizing", "though_sent", "untold_header", "working_model", "working_base_url", "working_api", "similar_models", "country",
            "issuer",
        ]
        let shared = try Judge(vendors: [vendor]).advised
        let reasons = Contract.reasonsOfProviders.union(shared).union(vendor.signs.compactMap(\.reason)).union(
            Cause.allCases.map(\.rawValue))
        for (key, advice) in vendor.advice {
            #expect(reasons.contains(key), "nothing gives the reason \(key)")
            for text in advice.steps + [advice.summary].compactMap(\.self) {
                for variable in text.matches(of: /\{([^}]*)\}/).map({ String($0.1) }) {
                    let link = variable.hasSuffix("_url") ? String(variable.dropLast(4)) : nil
                    #expect(known.contains(variable) || link.map { vendor.links[$0] != nil } ?? false, "\(key): {\(variable)}")
                }
            }
        }
    }

    @Test(arguments: names)
    func `every sign of its own leads to a sentence and to something to do`(name: String) throws {
        let (vendor, provider) = try vendor(name)
        let target = try Sample.target(of: vendor, provider: provider, key: "4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0P", model: "m")
        let judge = try Judge(vendors: [vendor])
        for sign in vendor.signs {
            var diagnosis = Diagnosis(target: target)
            _ = diagnosis.start()
            let answer = Answer(status: 403, bodyKind: .json, errors: [ErrorLayer(message: "…", type: "t")])
            _ = diagnosis.receive(
                Exchange(
                    probe: Probe(.inference, endpoint: .inference, model: "m"),
                    request: .init(method: "POST", url: "https://a.test/v1/chat/completions", keyUse: .own),
                    startedAt: Timestamp(seconds: 0), outcome: .answer(answer),
                    reading: Reading(
                        speaker: .api, cause: sign.cause, reason: sign.reason, certainty: .certain,
                        detail: sign.detailAfter == nil ? nil : "detail")))
            let verdict = judge.judge(diagnosis).verdict
            #expect(verdict.cause == sign.cause)
            #expect(!verdict.nextSteps.isEmpty, "\(sign.cause) \(sign.reason ?? "-")")
            #expect(
                !verdict.summary.contains("{") && !verdict.nextSteps.contains { $0.contains("{") }, "\(sign.cause) \(sign.reason ?? "-")")
        }
    }

    @Test(arguments: names)
    func `links, support and status page are https, and the facts have a date and sources`(name: String) throws {
        let vendor = try vendor(name).vendor
        let links =
            Array(vendor.links.values) + [vendor.support?.url, vendor.statusPage?.url, vendor.statusPage?.api].compactMap(\.self)
            + vendor.verified.sources
        for link in links { #expect(link.hasPrefix("https://"), "\(link)") }
        #expect(vendor.verified.date.wholeMatch(of: /20\d\d-\d\d-\d\d/) != nil)
        #expect(Timestamp(rfc3339: vendor.verified.date + "T00:00:00Z") != nil)
        #expect(!vendor.verified.sources.isEmpty)
    }

    @Test(arguments: names)
    func `headers that are normal are kept and are no sign`(name: String) throws {
        let vendor = try vendor(name).vendor
        for header in vendor.responseHeaders.normal {
            #expect(vendor.keptHeaders.contains(header.lowercased()))
            #expect(!vendor.signs.contains { $0.when.headers.contains { $0.name.equalsIgnoringCase(header) } }, "\(header)")
        }
    }

    @Test(arguments: names)
    func `a healthy service is healthy at the price of the baseline`(name: String) throws {
        let (vendor, provider) = try vendor(name)
        let key = (vendor.key.prefixes.first ?? "") + "4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0P"
        let run = try Rehearsal(Sample.target(of: vendor, provider: provider, key: key)) { probe, _ in
            switch probe.endpoint {
            case .models: .models("some-model")
            case .key, .balance: .json(200, ["balance": "1", "total_used": "1"])
            case .inference: .completion(model: "some-model")
            case .responses, .embeddings: .error(404)
            }
        }
        #expect(run.verdict.cause == .healthy)
        #expect(run.exchanges.count <= 3)
        #expect(run.exchanges.count { $0.probe.isPaid } == 1)
        #expect(!run.checks.contains { $0.outcome == .fail || $0.outcome == .inconclusive })
    }

    @Test(arguments: names)
    func `the same refusal of the key and of a made-up one is a rejected key`(name: String) throws {
        let (vendor, provider) = try vendor(name)
        let key = (vendor.key.prefixes.first ?? "") + "4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0P"
        let run = try Rehearsal(Sample.target(of: vendor, provider: provider, key: key)) { probe, _ in
            probe.endpoint == .models && vendor.endpoints[.models]?.needsKey == false
                ? .models("some-model") : .error(401, message: "Unauthorized", type: "authentication_error")
        }
        #expect(run.verdict.cause == .keyRejected)
        #expect(run.verdict.owner == .you)
        #expect(run.outcome("auth") == .fail)
    }

    @Test(arguments: names)
    func `a dead network is never blamed on key or account`(name: String) throws {
        let (vendor, provider) = try vendor(name)
        for (kind, cause) in [
            (TransportFailure.Kind.nameResolution, Cause.dnsFailure), (.connect, .connectFailure), (.certificate, .tlsFailure),
            (.proxy, .proxyFailure),
        ] {
            let run = try Rehearsal(Sample.target(of: vendor, provider: provider, key: "4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0P")) { _, _ in
                .dead(kind)
            }
            #expect(run.verdict.cause == cause)
            #expect(run.verdict.owner == .network)
            // Without a list the inference request is the only one there is.
            #expect(vendor.endpoints[.models] == nil || !run.exchanges.contains { $0.probe.isPaid })
        }
    }
}
