import Synchronization

/// One line on standard error that is overwritten while work goes on, and gone before anything else is printed.
///
/// It exists only where somebody is looking: on a terminal, outside CI, and not with `--quiet` or `--no-progress`.
final class ProgressLine: Sendable {
    private struct State {
        var isEnabled = false
        var isShown = false
    }

    private let stream: any OutputStream
    private let columns: Int
    private let outputGuard: OutputGuard
    private let isPossible: Bool
    private let state = Mutex(State())

    /// - Parameters:
    ///   - columns: Width of the terminal; longer text is cut, because a wrapped line cannot be taken back.
    ///   - outputGuard: What it finds a secret in is not shown.
    ///   - isPossible: False where no line may ever appear, whatever ``enable()`` says.
    init(stream: any OutputStream, columns: Int, outputGuard: OutputGuard = OutputGuard(), isPossible: Bool) {
        self.stream = stream
        self.columns = columns
        self.outputGuard = outputGuard
        self.isPossible = isPossible
    }

    /// To be called once the options are known; until then nothing is shown.
    func enable() {
        state.withLock { $0.isEnabled = isPossible }
    }

    /// Takes the line away for good.
    func disable() {
        clear()
        state.withLock { $0.isEnabled = false }
    }

    /// Replaces the line.
    ///
    /// - Parameter text: May hold anything; it is escaped and cut here.
    func show(_ text: String) {
        state.withLock { state in
            // The whole text is searched: what is cut off could be the end by which a secret is known.
            guard state.isEnabled, outputGuard.isFree(Array(text.utf8)) else { return }
            let line = TerminalText.truncated(TerminalText.escaped(text), to: columns - 1)
            try? stream.write(Array("\r\u{1B}[K\(line)".utf8))
            state.isShown = true
        }
    }

    /// Takes the line away until the next ``show(_:)``.
    func clear() {
        state.withLock { state in
            guard state.isShown else { return }
            try? stream.write(Array("\r\u{1B}[K".utf8))
            state.isShown = false
        }
    }
}
