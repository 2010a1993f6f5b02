/// One piece of a vendor's vocabulary: when an answer looks so, it means this.
///
/// Signs are data. Conditions of one sign must all hold; several values of one condition are alternatives.
/// Everything compares without regard to case.
public struct Sign: Sendable, Hashable {
    /// What an answer must look like.
    public var when: When
    /// The cause it then speaks for.
    public var cause: Cause
    /// The finer word within the cause; the next steps hang on it.
    public var reason: String?
    /// How sure the answer alone makes it.
    public var certainty: Confidence
    /// Who is speaking when an answer looks so; nil leaves it to what the answer's form says.
    public var speaker: Speaker?
    /// What of the message is the telling detail, such as the name of a missing scope: the text after this fragment.
    public var detailAfter: String?

    /// The conditions. An empty list asks for nothing.
    public struct When: Sendable, Hashable {
        /// HTTP statuses.
        public var status: [Int] = []
        /// The error's `type`.
        public var type: [String] = []
        /// The error's `code`.
        public var code: [String] = []
        /// The error's `param`.
        public var param: [String] = []
        /// Fragments, one of which must occur in the message.
        public var message: [String] = []
        /// Fragments that must all occur in the message.
        public var messageAll: [String] = []
        /// Header name to a fragment of its value; an empty fragment asks for the header alone.
        public var headers: [HeaderField] = []
        /// What kind of body it is, such as a page.
        public var body: [BodyKind] = []
        /// Fragments, one of which must occur in a page's title.
        public var title: [String] = []
        /// Names of probes, such as `inference`.
        public var probe: [String] = []

        public init() {}
    }

    /// How much the sign asks for: code before type, param, message, headers and body, status last.
    var weight: Int {
        (when.code.isEmpty ? 0 : 256) + (when.type.isEmpty ? 0 : 128) + (when.param.isEmpty ? 0 : 64)
            + (when.message.isEmpty && when.messageAll.isEmpty ? 0 : 32) + (when.title.isEmpty ? 0 : 16)
            + (when.headers.isEmpty ? 0 : 8) + (when.body.isEmpty ? 0 : 4) + (when.status.isEmpty ? 0 : 2)
            + (when.probe.isEmpty ? 0 : 1)
    }

    /// Says whether the sign rests on the status (and the probe) alone: it then comes after all others.
    var isStatusOnly: Bool { weight <= 3 }
}
