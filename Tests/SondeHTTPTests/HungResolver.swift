#if canImport(Glibc)
import Foundation
import Glibc

/// A name server that never answers: a library that stands between libcurl and the system's resolver in a process of its own.
enum HungResolver {
    /// The name whose look-up never ends.
    static let name = "hung.sonde.invalid"

    /// Says whether the library is in this process.
    static var isInPlace: Bool { counter != nil }

    /// How many look-ups of the name have begun.
    static var waiting: Int { counter.map { Int($0()) } ?? 0 }

    /// Runs the tests of a suite again, in a process with this resolver, and tells its exit status and what it printed.
    static func run(_ suite: String) throws -> (status: Int32, output: String) {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("sonde-\(UUID().uuidString)").path
        defer { for suffix in [".c", ".so"] { try? FileManager.default.removeItem(atPath: base + suffix) } }
        try source.write(toFile: base + ".c", atomically: true, encoding: .utf8)
        try Tool.cc.run(["-shared", "-fPIC", "-D_GNU_SOURCE", "-o", base + ".so", base + ".c", "-ldl"])

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

    private static let source = """
        #include <dlfcn.h>
        #include <netdb.h>
        #include <stdatomic.h>
        #include <string.h>
        #include <unistd.h>
        static atomic_int lookups;
        int hung_lookups(void) { return lookups; }
        int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
            if (node && !strcmp(node, "\(name)")) for (lookups++;;) pause();
            int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = dlsym(RTLD_NEXT, "getaddrinfo");
            return next(node, service, hints, result);
        }
        """
}
#endif
