import Synchronization

/// Where bytes for people or programs go: a descriptor, or memory in tests.
protocol OutputStream: Sendable {
    func write(_ bytes: [UInt8]) throws(SystemError)
}

/// A descriptor of this process, standard output or standard error, which it does not own.
struct DescriptorStream: OutputStream {
    let descriptor: Int32

    func write(_ bytes: [UInt8]) throws(SystemError) {
        try System.write(bytes, to: descriptor)
    }
}

/// Keeps what is written, and can be told to fail.
final class MemoryStream: OutputStream {
    private let state = Mutex<(bytes: [UInt8], failure: SystemError?)>(([], nil))

    init(failing failure: SystemError? = nil) {
        state.withLock { $0.failure = failure }
    }

    func write(_ bytes: [UInt8]) throws(SystemError) {
        let failure = state.withLock { state in
            if state.failure == nil { state.bytes += bytes }
            return state.failure
        }
        if let failure { throw failure }
    }

    /// All of it so far, as text.
    var text: String {
        state.withLock { String(decoding: $0.bytes, as: UTF8.self) }
    }
}
