/// Looks at a base URL before anything is sent to it.
public enum BaseURLHygiene {
    /// What is noticeable about a base URL, for a vendor.
    ///
    /// - Parameter hosts: The hosts of all known vendors, with the vendor's name.
    public static func findings(for url: BaseURL, vendor: Vendor, hosts: [(host: String, vendor: Vendor)]) -> [Finding] {
        var findings: [Finding] = []
        let segments = url.path.split(separator: "/")
        if let own = vendor.baseURL, own != url {
            let expected = own.path.split(separator: "/")
            if vendor.owns(url) {
                if url.scheme == .http {
                    findings.append(blocking("plain_http", "\(vendor.name) is reached over https; use \(own.text)."))
                } else if segments.isEmpty, !expected.isEmpty {
                    findings.append(warning("missing_path", "The base URL lacks \(own.path); \(vendor.name) expects \(own.text)."))
                } else if segments != expected {
                    findings.append(warning("other_path", "\(vendor.name) expects \(own.text)."))
                }
            } else if let other = hosts.first(where: { HostPattern($0.host).matches(url.host) })?.vendor, other.id != vendor.id {
                findings.append(warning("other_vendors_host", "\(url.host) belongs to \(other.name), not to \(vendor.name)."))
            } else {
                findings.append(
                    Finding(
                        "base_url", .note, reason: "not_the_vendors_host",
                        "\(url.host) is not a host of \(vendor.name)'s own (\(own.host))."))
            }
        }
        if let part = zip(segments, segments.dropFirst()).first(where: ==)?.0 {
            findings.append(warning("doubled_path", "The base URL's path repeats /\(part); leave one of them out."))
        }
        let operations: Set<Substring> = ["completions", "responses", "embeddings", "models", "messages", "credits"]
        if let last = segments.last, operations.contains(last) {
            findings.append(
                warning("operation_in_base_url", "The base URL ends in /\(last), which is added for each request; leave it out."))
        }
        return findings
    }

    private static func warning(_ reason: String, _ text: String) -> Finding {
        Finding("base_url", .warning, reason: reason, text)
    }

    private static func blocking(_ reason: String, _ text: String) -> Finding {
        Finding("base_url", .blocking, cause: .wrongEndpoint, reason: reason, text)
    }
}
