/// Plays the steps of a reply to somebody who asks for the next bytes.
///
/// No I/O: the asker does what it is told and asks again.
struct Playback: Sendable {
    enum Action: Sendable, Hashable {
        /// Send these bytes of the reply's body.
        case send(Range<Int>)
        /// Ask again after a while.
        case wait(milliseconds: Int)
        /// Wait until somebody puts an end to it, then break off.
        case stall
        /// Reset the connection.
        case reset
        /// Close the connection early.
        case cut
        /// All is sent.
        case end
    }

    private var steps: ArraySlice<Reply.Step>

    init(_ steps: [Reply.Step]) {
        self.steps = steps[...]
    }

    /// The next thing to do.
    ///
    /// - Parameter room: How many bytes can be taken at once, at least one.
    mutating func next(room: Int) -> Action {
        guard let step = steps.popFirst() else { return .end }
        switch step {
        case .bytes(let range):
            let now = range.prefix(room)
            if now.count < range.count { steps = [.bytes(now.upperBound..<range.upperBound)] + steps }
            return .send(now)
        case .pause(let milliseconds):
            return .wait(milliseconds: milliseconds)
        case .fault(let kind):
            switch kind {
            case .stall: return .stall
            case .reset: return .reset
            case .cut: return .cut
            }
        }
    }
}
