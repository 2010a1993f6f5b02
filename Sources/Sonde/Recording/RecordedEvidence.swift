import SondeJSON

/// Turns a recording into what a live run would have gathered, as far as it goes.
public struct RecordedEvidence: Sendable {
    private let catalog: VendorCatalog
    private let hosts: [(host: String, vendor: Vendor)]
    private let judge: Judge
    private let capture: Capture

    public init(catalog: VendorCatalog, judge: Judge, capture: Capture) {
        self.catalog = catalog
        hosts = catalog.vendors.flatMap { vendor in vendor.hosts.map { (host: $0, vendor: vendor) } }
        self.judge = judge
        self.capture = capture
    }

    /// The vendor of a recording, as it is named or as its host tells; nil when neither says.
    ///
    /// A host tells more than the name of a vendor that may live anywhere, and the one that was called more than those that are
    /// mentioned.
    public func vendor(of recording: Recording) -> Vendor? {
        let named = recording.vendor.flatMap(catalog.vendor(named:))
        if let named, named.hasPlace { return named }
        let called = [recording.host, recording.baseURL.flatMap { try? BaseURL(parsing: $0) }?.host].compactMap(\.self)
        let hosts = called.isEmpty ? recording.mentionedHosts : called
        if let vendor = hosts.lazy.compactMap({ catalog.vendor(atHost: $0.lowercased()) }).first { return vendor }
        guard called.isEmpty, named == nil else { return named }
        return catalog.vendors.first { vendor in recording.mentionedVariables.contains { vendor.key.variables.contains($0) } }
    }

    /// What the recording shows: its verdict and checks.
    ///
    /// - Parameters:
    ///   - vendor: Wins over what the recording says.
    ///   - fallback: For recordings whose vendor is not known.
    public func result(for recording: Recording, vendor: Vendor?, fallback: Vendor, at moment: Timestamp) -> TargetResult {
        let vendor = vendor ?? self.vendor(of: recording) ?? fallback
        let target = target(for: recording, vendor: vendor)
        let reader = judge.reader(for: target)
        let exchanges = recording.calls.enumerated().map { index, call in
            var exchange = exchange(for: call, number: index, recording: recording, target: target, at: moment)
            exchange.reading = reader.read(exchange)
            return exchange
        }
        let (verdict, checks) = judge.judge(Diagnosis(target: target, recorded: exchanges))
        let start = exchanges.lazy.filter(\.isTimedByServer).map(\.startedAt).min() ?? moment
        return TargetResult(target: target, exchanges: exchanges, checks: checks, verdict: verdict, startedAt: start, duration: .zero)
    }

    private func target(for recording: Recording, vendor: Vendor) -> Target {
        let given = recording.baseURL.flatMap { try? BaseURL(parsing: $0) }
        let host = recording.host.flatMap { try? BaseURL(parsing: $0) }
        let own = vendor.baseURL.flatMap { url in host.map { $0.host == url.host } ?? true ? url : nil }
        let baseURL = given ?? own ?? host ?? .unknown
        // Of a host alone only whose it is can be said, not whether the path is right.
        let findings =
            given == nil && host == nil
            ? []
            : BaseURLHygiene.findings(for: baseURL, vendor: vendor, hosts: hosts)
                .filter { $0.severity != .blocking && (given != nil || $0.reason == "other_vendors_host") }
        return Target(
            name: recording.id ?? vendor.id, vendor: vendor, provider: catalog.provider(of: vendor), baseURL: baseURL,
            credential: Credential(source: .recording, secret: Secret([]), publicPrefix: recording.keyPrefix ?? ""), model: recording.model,
            route: Route(name: recording.network?.containsFragment("proxy") == true ? "proxy" : "recorded", proxy: .direct),
            findings: findings)
    }

    private func exchange(for call: Recording.Call, number: Int, recording: Recording, target: Target, at moment: Timestamp) -> Exchange {
        let probe = probe(for: call, number: number, model: recording.model, vendor: target.vendor)
        let isKeyShown = call.showsKey || recording.keyPrefix?.isEmpty == false
        let request = Exchange.SentRequest(
            method: call.method ?? "", url: call.path.map { target.baseURL.origin + $0 } ?? "",
            keyUse: probe.keyUse == .own && !isKeyShown ? .untold : probe.keyUse)
        let time = call.headers["date"].flatMap(Timestamp.init(httpDate:))
        var exchange = Exchange(probe: probe, request: request, startedAt: time ?? moment, outcome: .handshake)
        if call.status == nil, call.body == nil, let error = call.transportError {
            let (kind, phase) = TransportErrorText.read(error) ?? (.unexplained, nil)
            exchange.outcome = .failure(
                capture.failure(from: TransportFailure(kind, phase: phase, message: error, proxyStatus: call.proxyStatus)))
            return exchange
        }
        let response = Response(
            status: call.status ?? 0, httpVersion: call.httpVersion ?? "", headers: call.headers,
            body: RecordedBody.bytes(of: call.body, status: call.status))
        var answer = capture.answer(from: response, probe: probe, target: target)
        // A recording that tells no body tells nothing of its shape either.
        if call.body == nil, answer.isSuccess { answer.facts = RecordedBody.assumedFacts(for: probe) }
        exchange.outcome = .answer(answer)
        return exchange
    }

    private func probe(for call: Recording.Call, number: Int, model: String?, vendor: Vendor) -> Probe {
        let path = call.path?.lowercased() ?? ""
        let purpose = call.purpose?.lowercased() ?? ""
        let variant = "\(number)"
        if purpose == "bad-key" || purpose == "no-key" {
            let endpoint: Vendor.EndpointName = vendor.endpoints[.key] == nil ? .inference : .key
            return Probe(
                purpose == "bad-key" ? .badKey : .noKey, endpoint: path.hasSuffix("/models") ? .models : endpoint, model: model,
                variant: variant)
        }
        if purpose == "models" || path.hasSuffix("/models") { return Probe(.models, endpoint: .models, variant: variant) }
        let keyPaths = ["/credits", "/key", "/auth/key", "/api-key", "/key/info", "/user/balance"]
        if purpose == "credits" || purpose == "key" || keyPaths.contains(where: path.hasSuffix) {
            return Probe(.key, endpoint: .key, variant: variant)
        }
        return Probe(.inference, endpoint: .inference, model: model, variant: variant)
    }
}
