import Sonde

/// The keys that `--key` and profiles name, each for its target.
struct KeyAssignments {
    private let assignments: [KeyAssignment]
    private let reader: KeyReader
    private let cache = Cache()

    /// - Throws: When a key is meant for several origins at once, or standard input for several keys.
    init(_ texts: [String], orders: [TargetOrder], reader: KeyReader) throws(UsageError) {
        assignments = try texts.map { (text) throws(UsageError) in try KeyAssignment(text) }
        self.reader = reader
        let general = assignments.filter { $0.target == nil }
        if general.count > 1 {
            throw UsageError(.conflict, "'--key' is given twice without a target", help: "Write --key TARGET=SOURCE for each.")
        }
        let unnamed = orders.filter { order in !assignments.contains { $0.isFor(order) } }
        if !general.isEmpty, Set(unnamed.map { $0.baseURL ?? $0.vendor.id }).count > 1 {
            throw UsageError(
                .conflict, "One '--key' for several services would send the key to all of them",
                help: "Say which: \(own: unnamed.prefix(3).map { "--key \($0.vendor.id)=SOURCE" }.joined(separator: " ")).")
        }
        for assignment in assignments {
            guard let name = assignment.target, !orders.contains(where: assignment.isFor) else { continue }
            throw UsageError.unknown("target", name, among: orders.map(\.name), help: "--key TARGET=SOURCE names one of the targets of this run.")
        }
    }

    /// The source that was named for a target and what it held; nil when none was named.
    func named(for order: TargetOrder, at baseURL: BaseURL, place: String?) async throws(UsageError) -> (source: KeySource, secret: Secret?)? {
        let assignment = assignments.last { $0.isFor(order) } ?? assignments.first { $0.target == nil }
        if let assignment { return (assignment.source, try await read(assignment.source)) }
        guard let text = order.key else { return nil }
        let source = try KeySource(text)
        if case .command = source {
            throw UsageError(.keySource, "\(outside: place ?? order.name): a profile may not run a command", help: "Name the command on the command line: --key \(own: order.name)=command:CMD")
        }
        return (source, try await read(source))
    }

    /// Standard input and commands are read once, though several targets may share them.
    private func read(_ source: KeySource) async throws(UsageError) -> Secret? {
        if let known = cache.secrets[source] { return known }
        let secret = try await reader.read(source)
        cache.secrets[source] = secret
        return secret
    }

    private final class Cache {
        var secrets: [KeySource: Secret?] = [:]
    }
}

extension KeyAssignment {
    func isFor(_ order: TargetOrder) -> Bool {
        guard let target else { return false }
        return target == order.name || target == order.baseURL || order.vendor.id.equalsIgnoringCase(target) || order.vendor.aliases.contains { $0.equalsIgnoringCase(target) }
    }
}

extension KeySource {
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
