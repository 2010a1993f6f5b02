extension Vendor {
    /// What in an address names a customer: the parts in which base URLs of this vendor differ, such as an account id or the name
    /// in front of the vendor's domain. Empty where all customers have the same address.
    public func customerNames(in url: BaseURL) -> [String] {
        guard let template = baseURLTemplate else { return [] }
        var names = zip(template.text.split(separator: "/"), url.text.split(separator: "/")).compactMap { part, value in
            part.first == "{" && part.last == "}" && !value.contains(":") ? String(value) : nil
        }
        for host in hosts where host.hasPrefix("*.") && HostPattern(host).matches(url.host) {
            names.append(String(url.host.dropLast(host.utf8.count - 1)))
        }
        // A name that everybody has tells nothing, and would be looked for in every sentence.
        return names.filter { $0.utf8.count > 2 && $0 != "default" }
    }
}

extension BaseURL {
    /// Parts of the path that tell whose address it is, whatever service it belongs to: long numbers in hex, UUIDs, and what stands
    /// behind a word for a customer.
    public var customerNames: [String] {
        let parts = path.split(separator: "/").map(String.init)
        let owners = zip(parts, parts.dropFirst()).filter { Self.customerWords.contains($0.0.lowercased()) }.map(\.1)
        return owners.filter { $0.utf8.count > 2 && $0 != "default" }
            + parts.filter { part in
                let digits = part.utf8.filter { $0 != UInt8(ascii: "-") }
                return (digits.count >= 24 && digits.allSatisfy { Character(UnicodeScalar($0)).isHexDigit })
            }
    }

    private static let customerWords: Set = [
        "account", "accounts", "org", "orgs", "organization", "organizations", "project", "projects", "team", "teams", "tenant", "tenants",
        "workspace", "workspaces",
    ]
}
