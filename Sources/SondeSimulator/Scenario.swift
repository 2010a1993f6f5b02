/// What the simulated service does, read from JSON: whom it expects, and how it answers each request.
///
/// The format is documented in `README.md` beside this file. A scenario is data only: it can neither run anything nor reach
/// anything outside its own answers.
public struct Scenario: Sendable, Hashable {
    /// The name a user types, such as `vercel-account-denied`: lower-case letters, digits and `-`.
    public let name: String
    /// One sentence for people: what is wrong with the service, seen from outside.
    public let summary: String
    /// Those who are meant to call, the first one being the one that ``expect`` is about. Never empty.
    public let callers: [Caller]
    /// What precedes every API path in the base URL, such as `/v1`; empty for none.
    public let basePath: String
    /// The cause that a check of the first caller should find, such as `account_denied`; `healthy` when all is well.
    public let expect: String
    /// Options for `sonde check` without which the fault does not show, such as `--org`.
    public let arguments: [String]

    /// Headers of every answer, unless the answer itself has or removes one of that name.
    let headers: [HeaderChange]
    /// The routes in the order in which they are tried; those of the scenario named by `otherwise` come last.
    let routes: [Route]
    /// The answer where no route matches.
    let notFound: Answer

    /// The vendor id to check the service as: that of the first caller.
    public var vendor: String { callers[0].vendor }
    /// The made-up key of the first caller, or nil when it needs none.
    public var key: String? { callers[0].key }
    /// The model that the first caller asks for.
    public var model: String { callers[0].model }
}

extension Scenario {
    /// One client that the service is made for: the vendor it is checked as, with a made-up key that counts as valid.
    public struct Caller: Sendable, Hashable {
        /// The vendor id to check the service as, such as `vercel`.
        public let vendor: String
        /// A key that nobody was ever given, well formed for the vendor; nil for a service without keys.
        public let key: String?
        /// A model that is worth asking for here.
        public let model: String
    }

    /// One header field of a request or an answer.
    public struct Header: Sendable, Hashable {
        /// The name in the case in which it was sent.
        public let name: String
        /// The value, invalid UTF-8 replaced.
        public let value: String

        /// A field, as it is to be sent.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What a scenario says about one header of its answers: these values, or none at all.
    struct HeaderChange: Sendable, Hashable {
        let name: String
        /// The values in order, a field each; empty removes the header.
        let values: [Template]
    }
}
