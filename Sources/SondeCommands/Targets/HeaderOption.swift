import Sonde

/// Headers of the user's own, `-H NAME=env:VAR`: the value comes from a variable and is a secret.
enum HeaderOption {
    static func headers(_ texts: [String], environment: [String: String]) throws(UsageError) -> [Request.Header] {
        try texts.map { (text) throws(UsageError) in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, isName(parts[0]), parts[1].hasPrefix("env:") else {
                throw UsageError(.invalidValue, "The value of '--header' is not NAME=env:VAR", help: "Headers may carry secrets, so their values are read from variables: -H X-Team=env:TEAM_HEADER.")
            }
            let variable = String(parts[1].dropFirst(4))
            guard let value = environment[variable] else { throw UsageError(.invalidValue, "The variable \(argument: variable) for the header \(argument: parts[0]) is not set") }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw UsageError(.invalidValue, "The variable \(argument: variable) holds a control character or line end, which no header can carry", help: "Set it again without.")
            }
            return Request.Header(parts[0], .secret(prefix: "", Secret(value)))
        }
    }

    /// A token (RFC 9110 section 5.6.2).
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
