/// What is kept of a response: an allow-list, redacted at capture.
///
/// Everything that judges an answer judges this, never the raw response, so that a saved report can be judged again.
public struct Answer: Sendable, Hashable {
    /// 0 where a recording does not tell it.
    public var status: Int
    public var httpVersion: String
    /// The known headers and those that signs name.
    public var headers: Headers
    public var bodyKind: BodyKind
    /// Bytes of the body that arrived.
    public var bodyBytes: Int
    /// Says whether we stopped reading at our limit.
    public var isBodyCut: Bool
    /// What the body says of an error, the outermost speaker first; empty when it says nothing of one.
    public var errors: [ErrorLayer]
    /// The title of a page.
    public var title: String?
    /// The beginning of a body that is neither JSON nor a page.
    public var excerpt: String?
    public var facts: Facts
    /// The whole body, redacted; only on request.
    public var keptBody: String?

    public init(
        status: Int, httpVersion: String = "1.1", headers: Headers = Headers(), bodyKind: BodyKind = .empty, bodyBytes: Int = 0,
        isBodyCut: Bool = false, errors: [ErrorLayer] = [], title: String? = nil, excerpt: String? = nil, facts: Facts = Facts(),
        keptBody: String? = nil
    ) {
        self.status = status
        self.httpVersion = httpVersion
        self.headers = headers
        self.bodyKind = bodyKind
        self.bodyBytes = bodyBytes
        self.isBodyCut = isBodyCut
        self.errors = errors
        self.title = title
        self.excerpt = excerpt
        self.facts = facts
        self.keptBody = keptBody
    }

    public var isSuccess: Bool { (200..<300).contains(status) }

    /// Says whether it is known to be no success: by its status, or where that is not told by an error in it.
    public var isRefusal: Bool { status == 0 ? !errors.isEmpty || excerpt != nil : !isSuccess }

    /// The words of the answer: the message of the innermost error, or the text, or the page's title.
    public var words: String? { errors.last(where: { $0.message != nil })?.message ?? excerpt ?? title }

    /// Says whether two answers are the same refusal: status and the fields of the error, request ids and times apart.
    func isSameRefusal(as other: Answer) -> Bool {
        guard !isSuccess, status == other.status, bodyKind == other.bodyKind else { return false }
        guard let mine = errors.first, let theirs = other.errors.first else {
            return errors.isEmpty && other.errors.isEmpty && title == other.title
        }
        guard mine.type == theirs.type, mine.code == theirs.code else { return false }
        // A type that many refusals share says nothing by itself: then the words must agree, too.
        let isTelling = mine.code != nil || mine.type.map { !Self.sharedTypes.contains($0.lowercased()) } ?? false
        return isTelling || mine.message == theirs.message
    }

    private static let sharedTypes: Set<String> = [
        "invalid_request_error", "error", "api_error", "bad_request", "bad request", "forbidden", "unauthorized",
    ]
}
