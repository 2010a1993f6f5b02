public import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A server program that runs for a test in a folder of its own, and ends with it.
public final class RealServer: Sendable {
    public let port: Int
    public let directory: URL
    private let process: pid_t

    public enum Failed: Error {
        case didNotStart(String)
    }

    /// Starts a program that stays in the foreground, on a free port, and waits until it answers.
    ///
    /// - Parameter arguments: From the folder and the port; files it needs are written there.
    public init(_ tool: Program, _ arguments: (URL, Int) throws -> [String]) throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("sonde-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        // Another program may take the port between our look and the server's; then the next one is tried.
        for _ in 1...5 {
            let port = Self.freePort()
            let process = Process()
            process.executableURL = URL(fileURLWithPath: tool.path ?? "/nonexistent")
            process.arguments = try arguments(directory, port)
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            while process.isRunning {
                if Self.canConnect(port) {
                    self.port = port
                    self.process = process.processIdentifier
                    return
                }
                sched_yield()
            }
        }
        try? FileManager.default.removeItem(at: directory)
        throw Failed.didNotStart(tool.name)
    }

    deinit {
        // The signal that cannot be blocked: children of a test's thread inherit its mask, in which the others may be.
        kill(process, SIGKILL)
        try? FileManager.default.removeItem(at: directory)
    }

    private static func freePort() -> Int {
        unsafe withLoopbackSocket(port: 0) { descriptor, address, length in
            var length = length
            guard unsafe bind(descriptor, address, length) == 0, unsafe getsockname(descriptor, address, &length) == 0 else { return 0 }
            return unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                unsafe Int(UInt16(bigEndian: $0.pointee.sin_port))
            }
        }
    }

    private static func canConnect(_ port: Int) -> Bool {
        unsafe withLoopbackSocket(port: port) { unsafe connect($0, $1, $2) == 0 }
    }

    private static func withLoopbackSocket<Value>(port: Int, _ body: (Int32, UnsafeMutablePointer<sockaddr>, socklen_t) -> Value) -> Value {
        #if canImport(Glibc)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

extension RealServer {
    /// nginx with TLS and HTTP/2. `/` tells the number of the connection, the protocol, and whether the TLS session was resumed
    /// (`r` or `.`).
    ///
    /// - Parameter upstream: What answers below `/v1/` instead: a base URL without its path.
    public static func nginx(_ certificate: SelfSigned, upstream: String? = nil) throws -> RealServer {
        try RealServer(.nginx) { directory, port in
            let configuration = """
                master_process off; daemon off; pid nginx.pid; error_log error.log;
                events { worker_connections 256; }
                http {
                  log_format connections "$connection $ssl_session_reused $request";
                  access_log access.log; access_log connections.log connections;
                  client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t; scgi_temp_path t;
                  server {
                    listen 127.0.0.1:\(port) ssl http2; server_name localhost;
                    ssl_certificate \(certificate.certificate); ssl_certificate_key \(certificate.key);
                    ssl_protocols TLSv1.2 TLSv1.3; ssl_session_cache shared:S:1m;
                    \(upstream.map { "location /v1/ { proxy_pass \($0); }" } ?? "")
                    location / { return 200 "$connection $server_protocol $ssl_session_reused"; }
                  }
                }
                """
            let path = directory.appendingPathComponent("nginx.conf")
            try configuration.write(to: path, atomically: true, encoding: .utf8)
            return ["-p", directory.path, "-c", path.path]
        }
    }

    /// tinyproxy, with a password if there are credentials.
    public static func tinyproxy(user: String? = nil, password: String? = nil, connectPort: Int? = nil) throws -> RealServer {
        try RealServer(.tinyproxy) { directory, port in
            var lines = ["Port \(port)", "Listen 127.0.0.1", "Timeout 10", "Allow 127.0.0.1", "LogLevel Critical"]
            if let user, let password { lines.append("BasicAuth \(user) \(password)") }
            if let connectPort { lines.append("ConnectPort \(connectPort)") }
            let path = directory.appendingPathComponent("tinyproxy.conf")
            try lines.joined(separator: "\n").appending("\n").write(to: path, atomically: true, encoding: .utf8)
            return ["-d", "-c", path.path]
        }
    }

    public static func microsocks(user: String? = nil, password: String? = nil) throws -> RealServer {
        try RealServer(.microsocks) { _, port in
            ["-i", "127.0.0.1", "-p", "\(port)"] + (user.map { ["-u", $0, "-P", password ?? ""] } ?? [])
        }
    }
}

/// A certificate for localhost and its key, made for one test.
public struct SelfSigned: Sendable {
    /// PEM files.
    public let certificate, key: String

    /// - Parameter name: The subject, which is the issuer too.
    public init(_ name: String = "/O=Sonde Tests/CN=localhost", for hosts: String = "DNS:localhost,IP:127.0.0.1", days: Int = 2) throws {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("sonde-\(UUID().uuidString)").path
        (certificate, key) = (base + ".cert.pem", base + ".key.pem")
        try Program.openssl.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", certificate,
            "-days", "\(days)", "-subj", name, "-addext", "subjectAltName=\(hosts)",
        ])
    }

    public func remove() {
        for path in [certificate, key] { try? FileManager.default.removeItem(atPath: path) }
    }
}
