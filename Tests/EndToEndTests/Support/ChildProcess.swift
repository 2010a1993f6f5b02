import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A program that is running, watched by one thread: what it prints, how much memory it takes, how it ends.
final class ChildProcess: Sendable {
    /// What the program sees as its standard streams.
    enum Streams: Sendable {
        /// Three pipes; the input is given whole and then closed.
        case pipes(input: [UInt8] = [])
        /// A terminal of this width for all three; it is a session of its own, so that Ctrl-C reaches it.
        case terminal(columns: Int)
        /// Standard output is this file; the others as with `pipes`.
        case output(to: String)
    }

    let id: pid_t
    private let terminal: Descriptor?
    private let state = Mutex(State())

    private struct State {
        var output: [UInt8] = []
        var errorOutput: [UInt8] = []
        var peakMemory = 0
        var ending: Finished?
        var isReaped = false
        var waitingForText: [(text: [UInt8], continuation: CheckedContinuation<Bool, Never>)] = []
        var waitingForEnd: [CheckedContinuation<Finished, Never>] = []
    }

    /// Starts the program.
    ///
    /// - Parameter patience: When it is over the program is killed, and the test fails.
    init(
        path: String, arguments: [String], environment: [String: String], folder: String, streams: Streams, patience: Duration,
        measuresMemory: Bool = false
    ) throws {
        let place: Spawn.Place
        let readers: [Reader]
        var source: (end: Descriptor, bytes: [UInt8])?
        switch streams {
        case .terminal(let columns):
            let pseudo = try Descriptor.terminal(columns: columns)
            (place, readers, terminal) = (.terminal(pseudo.name), [Reader(pseudo.controller)], pseudo.controller)
        case .pipes(let given):
            let (input, output, error) = (try Pipe(), try Pipe(), try Pipe())
            place = .streams([input.reading, output.writing, error.writing])
            (readers, source, terminal) = ([Reader(output.reading), Reader(error.reading, isError: true)], (input.writing, given), nil)
        case .output(let file):
            let (input, output, error) = (try Pipe(), try Descriptor.writing(file), try Pipe())
            place = .streams([input.reading, output, error.writing])
            (readers, source, terminal) = ([Reader(error.reading, isError: true)], (input.writing, []), nil)
        }
        id = try Spawn.start(path, arguments, environment: environment, folder: folder, at: place)
        if let source { Thread.detachNewThread { [source] in source.end.writeAll(source.bytes) } }
        let deadline = ContinuousClock.now + patience
        Thread.detachNewThread { [self] in watch(readers, until: deadline, measuresMemory: measuresMemory) }
    }

    private struct Reader: Sendable {
        let descriptor: Descriptor
        let isError: Bool

        init(_ descriptor: Descriptor, isError: Bool = false) { (self.descriptor, self.isError) = (descriptor, isError) }
    }

    /// All that was printed so far.
    var printed: String { state.withLock { String(decoding: $0.output + $0.errorOutput, as: UTF8.self) } }

    /// Returns once the text was printed; false when the program ended without it.
    func prints(_ text: String) async -> Bool {
        await withCheckedContinuation { continuation in
            let answer: Bool? = state.withLock { state in
                let wanted = Array(text.utf8)
                if state.output.contains(wanted) || state.errorOutput.contains(wanted) { return true }
                if state.ending != nil { return false }
                state.waitingForText.append((wanted, continuation))
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Returns once the program has ended.
    func finished() async -> Finished {
        await withCheckedContinuation { continuation in
            let ending: Finished? = state.withLock { state in
                if state.ending == nil { state.waitingForEnd.append(continuation) }
                return state.ending
            }
            if let ending { continuation.resume(returning: ending) }
        }
    }

    /// Sends a signal, as `kill` does; nothing when it has ended.
    func signal(_ number: Int32) {
        state.withLock { state in
            if !state.isReaped { kill(id, number) }
        }
    }

    /// Types at its terminal; `\u{3}` is Ctrl-C.
    func type(_ text: String) { terminal?.writeAll(Array(text.utf8), thenCloses: false) }

    /// What the kernel says of the process, such as `cmdline`; empty once it has ended.
    func kernelFile(_ name: String) -> [UInt8] {
        FileManager.default.contents(atPath: "/proc/\(id)/\(name)").map(Array.init) ?? []
    }

    private func watch(_ readers: [Reader], until deadline: ContinuousClock.Instant, measuresMemory: Bool) {
        var open = readers
        var wasKilled = false
        while !open.isEmpty {
            if !wasKilled, ContinuousClock.now > deadline {
                wasKilled = true
                signal(SIGKILL)
            }
            if measuresMemory { measure() }
            let ready = Descriptor.ready(open.map(\.descriptor), within: measuresMemory ? 2 : 100)
            for index in ready.reversed() {
                let bytes = open[index].descriptor.read()
                if bytes.isEmpty { open.remove(at: index) } else { take(bytes, isError: open[index].isError) }
            }
        }
        let (exit, signalNumber) = reap(until: deadline)
        finish(exit: exit, signal: signalNumber, wasKilled: wasKilled)
    }

    private func take(_ bytes: [UInt8], isError: Bool) {
        let found = state.withLock { state in
            if isError { state.errorOutput += bytes } else { state.output += bytes }
            let all = isError ? state.errorOutput : state.output
            let found = state.waitingForText.filter { all.contains($0.text) }
            state.waitingForText.removeAll { all.contains($0.text) }
            return found
        }
        for waiting in found { waiting.continuation.resume(returning: true) }
    }

    /// The high-water mark so far: what `wait4` reports would count this process in, whose memory the child shared before `exec`.
    private func measure() {
        let status = String(decoding: kernelFile("status"), as: UTF8.self)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return }
        state.withLock { $0.peakMemory = max($0.peakMemory, kibibytes) }
    }

    /// Waits for the end, which a program that closed its streams may still put off.
    private func reap(until deadline: ContinuousClock.Instant) -> (exit: Int32?, signal: Int32?) {
        var status: Int32 = 0
        while true {
            let ended = state.withLock { state in
                // Under the lock, so that no signal goes to whoever gets the number next.
                let result = unsafe waitpid(id, &status, WNOHANG)
                state.isReaped = result != 0
                return result != 0
            }
            if ended { break }
            if ContinuousClock.now > deadline { signal(SIGKILL) }
            _ = Descriptor.ready([], within: 2)
        }
        return status & 0x7F == 0 ? ((status >> 8) & 0xFF, nil) : (nil, status & 0x7F)
    }

    private func finish(exit: Int32?, signal: Int32?, wasKilled: Bool) {
        let (ending, texts, ends) = state.withLock { state in
            let ending = Finished(
                status: exit, signal: signal, wasKilled: wasKilled, output: state.output, errorOutput: state.errorOutput,
                peakMemory: state.peakMemory)
            state.ending = ending
            defer { (state.waitingForText, state.waitingForEnd) = ([], []) }
            return (ending, state.waitingForText, state.waitingForEnd)
        }
        for waiting in texts { waiting.continuation.resume(returning: false) }
        for waiting in ends { waiting.resume(returning: ending) }
    }
}

/// How a program ended, and what it printed.
struct Finished: Sendable {
    /// The exit status; nil when a signal ended it.
    var status: Int32?
    var signal: Int32?
    /// Whether the test had to end it, because its patience was over.
    var wasKilled: Bool
    /// Standard output, or all that a terminal showed.
    var output: [UInt8]
    var errorOutput: [UInt8]
    /// In KiB; 0 when it was not measured.
    var peakMemory: Int

    var text: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: errorOutput, as: UTF8.self) }
}
