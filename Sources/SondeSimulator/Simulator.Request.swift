extension Simulator {
    /// One request as the simulated service got it.
    public struct Request: Sendable, Hashable {
        /// The method, as sent.
        public let method: String
        /// The path, as sent, without the query.
        public let path: String
        /// What stood behind `?`, as sent; nil without one.
        public let query: String?
        /// The header fields in the order in which they came.
        public let headers: [Scenario.Header]
        /// The caller's address in numbers, such as `127.0.0.2` or `::1`.
        public let source: String
        /// The body, or the first ``keptBytes`` of it in ``Simulator/requests``.
        public internal(set) var body: [UInt8]

        /// How much of a body is kept for ``Simulator/requests``, in bytes.
        public static let keptBytes = 16_384

        /// The first value under this name, in any case; nil when there is none.
        public func header(_ name: String) -> String? {
            headers.first { sameName($0.name, name) }?.value
        }
    }
}

/// Header names are compared without regard to case (RFC 9110 section 5.1).
func sameName(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && a.lowercased() == b.lowercased()
}
