extension JSON {
    /// The text of this value: members in their own order, ASCII-safe for terminals (C0, DEL, C1 and bidirectional controls escaped).
    ///
    /// - Parameter pretty: Two-space indentation and a line each, ending without a line end; otherwise one line.
    public func text(pretty: Bool = false) -> String {
        fatalError()
    }

    /// Appends the text of this value to `output`, as ``text(pretty:)`` would give it.
    public func write(to output: inout [UInt8], pretty: Bool = false) {
        fatalError()
    }
}
