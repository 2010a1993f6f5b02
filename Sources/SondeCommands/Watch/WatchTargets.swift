import Sonde
import Synchronization

/// The targets of a watch. A key that was read from a file is read anew for each round, so that a new one is noticed.
final class WatchTargets: Sendable {
    private let orders: [LocatedOrder]
    private let builder: TargetBuilder
    private let keys: KeyAssignments.Cache
    private let current: Mutex<Current>
    /// Says whether a key may be another one in a later round.
    let mayChange: Bool

    private struct Current {
        var targets: [Target]
        /// Why the keys could not be read the last time.
        var failure: UsageError?
    }

    /// - Parameter keys: What the builder remembers of the keys that it read.
    init(_ orders: [LocatedOrder], builder: TargetBuilder, keys: KeyAssignments.Cache) async throws(UsageError) {
        self.orders = orders
        self.builder = builder
        self.keys = keys
        current = Mutex(Current(targets: try await Self.build(orders, builder)))
        mayChange = keys.hasFiles
    }

    /// As they were found the last time.
    var targets: [Target] { current.withLock { $0.targets } }

    /// Reads the keys in files again; where that fails, those that were read before stand.
    ///
    /// - Returns: What is wrong, once until it is mended.
    func refresh() async -> UsageError? {
        keys.forgetFiles()
        do throws(UsageError) {
            let targets = try await Self.build(orders, builder)
            current.withLock { $0 = Current(targets: targets) }
            return nil
        } catch {
            return current.withLock { current in
                defer { current.failure = error }
                return current.failure == error ? nil : error
            }
        }
    }

    private static func build(_ orders: [LocatedOrder], _ builder: TargetBuilder) async throws(UsageError) -> [Target] {
        var targets: [Target] = []
        for order in orders { targets.append(try await builder.target(order)) }
        return targets
    }
}
