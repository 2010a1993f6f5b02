#if canImport(Glibc)
import Foundation
import Glibc
import TestSupport

/// Tests in a process of its own, whose resolver never answers for one name.
enum HungResolver {
    static let name = StandInResolver.hungName

    /// Says whether the library is in this process.
    static var isInPlace: Bool { counter != nil }

    /// How many look-ups of the name have begun.
    static var waiting: Int { counter.map { Int($0()) } ?? 0 }

    /// Runs the tests of a suite again, in a process with this resolver, and tells its exit status and what it printed.
    static func run(_ suite: String) throws -> (status: Int32, output: String) {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("sonde-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: base + ".so") }
        try StandInResolver.make(at: base + ".so")

        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["--testing-library", "swift-testing", "--filter", suite]
        process.environment = ProcessInfo.processInfo.environment.merging(["LD_PRELOAD": base + ".so"]) { $1 }
        process.standardOutput = output
        process.standardError = output
        try process.run()
        // Else a loop that hangs would hang the tests, too. The signal cannot be blocked by an inherited mask.
        let child = process.processIdentifier
        let guardian = DispatchWorkItem { kill(child, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 20, execute: guardian)
        defer { guardian.cancel() }
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: printed, as: UTF8.self))
    }

    private static let counter = unsafe unsafeBitCast(dlsym(nil, "hung_lookups"), to: (@convention(c) () -> Int32)?.self)
}
#endif
