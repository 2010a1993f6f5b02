import Sonde

/// Headers of the user's own, `-H NAME=env:VAR`: the value comes from a variable and is a secret.
enum HeaderOption {
    /// - Parameter orders: The targets that would get the headers.
    /// - Throws: When they are on several origins, each of which would get the values; and for a header that carries keys.
    static func headers(_ texts: [String], orders: [LocatedOrder], environment: [String: String]) throws(UsageError) -> [Request.Header] {
        let origins = orders.origins
        if !texts.isEmpty, origins.count > 1 {
            throw UsageError(
                .conflict, "'--header' would send its value to \(origins.count) services",
                help: "Check them one by one, each with the headers that are its own.")
        }
        return try texts.map { (text) throws(UsageError) in
            let source = try HeaderSource(text)
            let taken = ["Authorization", "Proxy-Authorization"] + orders.map(\.order.vendor.key.header)
            guard !taken.contains(where: { $0.equalsIgnoringCase(source.name) }) else {
                throw UsageError(
                    .conflict, "The header \(argument: source.name) carries the key",
                    help: "Name the key with --key SOURCE, which looks at it first.")
            }
            guard let value = environment[source.variable.variable] else {
                throw UsageError(
                    .keySource, "The variable \(argument: source.variable.variable) for the header \(argument: source.name) is not set")
            }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw UsageError(
                    .keySource,
                    "The variable \(argument: source.variable.variable) holds a control character or line end, which no header can carry",
                    help: "Set it again without.")
            }
            return Request.Header(source.name, .secret(prefix: "", Secret(value)))
        }
    }
}
