#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What a transport is told once, at its start.
public struct TransportSettings: Sendable {
    /// The PEM file of trusted authorities for routes that name none; nil leaves libcurl its built-in choice.
    ///
    /// Nil costs much with many hosts: libcurl may then use a directory, which it reads anew for every connection.
    public var certificateAuthorities: String?
    /// How many connections each route keeps open between requests.
    ///
    /// Should exceed the number of transfers in flight, or a follow-up finds its connection closed.
    public var idleConnections = 640

    public init(certificateAuthorities: String?) {
        self.certificateAuthorities = certificateAuthorities
    }

    /// Finds the authorities as curl does: `CURL_CA_BUNDLE`, `SSL_CERT_FILE`, then the system's bundle.
    ///
    /// A variable that is set counts even if its file is missing; the transfer then fails with a clear word on it. An empty one is
    /// as good as unset.
    /// - Parameter environment: The variables of this process, or those of a test.
    public init(environment: [String: String]) {
        let named = ["CURL_CA_BUNDLE", "SSL_CERT_FILE"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        certificateAuthorities = named ?? Self.systemBundle
    }

    /// Where systems keep their bundle: first where libcurl was built to look, then the places of the big distributions.
    private static let systemBundle: String? = {
        let usual = [
            "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch, Alpine
            "/etc/pki/tls/certs/ca-bundle.crt",  // Fedora, RHEL
            "/etc/ssl/ca-bundle.pem",  // openSUSE
            "/etc/ssl/cert.pem",  // Alpine, macOS
        ]
        let candidates = [CurlLibrary.certificateBundle].compactMap(\.self) + usual
        // The path is only read during the call.
        return candidates.first { unsafe access($0, R_OK) == 0 }
    }()
}
