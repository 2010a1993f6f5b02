import Sonde

/// Headers of the user's own, `-H NAME=env:VAR`: the value comes from a variable and is a secret.
enum HeaderOption {
    static func headers(_ texts: [String], environment: [String: String]) throws(UsageError) -> [Request.Header] {
        try texts.map { (text) throws(UsageError) in
            let source = try HeaderSource(text)
            guard let value = environment[source.variable.variable] else {
                throw UsageError(.keySource, "The variable \(argument: source.variable.variable) for the header \(argument: source.name) is not set")
            }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw UsageError(
                    .keySource, "The variable \(argument: source.variable.variable) holds a control character or line end, which no header can carry",
                    help: "Set it again without.")
            }
            return Request.Header(source.name, .secret(prefix: "", Secret(value)))
        }
    }
}
