import Sonde
import SondeJSON
import TestSupport
import Testing

@testable import SondeCommands

/// What `check` says before anything is sent.
struct CheckCommandTests {
    @Test func `a dry run shows no key that stands in an address or a model`() async {
        let call = await RealCheck.sonde(
            "check", "https://\(Sample.key).test/v1", "--model", Sample.key, "--dry-run", with: ["SAMPLE_API_KEY": Sample.key])
        #expect(call.status == .pass)
        #expect(call.output.contains("[redacted"))
        #expect(!call.output.contains(Sample.key.dropFirst(4)))
    }

    @Test func `a dry run names the proxy and the peers`() async {
        let call = await RealCheck.sonde(
            "check", "sample", "--dry-run", "--proxy", "http://proxy.test:3128", "--connect-to", "api.sample.test:443:inner.test:8443",
            with: ["SAMPLE_API_KEY": Sample.key])
        #expect(call.output.unwrapped.contains("by way of proxy.test:3128, inner.test:8443"))
    }

    @Test func `a vendor for a target that is one already is refused, unless it is the same`() async {
        let call = await RealCheck.sonde("check", "sample", "--vendor", "other", "--dry-run", with: ["SAMPLE_API_KEY": Sample.key])
        #expect(call.status == .usage)
        #expect(call.error.contains("'sample' is a vendor itself"))
        #expect(
            await RealCheck.sonde("check", "smp", "--vendor", "sample", "--dry-run", with: ["SAMPLE_API_KEY": Sample.key]).status == .pass)
    }

    @Test func `the usual number of jobs is the option's default`() {
        #expect(Options.jobs.defaultValue == String(RunLimits().jobs))
    }

    @Test func `the progress line shows no secret`() {
        let error = MemoryStream()
        let console = Console(
            output: MemoryStream(), error: error, environment: [:], terminals: .init(input: true, output: true, error: true))
        console.progress.enable()
        console.guardOutput(against: [ProtectedSecret(Secret(Sample.key), publicPrefixCount: 4)])
        console.progress.show("Asking \(Sample.key)")
        #expect(error.text.isEmpty)
        console.progress.show("Asking sample")
        #expect(error.text.contains("Asking sample"))
    }
}

struct TargetPageTests {
    @Test func `nothing of a manifest acts on a terminal`() throws {
        var target = try Sample.target()
        target.vendor.name = "Evil\u{1B}[2J"
        target.credential?.publicPrefix = "smp\u{1B}[31m"
        let verdict = Verdict(cause: .keyRejected, reason: "why\u{1B}[1A", confidence: .likely, owner: .you)
        let result = TargetResult(
            target: target, exchanges: [], checks: [], verdict: verdict, startedAt: Timestamp(seconds: 0), duration: .zero)
        let text = TargetPage(result: result, look: TextLook()).lines.joined(separator: "\n")
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("Evil\\x1B[2J") && text.contains("smp\\x1B[31m") && text.contains("why\\x1B[1A"))
    }
}
