import Synchronization

/// The temporary files that exist at this moment, so that a process in a hurry can still take them with it.
enum TemporaryFiles {
    private static let paths = Mutex<Set<String>>([])

    static func remember(_ path: String) {
        paths.withLock { _ = $0.insert(path) }
    }

    static func forget(_ path: String) {
        paths.withLock { _ = $0.remove(path) }
    }

    /// Removes them all.
    static func removeAll() {
        for path in paths.withLock({ $0 }) {
            try? System.remove(path)
            forget(path)
        }
    }
}
