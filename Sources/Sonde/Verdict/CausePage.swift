import SondeJSON

/// What can be said of a cause without a case: the shared advice, with general words for its variables.
public struct CausePage: Sendable {
    public let steps: [String]

    /// - Throws: `JSONError` when the embedded advice is broken, which tests rule out.
    public init(_ cause: Cause) throws {
        let book = try AdviceBook(JSONReader(.parse(PackageResources.advice_json)))
        let general = [
            "vendor": "the vendor", "model": "the model", "variable": "the vendor's key variable", "key": "its source",
            "header": "the key's header", "host": "the host",
            "base_url": "the base URL", "answer": "see the evidence", "failure": "see the evidence",
            "status_url": "the vendor's status page",
            "support_url": "the vendor's support", "keys_url": "the vendor's page of keys", "billing_url": "the vendor's page of billing",
        ]
        steps = book.shared(cause.rawValue).steps.compactMap { Template.fill($0, with: general) }
    }
}
