import Sonde
import Synchronization

/// The keys that `--key` and profiles name, each for its target.
struct KeyAssignments {
    private let assignments: [KeyAssignment]
    private let reader: KeyReader
    private let cache: Cache

    /// - Throws: When one key is meant for several origins, or names a target that there is not.
    init(_ texts: [String], orders: [LocatedOrder], reader: KeyReader, cache: Cache = Cache()) throws(UsageError) {
        self.cache = cache
        assignments = try texts.map { (text) throws(UsageError) in try KeyAssignment(text) }
        self.reader = reader
        let general = assignments.filter { $0.target == nil }
        if general.count > 1 {
            throw UsageError(.conflict, "'--key' is given twice without a target", help: "Write --key TARGET=SOURCE for each.")
        }
        for assignment in assignments {
            let meant = orders.filter { order in
                assignment.target == nil ? !assignments.contains { $0.isFor(order) } : assignment.isFor(order)
            }
            if let name = assignment.target, meant.isEmpty {
                throw UsageError.unknown(
                    "target", name, among: orders.map(\.order.name),
                    help:
                        "--key TARGET=SOURCE names one of the targets of this run; a vendor's name stands only for targets on the vendor's own hosts."
                )
            }
            guard meant.origins.count > 1 else { continue }
            throw UsageError(
                .conflict, "One '--key' for several services would send the key to all of them",
                help:
                    "Say which: \(own: meant.prefix(3).map { "--key \(TerminalText.escaped($0.order.name))=SOURCE" }.joined(separator: " "))."
            )
        }
    }

    /// The source that was named for a target and what it held; nil when none was named.
    func named(for located: LocatedOrder) async throws(UsageError) -> (source: KeySource, secret: Secret?)? {
        let order = located.order
        let assignment = assignments.last { $0.isFor(located) } ?? assignments.first { $0.target == nil }
        if let assignment { return (assignment.source, try await read(assignment.source)) }
        guard let source = order.key else { return nil }
        return (source, try await read(source))
    }

    /// Standard input and commands are read once, though several targets may share them.
    private func read(_ source: KeySource) async throws(UsageError) -> Secret? {
        if let known = cache.secrets.withLock({ $0[source] }) { return known }
        let secret = try await reader.read(source)
        cache.secrets.withLock { $0[source] = .some(secret) }
        return secret
    }

    /// What was read already: standard input holds its key only once.
    final class Cache: Sendable {
        fileprivate let secrets = Mutex<[KeySource: Secret?]>([:])

        /// Says whether a key was read from a file, which may hold another one later.
        var hasFiles: Bool { secrets.withLock { $0.keys.contains(where: \.isFile) } }

        /// Lets files be read anew; what is read only once stays.
        func forgetFiles() {
            secrets.withLock { $0 = $0.filter { !$0.key.isFile } }
        }
    }
}

extension KeyAssignment {
    /// Says whether the target was named: by its name or address, or by its vendor where it is on one of the vendor's own hosts.
    func isFor(_ located: LocatedOrder) -> Bool {
        guard let target else { return false }
        let (order, vendor) = (located.order, located.order.vendor)
        if target == order.name || target == order.baseURL { return true }
        return ([vendor.id] + vendor.aliases).contains { $0.equalsIgnoringCase(target) } && vendor.owns(located.baseURL)
    }
}

extension KeySource {
    fileprivate var isFile: Bool {
        if case .file = self { true } else { false }
    }

    /// How a report calls it.
    var credentialSource: Credential.Source {
        switch self {
        case .environment(let name): .environment(name, isVendors: false)
        case .file(let path): .file(path)
        case .standardInput: .standardInput
        case .command: .command
        }
    }
}
