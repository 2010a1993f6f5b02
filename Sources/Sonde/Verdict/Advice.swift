public import SondeJSON

/// What to tell people about a reason or cause: one sentence, whose turn it is, and what to do in order.
///
/// Texts hold variables in braces, such as `{vendor}` or `{billing_url}`. A step whose variable has no value in a case is left out.
public struct Advice: Sendable, Hashable {
    public var summary: String?
    public var owner: Owner?
    public var isRetryable: Bool?
    public var steps: [String]

    public init(summary: String? = nil, owner: Owner? = nil, isRetryable: Bool? = nil, steps: [String] = []) {
        self.summary = summary
        self.owner = owner
        self.isRetryable = isRetryable
        self.steps = steps
    }

    /// Reads `{"summary", "owner", "retryable", "steps"}`.
    public init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["summary", "owner", "retryable", "steps"])
        summary = try object.optionalString("summary")
        owner = try object.optionalChoice("owner")
        isRetryable = try object.optionalBool("retryable")
        steps = try object.optionalStrings("steps") ?? []
    }

    /// What stands here, and where nothing does, what stands behind it.
    func backed(by other: Advice) -> Advice {
        Advice(
            summary: summary ?? other.summary, owner: owner ?? other.owner, isRetryable: isRetryable ?? other.isRetryable,
            steps: steps.isEmpty ? other.steps : steps)
    }
}

/// Advice by reason and by cause, shared by all vendors.
public struct AdviceBook: Sendable {
    private let entries: [String: Advice]

    public init(_ reader: JSONReader) throws(JSONError) {
        var entries: [String: Advice] = [:]
        for (key, value) in try reader.members() { entries[key] = try Advice(value) }
        self.entries = entries
    }

    /// The keys that have an entry.
    public var keys: Set<String> { Set(entries.keys) }

    /// The shared advice under one key, empty where there is none.
    func shared(_ key: String) -> Advice { entries[key] ?? Advice() }

    /// The best advice for a case: the vendor's for the reason, the shared one for it, then the same for the cause.
    func advice(for cause: Cause, reason: String?, vendor: Vendor) -> Advice {
        let keys = [reason, cause.rawValue].compactMap(\.self)
        return keys.flatMap { [vendor.advice[$0], entries[$0]] }.compactMap(\.self).reduce(Advice()) { $0.backed(by: $1) }
    }
}

/// Fills the variables of a text.
enum Template {
    /// The text with its variables filled in; nil when one of them has no value.
    static func fill(_ text: String, with values: [String: String]) -> String? {
        var result = ""
        var rest = text[...]
        // By bytes: the braces are ASCII, and every verdict has its texts filled.
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
            guard let close = rest.utf8[open...].firstIndex(of: UInt8(ascii: "}")) else { break }
            guard let value = values[String(rest[rest.utf8.index(after: open)..<close])] else { return nil }
            result += rest[..<open]
            result += value
            rest = rest[rest.utf8.index(after: close)...]
        }
        result += rest
        return result
    }
}
