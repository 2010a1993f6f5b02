internal import SondeJSON

extension Scenario {
    /// What is sent back, and how.
    struct Answer: Sendable, Hashable {
        var status = 200
        var headers: [HeaderChange] = []
        /// What callers get that do not ask for a stream.
        var content: Content?
        /// What callers get that ask for a stream (`"stream": true`), and all others when there is no ``content``.
        var events: [Event]?
        /// Milliseconds between the end of the request and the first byte of the answer.
        var delay = 0
        var chunks: Chunks?
        var fault: Fault?
        /// Adds the caller's key to headers and body in every ``KeyEncoding``.
        var echoesKey = false
    }

    enum Content: Sendable, Hashable {
        case json(TemplateJSON)
        case text(Template)
    }

    /// One server-sent event (WHATWG HTML, section 9.2), or a pause between two.
    enum Event: Sendable, Hashable {
        case data(name: String?, TemplateJSON)
        /// A line that clients ignore, used to keep a connection alive.
        case comment(Template)
        case pause(milliseconds: Int)
    }

    /// Sends the body in pieces, in chunked coding.
    struct Chunks: Sendable, Hashable {
        let bytes: Int
        /// Milliseconds between two pieces.
        let pause: Int
    }

    /// How an answer goes wrong.
    struct Fault: Sendable, Hashable {
        let kind: Kind
        let place: Place

        enum Kind: String, Sendable, Hashable, CaseIterable {
            /// Nothing more is sent, and the connection stays open until the caller gives up.
            case stall
            /// The connection is reset (TCP RST).
            case reset
            /// The connection is closed in good order, with less sent than promised.
            case cut
        }

        enum Place: Sendable, Hashable {
            /// Before the first byte of the answer.
            case start
            /// Between headers and body.
            case headers
            /// After this many bytes of the body; nil for half of it.
            case body(afterBytes: Int?)
        }
    }
}
