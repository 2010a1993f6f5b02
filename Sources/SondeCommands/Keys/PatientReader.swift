/// Reads a descriptor to its end without holding up a thread, within a time and a size.
struct PatientReader {
    enum Failure: Error, Hashable {
        case tooLong, tooSlow, cancelled
        case system(SystemError)
    }

    private let descriptor: Int32
    private let limit: Int
    private let deadline: ContinuousClock.Instant
    private(set) var bytes: [UInt8] = []

    /// - Parameter descriptor: Stays the caller's; need not be non-blocking.
    init(_ descriptor: Int32, limit: Int, deadline: ContinuousClock.Instant) {
        self.descriptor = descriptor
        self.limit = limit
        self.deadline = deadline
    }

    /// Waits until the end comes.
    func readAll() async throws(Failure) -> [UInt8] {
        var reader = self
        var pause = Pause(deadline: deadline)
        while try !reader.readWhatIsThere() {
            try await pause.wait()
        }
        return reader.bytes
    }

    /// Takes what can be had without waiting; true at the end.
    mutating func readWhatIsThere() throws(Failure) -> Bool {
        while System.isReadable(descriptor) {
            let more: [UInt8]
            do throws(SystemError) {
                more = try System.read(descriptor, upTo: 4_096)
            } catch {
                if error == .wouldBlock { return false }
                throw .system(error)
            }
            if more.isEmpty { return true }
            bytes += more
            guard bytes.count <= limit else { throw .tooLong }
        }
        return false
    }
}

/// Waits between two looks: a millisecond at first, then longer, up to 20 ms.
struct Pause {
    let deadline: ContinuousClock.Instant
    private var length: Duration = .milliseconds(1)

    init(deadline: ContinuousClock.Instant) {
        self.deadline = deadline
    }

    mutating func wait() async throws(PatientReader.Failure) {
        guard ContinuousClock.now < deadline else { throw .tooSlow }
        do {
            try await Task.sleep(for: length)
        } catch {
            throw .cancelled
        }
        length = min(length * 2, .milliseconds(20))
    }
}
