/// Tells whether a text looks like a key, so that it is not repeated on a screen or in a log.
///
/// It judges the look alone, and in doubt says yes: the price of a mistake is a name not shown in an error message.
enum KeyShape {
    /// What stands in the place of such a text.
    static let mark = "(looks like a key; not shown)"

    /// Beginnings that vendors and neighbors of theirs give to keys and tokens; public knowledge, not vendor logic.
    static let prefixes = [
        "sk-", "sk_", "pk-", "rk_", "sess-", "vck_", "vcp_", "vci_", "gsk_", "xai-", "pplx-", "hf_", "AIza", "ya29.", "fw_",
        "r8_", "nvapi-", "csk-", "tgp_", "cpk_", "jina_", "eyJ", "ghp_", "gho_", "ghs_", "ghu_",
        "github_pat_", "glpat-", "xoxb-", "xoxp-", "AKIA", "ASIA", "dapi", "bce-v3/", "sntrys_", "cfut_", "v1.0-",
    ]

    /// Longer beginnings that are public as well; by themselves they are no part of a key: `sk-proj-…`.
    private static let publicBeginnings: Set<Substring> = ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-ant-", "sk-or-v1-", "tgp_v1_"]

    static func matches(_ text: String) -> Bool {
        if text.utf8.count > 4_096 { return true }
        // Folders are often named by hashes; what says that it is a path is judged by the prefixes alone.
        let isPath = ["/", "./", "../", "~/"].contains { text.hasPrefix($0) }
        return beginsLikeKey(text) || tokens(of: text).contains { hasKnownPrefix($0) || !isPath && isMixed($0) }
    }

    /// Whether the text as a whole, leading dashes apart, begins as keys do.
    static func beginsLikeKey(_ text: String) -> Bool {
        hasKnownPrefix(text.drop { $0 == "-" })
    }

    /// Whether one of the prefixes begins it and something follows that is not simply a word.
    private static func hasKnownPrefix(_ token: Substring) -> Bool {
        !publicBeginnings.contains(token)
            && prefixes.contains { prefix in
                guard token.count >= prefix.count, token.prefix(prefix.count).lowercased() == prefix.lowercased() else { return false }
                let isDistinctive = prefix.last.map { "-_./".contains($0) } ?? false
                // Letters alone, such as `AIza` and `eyJ`, also begin ordinary words in one case or another.
                return isDistinctive
                    ? token.count >= prefix.count + 3
                    : token.hasPrefix(prefix) && token.count >= prefix.count + 8
            }
    }

    /// A long run in which digits and letters change places often, as random text has it and names have not.
    private static func isMixed(_ token: Substring) -> Bool {
        let run = longestRun(of: token)
        if run.count >= 20, changes(in: run) >= 5 { return true }
        if run.count >= 32, changes(in: run) >= 1, run.allSatisfy(isHexDigit) { return true }
        guard token.utf8.count >= 24 else { return false }
        let hasUpper = token.utf8.contains { (0x41...0x5a).contains($0) }
        let hasLower = token.utf8.contains { (0x61...0x7a).contains($0) }
        let digits = token.utf8.count { (0x30...0x39).contains($0) }
        return hasUpper && hasLower && digits >= 2 && changes(in: Array(token.utf8)) >= 10
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func longestRun(of token: Substring) -> [UInt8] {
        var longest: [UInt8] = []
        var run: [UInt8] = []
        for byte in token.utf8 {
            if byte == 0x2d || byte == 0x5f {
                run = []
            } else {
                run.append(byte)
                if run.count > longest.count { longest = run }
            }
        }
        return longest
    }

    /// How often digit, capital and small letter take turns; a capital before a small letter counts as one word.
    private static func changes(in bytes: [UInt8]) -> Int {
        func kind(_ byte: UInt8) -> Int {
            switch byte {
            case 0x30...0x39: 0
            case 0x41...0x5a: 1
            case 0x61...0x7a: 2
            default: 3
            }
        }
        return zip(bytes, bytes.dropFirst()).count { kind($0) != kind($1) }
    }

    /// Splits at whatever cannot stand within a key, also where a key follows a scheme, an option or a header's name.
    private static func tokens(of text: String) -> [Substring] {
        var result = text.split { !$0.isASCII || !($0.isLetter || $0.isNumber || "-_".contains($0)) }
        // `--sk-…` and `-sk-…`: a key that was taken for an option; `-ksk-…`: one behind a letter.
        let options = result.filter { $0.first == "-" }
        result += options.map { $0.drop { $0 == "-" } } + options.map { $0.dropFirst(2) }
        return result
    }
}
