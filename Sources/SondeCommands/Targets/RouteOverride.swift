/// What `--resolve`, `--connect-to` and `--interface` take, in curl's notation.
///
/// libcurl ignores what it cannot read here, and the requests would go where nobody meant; so it is refused beforehand.
enum RouteOverride {
    /// `HOST:PORT:ADDRESS[,ADDRESS…]`, with a `+` in front as in curl; `*` is any host.
    static func checkResolve(_ text: String) throws(UsageError) {
        let parts = parts(of: text.hasPrefix("+") ? text.dropFirst() : text[...], count: 3)
        let addresses = parts.count == 3 ? parts[2].split(separator: ",", omittingEmptySubsequences: false) : []
        guard parts.count == 3, !parts[0].isEmpty, isPort(parts[1]), addresses.allSatisfy({ System.isAddress(String($0).withoutBrackets) })
        else {
            throw invalid(Options.resolve, text, "HOST:PORT:ADDRESS, as in llm.example.com:443:192.0.2.7; the address in numbers")
        }
    }

    /// `HOST1:PORT1:HOST2:PORT2`; an empty part stands for any, or for the same.
    static func checkConnectTo(_ text: String) throws(UsageError) {
        let parts = parts(of: text[...], count: 4)
        guard parts.count == 4, [parts[1], parts[3]].allSatisfy({ $0.isEmpty || isPort($0) }) else {
            throw invalid(
                Options.connectTo, text,
                "HOST1:PORT1:HOST2:PORT2, as in llm.example.com:443:backend.example.com:8443; a part may be empty")
        }
    }

    /// The name of an interface, or an address of this machine in numbers; with `if!` or `host!` in front as in curl.
    static func checkInterface(_ text: String) throws(UsageError) {
        let isName = text.hasPrefix("if!")
        let isHost = text.hasPrefix("host!")
        let bare = String(text.dropFirst(isName ? 3 : isHost ? 5 : 0))
        let isAddress = System.isAddress(bare)
        if !isName, isAddress ? System.ownsAddress(bare) : !isHost && System.hasInterface(bare) { return }
        if isName, System.hasInterface(bare) { return }
        throw UsageError(
            .invalidValue,
            isAddress && !isName
                ? "This machine has no address \(argument: bare) to send from" : "This machine has no network interface \(argument: bare)",
            help: "Name an interface, such as eth0, or one of this machine's own addresses in numbers.")
    }

    private static func invalid(_ option: OptionSpec, _ text: String, _ form: EchoedText) -> UsageError {
        UsageError(
            .invalidValue, "The value \(argument: text) is invalid for '--\(own: option.name)'", help: "It is written \(form).")
    }

    private static func isPort(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt16(text).map { $0 > 0 } ?? false
    }

    /// Separated by colons, but for those within brackets; a last part takes whatever is left.
    private static func parts(of text: Substring, count: Int) -> [String] {
        var parts = [""]
        var isBracketed = false
        for character in text {
            if character == "[" { isBracketed = true }
            if character == "]" { isBracketed = false }
            // The addresses of --resolve may be written without brackets; a fifth part of --connect-to is one too many.
            if character == ":", !isBracketed, parts.count < count || count == 4 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts
    }
}

extension String {
    var withoutBrackets: String { hasPrefix("[") && hasSuffix("]") && count > 2 ? String(dropFirst().dropLast()) : self }
}
