import Sonde
import Testing

@testable import SondeCommands

/// What is named on the command line goes to one service, and to the one that was meant.
struct DestinationTests {
    private let variables = ["SAMPLE_API_KEY": "smp_4f9Qz7Lm2Xc8Vb1Nk6Jh", "MINE": "smp_9Lm2Xc8Vb1Nk6Jh4f9Qz7", "TENANT": "acme"]

    private func dryRun(_ arguments: String..., with more: [String: String] = [:]) async -> Call {
        let (output, error) = (MemoryStream(), MemoryStream())
        let console = Console(output: output, error: error, environment: variables.merging(more) { $1 })
        let status = await RealCheck.app.run(["check", "--dry-run"] + arguments, in: console)
        return Call(status: status, output: output.text, error: error.text)
    }

    @Test func `a header is refused where several services would get its value`() async {
        let call = await dryRun("sample", "other", "-H", "X-Tenant=env:TENANT")
        #expect(call.status == .usage)
        #expect(call.error.contains("'--header' would send its value to 2 services"))
        #expect(await dryRun("sample", "-H", "X-Tenant=env:TENANT").status == .pass)
        #expect(
            await dryRun("sample", "https://api.sample.test/v2", "-H", "X-Tenant=env:TENANT").status == .pass, "one service at two paths")
    }

    @Test(arguments: [
        ["sample", "authorization"], ["other", "X-Other-Key"], ["other", "Authorization"], ["sample", "Proxy-Authorization"],
    ])
    func `a header that carries the key is refused`(_ case: [String]) async {
        let call = await dryRun(`case`[0], "-H", "\(`case`[1])=env:MINE")
        #expect(call.status == .usage)
        #expect(call.error.contains("carries the key"))
    }

    @Test func `a vendor's name in --key does not reach another address of the same run`() async {
        let call = await dryRun("https://mirror.test/v1", "--vendor", "sample", "--key", "sample=env:MINE")
        #expect(call.status == .usage)
        #expect(call.error.unwrapped.contains("Unknown target 'sample'"))
        #expect(call.error.unwrapped.contains("only for targets on the vendor's own hosts"))
        #expect(await dryRun("https://mirror.test/v1", "--vendor", "sample", "--key", "https://mirror.test/v1=env:MINE").status == .pass)
        #expect(await dryRun("https://api.sample.test/v2", "--key", "smp=env:MINE").status == .pass)
    }

    @Test func `a key is refused for targets of more than one origin, wherever their addresses come from`() async {
        let both = await dryRun("sample", "https://x.eu.sample.test/v1", "--key", "smp=env:MINE")
        #expect(both.status == .usage)
        #expect(both.error.contains("would send the key to all of them"))
        // By the words alone these are one vendor twice.
        let port = await dryRun("sample", "https://api.sample.test:8443/v1", "--key", "env:MINE")
        #expect(port.status == .usage)
        #expect(
            await dryRun("sample", "other", "--key", "env:MINE", with: ["OTHER_BASE_URL": "https://api.sample.test/v1"]).status == .pass)
    }
}
