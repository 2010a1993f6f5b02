/// Finds out which host a text says was called: in remarks of curl's, in what clients say of connections, in URLs of requests.
///
/// Links, such as those to documentation, do not count: only what stands where a client names the other end.
enum HostText {
    /// Bytes of a text that are looked at.
    private static let limit = 64 << 10

    /// The host in lower case, with its port where it is this machine; nil when the text names none.
    static func find(in text: some StringProtocol) -> String? {
        let bytes = Array(text.utf8.prefix(limit))
        for mark in marks {
            var start = 0
            while let place = bytes[start...].firstRange(of: mark) {
                start = place.upperBound
                if let host = host(at: bytes[start...].prefix(2048)) { return host }
            }
        }
        return nil
    }

    /// What stands in front of a host: first what only a client says, then what others may say as well.
    private static let marks: [[UInt8]] = [
        // curl
        "Establish HTTP proxy tunnel to ", "Connected to ", "Could not resolve host: ", "Failed to connect to ", "in connection to ",
        "target host name '", "with host ",
        // Python, JavaScript, Go, Java, .NET
        "HTTPSConnectionPool(host='", "HTTPConnectionPool(host='", "Cannot connect to host ", "Failed to resolve '", "Connection to ",
        "getaddrinfo ENOTFOUND ", "getaddrinfo EAI_AGAIN ", "connect ECONNREFUSED ", "hostname: '", "dial tcp: lookup ",
        "UnknownHostException: ", "No such host is known. (", "actively refused it. (",
        // URLs of requests
        "HTTP Request: POST ", "HTTP Request: GET ", "POST \"", "GET \"", "Post \"", "Get \"", "for url (", "request to ", "url: '",
        "url: \"",
        ":url=>\"",
    ].map { Array($0.utf8) }

    private static func host(at bytes: ArraySlice<UInt8>) -> String? {
        let isURL = bytes.starts(with: "http://".utf8) || bytes.starts(with: "https://".utf8)
        guard isURL else { return name(at: bytes) }
        return URLText(String(decoding: bytes, as: UTF8.self)).flatMap { name(at: Array($0.server.utf8)[...]) }
    }

    /// A name; of an address only one that leads back to this machine, since others may tell where somebody is.
    private static func name(at bytes: ArraySlice<UInt8>) -> String? {
        var name = bytes.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
        let rest = bytes[name.endIndex...].prefix { $0 != 0x0A }.prefix(64)
        while name.last == UInt8(ascii: ".") { name.removeLast() }
        let text = String(decoding: name, as: UTF8.self).lowercased()
        guard name.count <= 253 else { return nil }
        if BaseURL(scheme: .http, host: text).isLoopback { return text + port(in: rest) }
        guard text.contains("."), text.split(separator: ".").last?.contains(where: \.isLetter) == true else { return nil }
        return text
    }

    /// `:11434`, also where it is written as `(127.0.0.1) port 11434` or `', port=11434`.
    private static func port(in bytes: ArraySlice<UInt8>) -> String {
        let rest = [":", " port ", " port="].lazy.compactMap { mark in
            bytes.firstRange(of: Array(mark.utf8)).map { bytes[$0.upperBound...].prefix(while: \.isASCIIDigit) }
        }
        return rest.first { (2...5).contains($0.count) }.map { ":" + String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
