import Sonde
import SondeHTTP

extension Report {
    /// A report on what was found just now, with what is known of this machine and its network.
    ///
    /// - Parameters:
    ///   - results: As they may be shown.
    ///   - own: Takes secrets out of what users wrote themselves.
    init(
        of results: [TargetResult], startedAt: Timestamp, duration: Duration, on console: Console, own: Redactor, keepsIdentifiers: Bool
    ) {
        let proxies = ProxyEnvironment(console.environment)
        self.init(
            startedAt: startedAt, zoneOffsetSeconds: System.zoneOffset(atSeconds: startedAt.seconds), duration: duration,
            network: NetworkFacts(proxyVariables: proxies.names, library: CurlLibrary.version), targets: results)
        network.proxies = proxies.proxies.map(own.redact)
        network.tunnels = System.tunnelInterfaces()
        system = System.name
        includesIdentifiers = keepsIdentifiers
    }
}
