import Sonde
import SondeHTTP
import Testing

extension Route {
    /// No proxy; the name alone makes it another route.
    static func direct(_ name: String = "direct") -> Route { Route(name: name, proxy: .direct) }

    static func through(_ scheme: Proxy.Scheme, port: Int, credentials: String? = nil) -> Route {
        Route(
            name: "proxy", proxy: .fixed(Proxy(scheme: scheme, host: "127.0.0.1", port: port, credentials: credentials.map { Secret($0) })))
    }
}

extension Request {
    /// Limits that a test can wait for; `total` is what a stall costs.
    static func short(_ url: String, connect: Duration = .milliseconds(200), total: Duration = .milliseconds(200)) -> Request {
        var request = Request(.get, url)
        request.limits.connect = connect
        request.limits.total = total
        return request
    }
}

/// Sends one request over a transport of its own.
func send(_ request: Request, over route: Route = .direct(), authorities: String? = nil) async -> Result<Response, TransportFailure> {
    await withCurlTransport(TransportSettings(certificateAuthorities: authorities)) { await $0.send(request, over: route) }
}

func send(_ url: String, over route: Route = .direct(), authorities: String? = nil) async -> Result<Response, TransportFailure> {
    await send(Request(.get, url), over: route, authorities: authorities)
}

extension Result<Response, TransportFailure> {
    /// The failure; a response is an issue of the test.
    func failure(sourceLocation: SourceLocation = #_sourceLocation) throws -> TransportFailure {
        switch self {
        case .failure(let failure): return failure
        case .success(let response):
            Issue.record("A response of status \(response.status) instead of a failure", sourceLocation: sourceLocation)
            throw Unexpected()
        }
    }

    private struct Unexpected: Error {}
}

extension Response {
    var text: String { String(decoding: body, as: UTF8.self) }
}
