/// What carries requests: libcurl in the tool, a script in tests.
///
/// Cancelling the surrounding task ends the transfer at once, with a failure of kind `cancelled`.
public protocol Transport: Sendable {
    /// Sends one request over one route and waits for its answer.
    ///
    /// - Precondition: `route.proxy` is not `.environment`; see ``Route/ProxyRule``.
    func send(_ request: Request, over route: Route) async -> Result<Response, TransportFailure>

    /// Looks at the certificate a server presents, trusted or not.
    ///
    /// A bare handshake: verification is off, no request and no key is sent. This is the only such place.
    /// - Parameter url: The `https` URL whose host and port are asked.
    func inspectCertificate(of url: String, over route: Route, limits: Request.Limits) async -> Result<TLSSession, TransportFailure>
}
