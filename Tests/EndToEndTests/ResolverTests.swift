import Foundation
import Testing

/// A resolver that never answers must not keep anybody.
@Suite(.enabled(if: HungResolver.compiler != nil, "a C compiler is needed to make a resolver that hangs"))
struct ResolverTests {
    @Test func `a resolver that hangs costs no more than the limit for connecting`() async throws {
        let user = try User()
        let resolver = try await HungResolver.library(for: user)
        let run = try await user.runs(
            [
                "check", "https://llm.example.com/v1", "--model", "m", "--connect-timeout", "1", "--max-time", "2", "--deadline", "6", "-o",
                "json=report.json",
            ],
            with: ["LD_PRELOAD": resolver], patience: .seconds(15))
        #expect(!run.wasKilled)
        #expect([1, 3, 5].contains(run.status))
        let verdict = try ReportFacts(#require(user.bytes(of: "report.json"))).targets[0].verdict
        #expect(["dns_failure", "timeout"].contains(verdict.cause))
        #expect(verdict.owner == "network")
    }

    @Test func `Ctrl-C ends a run that waits for a resolver`() async throws {
        let user = try User()
        let resolver = try await HungResolver.library(for: user)
        let tool = try user.starts(
            ["check", "https://llm.example.com/v1", "--model", "m", "--connect-timeout", "30", "--max-time", "30"],
            with: ["LD_PRELOAD": resolver],
            on: .terminal(columns: 80), patience: .seconds(15))
        #expect(await tool.prints("resolver asked"))
        tool.type("\u{3}")
        let finished = await tool.finished()
        #expect(!finished.wasKilled)
        #expect(finished.status == 130)
    }
}

/// A library that takes the place of the system's resolver and never returns.
enum HungResolver {
    static let compiler = ["/usr/bin/cc", "/usr/bin/clang"].first { FileManager.default.isExecutableFile(atPath: $0) }

    static func library(for user: User) async throws -> String {
        let source = try user.writes(
            """
            #include <unistd.h>
            struct addrinfo;
            int getaddrinfo(const char *a, const char *b, const struct addrinfo *c, struct addrinfo **d) {
                (void)a; (void)b; (void)c; (void)d;
                ssize_t ignored = write(2, "resolver asked\\n", 15);
                (void)ignored;
                for (;;) pause();
            }
            """, to: "resolver.c")
        let library = user.folder + "/tmp/resolver.so"
        let made = try await user.runs(["-shared", "-fPIC", "-o", library, source], program: #require(compiler))
        try #require(made.status == 0, "\(made.errorText)")
        return library
    }
}
