import SondeJSON
import TestSupport
import Testing

@testable import Sonde

/// What must be as it was, or before and now compare two things at once.
@Suite struct DifferenceTests {
    /// What differs once the target, the report or the limits were changed.
    private func found(
        located: BaseURL? = nil, before spoil: (inout TargetResult) -> Void = { _ in },
        now change: (inout Target, inout RunLimits) -> Void = { _, _ in }
    ) throws -> [Difference] {
        var target = try Sample.target(model: "small-1")
        var before = try Verifying.before(target, Verifying.barred)
        // What was sent stands in a report, which a rehearsal leaves out.
        let builder = RequestBuilder(target: target, limits: RunLimits(), controlTail: "")
        for index in before.exchanges.indices { before.exchanges[index].request = builder.sent(for: before.exchanges[index].probe) }
        spoil(&before)
        var limits = RunLimits()
        change(&target, &limits)
        return Difference.found(in: before, Verification(of: before, at: target), limits: limits, located: located)
    }

    @Test func `nothing differs where nothing was changed`() throws {
        #expect(try found() == [])
    }

    @Test func `another model, route, key, scope, header or address is named with both values`() throws {
        #expect(try found(now: { target, _ in target.model = "other" }).map(\.subject) == [.model])
        let route = try found(now: { target, _ in target.route.proxy = .fixed(Proxy(scheme: .http, host: "proxy.test", port: 3128)) })
        #expect(route.map(\.now) == ["proxy http://proxy.test:3128"])
        #expect(try found(now: { target, _ in target.route.resolve = ["api.sample.test:443:192.0.2.1"] }).map(\.subject) == [.route])
        #expect(try found(now: { target, _ in target.route.family = .ipv6 }).map(\.subject) == [.route])
        #expect(try found(now: { target, _ in target.route.certificateAuthorities = "/tmp/ca.pem" }).map(\.subject) == [.route])
        #expect(try found(now: { target, _ in target.scopes = ["organization": "org-1"] }).map(\.subject) == [.scopes])
        #expect(try found(now: { target, _ in target.headers = [Request.Header("X-Tenant", .plain("a"))] }).map(\.subject) == [.headers])
        let moved = try found(located: BaseURL(parsing: "https://mirror.test/v1"))
        #expect(moved.map(\.now) == ["https://mirror.test/v1"])
    }

    @Test func `a key differs by its source, its public prefix or its length`() throws {
        #expect(
            try found(now: { target, _ in target.credential?.source = .environment("OTHER", isVendors: false) }).map(\.subject) == [.key])
        #expect(try found(now: { target, _ in target.credential?.length += 1 }).map(\.subject) == [.key])
        #expect(try found(now: { target, _ in target.credential?.publicPrefix = "" }).map(\.subject) == [.key])
        let gone = try #require(try found(now: { target, _ in target.credential = nil }).first)
        #expect(gone.now == "none")
        #expect(gone.before == "env:SAMPLE_API_KEY (smp_…, 24 characters)")
        #expect(!gone.isRemedy)
    }

    @Test func `a route of a report that only its name tells is not gone again by that name`() throws {
        #expect(try found(before: { $0.target.route.name = "proxy=http://evil.test:3128" }).map(\.subject) == [.route])
        #expect(try found(before: { $0.routeFacts.proxy = "http://evil.test:3128" }).map(\.before) == ["proxy http://evil.test:3128"])
    }

    @Test func `a request of the tool in other words is one, and so is a body of the user's own that is missing`() throws {
        let other = try found(before: { before in
            for index in before.exchanges.indices where before.exchanges[index].request.body != nil {
                before.exchanges[index].request.body = ["model": "small-1", "messages": [["role": "user", "content": "Hello"]]]
            }
        })
        #expect(other.map(\.subject) == [.request])
        #expect(other[0].remedy?.contains("make a new report") == true)
        let own = try found(before: { before in
            before.options.hasOwnBody = true
            for index in before.exchanges.indices where before.exchanges[index].request.body != nil {
                before.exchanges[index].request.body = ["model": "small-1", "custom_bytes": 99]
            }
        })
        #expect(own.first?.remedy?.contains("--body") == true)
    }

    @Test func `a report whose members were sorted differs in nothing`() throws {
        let sorted = try found(before: { before in
            for index in before.exchanges.indices {
                guard let members = before.exchanges[index].request.body?.objectValue?.members else { continue }
                before.exchanges[index].request.body = .object(JSON.Object(members.reversed().map { ($0.key, $0.value) }))
            }
        })
        #expect(sorted == [])
    }

    @Test func `what kept the earlier run from asking had to be changed`() throws {
        let keyless = try found(before: { before in
            before.target.credential = nil
            before.target.findings = [Finding("key", .blocking, cause: .keyMissing, reason: "key_missing", "No key.")]
        })
        #expect(keyless.map(\.isRemedy) == [true])
    }

    @Test func `an address that may not be asked now is one`() throws {
        let refused = Finding("base_url", .blocking, cause: .wrongEndpoint, reason: "plain_http_refused", "Plain http; --allow-http.")
        let found = try found(now: { target, _ in target.findings = [refused] })
        #expect(found.first?.remedy?.contains("--allow-http") == true)
    }

    @Test func `proxy variables count only for targets that go their way`() {
        #expect(Difference.proxyVariables(before: [], now: ["https_proxy"], isUsed: true)?.before == "none")
        #expect(Difference.proxyVariables(before: ["a"], now: ["a"], isUsed: true) == nil)
        #expect(Difference.proxyVariables(before: [], now: ["https_proxy"], isUsed: false) == nil)
    }

    @Test func `what a report says of a route comes back as it was`() throws {
        var target = try Sample.target(model: "small-1")
        target.route = Route(
            name: "proxy=http://proxy.test:3128",
            proxy: .fixed(Proxy(scheme: .http, host: "proxy.test", port: 3128, credentials: Secret("u:pw12"))),
            interface: "eth0", family: .ipv4, resolve: ["a:443:192.0.2.1"], connectTo: ["a:443:b:443"], certificateAuthorities: "/x.pem")
        let result = try Verifying.before(target, Verifying.barred)
        let report = Report(startedAt: Timestamp(seconds: 0), duration: .zero, network: .init(), targets: [result])
        let catalog = VendorCatalog(vendors: [target.vendor], providers: [Sample.Provider()])
        let read = try Report(saved: report.json, catalog: catalog, judge: Judge(vendors: catalog.vendors))
        #expect(read.targets[0].routeFacts == RouteFacts(target.route))
        #expect(!report.json.text().contains("pw12"))
        // Told, never followed.
        #expect(read.targets[0].target.route.proxy == .direct)
        #expect(read.targets[0].target.route.resolve.isEmpty)
    }
}
