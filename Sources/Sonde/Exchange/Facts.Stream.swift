extension Facts {
    /// How an answer in pieces came: whole or not, and how fast.
    public struct Stream: Sendable, Hashable {
        /// Events, the end mark and comments apart.
        public var events = 0
        /// Events that brought text.
        public var pieces = 0
        /// Events and lines that are not what the dialect promises: no JSON, or no field.
        public var broken = 0
        /// Says whether the end was marked: `[DONE]`, or the event that says so.
        public var isEnded = false
        /// From the last byte of the request to the first text; nil where none came, or the times are not known.
        public var firstToken: Duration?
        /// From the first text to the last.
        public var generation: Duration?
        /// Tokens of what was streamed, as the service counts them.
        public var tokens: Int?
        /// Says that all of several pieces arrived in one go.
        public var isAtOnce = false

        public init() {}

        /// Tokens a second after the first one; nil where usage or enough pieces are missing.
        public var tokensPerSecond: Double? {
            guard let tokens, tokens > 1, pieces > 1, let generation, generation >= .milliseconds(1) else { return nil }
            let seconds = Double(generation.components.seconds) + Double(generation.components.attoseconds) / 1e18
            return ((Double(tokens - 1) / seconds) * 10).rounded() / 10
        }
    }
}
