import Sonde
import Testing

@testable import SondeCommands

struct AppTests {
    @Test func `the version is one line, and with details one more for each library`() async {
        #expect(await Call.sonde("--version").output == "sonde 0.1.0\n")
        #expect(await Call.sonde("--version", "--verbose").output == "sonde 0.1.0\nlibcurl 7.88.1\njansson 2.14\n")
    }

    @Test func `the status of the command is the status of the tool`() async {
        #expect(await Call.sonde("vercel").status == .checkFailed)
        #expect(await Call.sonde("check", "vercel", "--exit-zero").status == .pass)
    }

    @Test func `a mistyped option is shown with usage and where to read more`() async {
        let call = await Call.sonde("check", "--modle", "x")
        #expect(call.status == .usage)
        #expect(call.output.isEmpty)
        #expect(
            call.error == """
                Error: Unknown option '--modle'. Did you mean '--model'?
                Usage: sonde [check] [<options>] [<target> ...]
                  See 'sonde check --help' for more information.

                """)
    }

    @Test func `an unknown name is shown with the known ones`() async {
        let call = await Call.sonde("check", "opneai")
        #expect(
            call.error == """
                Error: Unknown target 'opneai'. Did you mean 'openai'?
                Help: One of vercel, openai, groq.

                """)
    }

    @Test func `an unknown subcommand behind help is shown with the nearest`() async {
        #expect(await Call.sonde("help", "chekc").error.hasPrefix("Error: Unknown subcommand 'chekc'. Did you mean 'check'?\n"))
    }

    @Test func `an error nobody expected is told, escaped`() async {
        let call = await Call.sonde("causes")
        #expect(call.status == .usage)
        #expect(call.error == "Error: one\\x1B[31m\ntwo\n")
    }

    @Test func `an error is broken to the width of a terminal, and whole in a log`() async {
        let arguments = ["check", "--an-option-that-nobody-ever-heard-of-and-that-is-longer-than-most-names", "vercel"]
        let seen = await Call.sonde(arguments, width: 90, on: .init(input: true, output: true, error: true))
        #expect(seen.error.split(separator: "\n").allSatisfy { $0.count <= 90 })
        let logged = await Call.sonde(arguments, width: 90)
        #expect(logged.error.split(separator: "\n").contains { $0.count > 90 && $0.hasPrefix("Error: ") })
    }

    @Test func `output that cannot be written is an error of its own, a closed pipe is not`() async {
        let full = await Call.sonde(["check", "vercel"], failing: .diskFull)
        #expect(full.status == .usage)
        #expect(full.error == "Error: Cannot write to standard output: no space left on device\n")
        let closed = await Call.sonde(["check", "vercel"], failing: .brokenPipe)
        #expect(closed.status == .checkFailed)
        #expect(closed.error.isEmpty)
    }

    @Test(arguments: [(System.StopSignal.interrupt, Sonde.ExitStatus.interrupted), (.terminate, .terminated), (.hangUp, .terminated)])
    func `a signal stops the command, which still reports`(_ signal: System.StopSignal, _ wanted: Sonde.ExitStatus) async {
        let interruption = Interruption()
        let output = MemoryStream()
        let console = Console(output: output, error: MemoryStream(), environment: [:])
        async let status = Call.app.run(["simulate", "x"], in: console, interruption)
        while !output.text.contains("listening") { await Task.yield() }
        #expect(interruption.receive(signal))
        #expect(await status == wanted)
        #expect(output.text == "listening\nstopped\n")
        #expect(
            interruption.receive(signal) == (signal == .hangUp),
            "the second signal is for leaving at once, but a terminal may be gone twice")
    }

    @Test func `a signal that came before the work stops it as well`() async {
        let interruption = Interruption()
        #expect(interruption.receive(.interrupt))
        #expect(await Call.sonde(["simulate", "x"], interruption: interruption).status == .interrupted)
    }
}

struct ExitStatusTests {
    @Test func `numbers are those the documentation promises`() {
        #expect(Sonde.ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 130, 143])
    }

    @Test func `the first that applies wins`() {
        let order: [Sonde.ExitStatus] = [
            .interrupted, .terminated, .usage, .checkFailed, .retryable, .inconclusive, .thresholdBreached, .pass,
        ]
        for index in order.indices {
            #expect(Sonde.ExitStatus.first(of: order[index...].reversed()) == order[index])
        }
        #expect(Sonde.ExitStatus.first(of: []) == .pass)
    }
}
