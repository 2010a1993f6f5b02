import Testing

@testable import SondeCommands

private let screen = Console.Terminals(input: true, output: true, error: true)

struct StyleTests {
    @Test(arguments: [
        (ColorChoice.auto, [:], true, true), (.auto, [:], false, false), (.always, ["NO_COLOR": "1"], false, true),
        (.never, ["CLICOLOR_FORCE": "1"], true, false),
        (.auto, ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], true, false), (.auto, ["NO_COLOR": ""], true, true),
        (.auto, ["CLICOLOR_FORCE": "1"], false, true),
        (.auto, ["CLICOLOR_FORCE": "0"], false, false), (.auto, ["CLICOLOR_FORCE": ""], false, false),
        (.auto, ["CLICOLOR": "0"], true, false),
        (.auto, ["CLICOLOR": "1"], false, false), (.auto, ["TERM": "dumb"], true, false),
        (.auto, ["TERM": "dumb", "CLICOLOR_FORCE": "1"], true, true),
    ])
    func `colors follow the option, then the variables, then the terminal`(
        _ choice: ColorChoice, _ environment: [String: String], _ isTerminal: Bool, _ expected: Bool
    ) {
        #expect(Style(choice, environment: environment, isTerminal: isTerminal).hasColors == expected)
    }

    @Test func `without colors nothing is added, with them every role ends where it began`() {
        for role in Style.Role.allCases {
            #expect(Style.plain(role, "x") == "x")
            let text = Style(hasColors: true)(role, "x")
            #expect(text.hasPrefix("\u{1B}[") && text.hasSuffix("mx\u{1B}[0m"))
            #expect(TerminalText.width(text) == 1)
        }
        #expect(Style(hasColors: true)(.fail, "") == "")
    }
}

struct ConsoleTests {
    /// Once each look wrapped the search in one more function: after so many there was no stack left.
    @Test func `the last search costs the hundred thousandth time what it cost at first`() {
        let outputGuard = OutputGuard()
        outputGuard.install { $0 == [7] }
        for _ in 1...100_000 { _ = outputGuard.isFree([1]) }
        #expect(outputGuard.isFree([1]))
        #expect(!outputGuard.isFree([7]))
    }

    @Test(arguments: [
        (["CI": "true"], true), (["CI": "1"], true), (["CI": "false"], false), (["CI": ""], false), ([:], false),
        (["GITHUB_ACTIONS": "true"], true),
        (["JENKINS_URL": "http://j"], true),
    ])
    func `continuous integration is recognized`(_ environment: [String: String], _ isCI: Bool) {
        let console = Console(output: MemoryStream(), error: MemoryStream(), environment: environment, terminals: screen)
        #expect(console.isCI == isCI)
        #expect(console.isInteractive == !isCI)
    }

    @Test func `data and messages go their own ways`() {
        let output = MemoryStream(), error = MemoryStream()
        let console = Console(output: output, error: error, environment: [:])
        console.write("data\n")
        console.note("message")
        #expect(output.text == "data\n")
        #expect(error.text == "message\n")
    }

    @Test func `a reader that went away is no failure, a full disk is one`() {
        let gone = Console(output: MemoryStream(failing: .brokenPipe), error: MemoryStream(), environment: [:])
        gone.write("x")
        #expect(gone.outputFailure == nil)
        #expect(gone.hasLostReader)
        let full = Console(output: MemoryStream(failing: .diskFull), error: MemoryStream(), environment: [:])
        full.write("x")
        #expect(full.outputFailure == .diskFull)
    }

    @Test func `what holds a secret is withheld, and said to be`() {
        let output = MemoryStream(), error = MemoryStream()
        let console = Console(output: output, error: error, environment: [:])
        console.guardOutput { String(decoding: $0, as: UTF8.self).contains("hunter2") }
        console.write("a hunter2 b")
        console.note("hunter2")
        #expect(output.text.isEmpty)
        #expect(!error.text.contains("hunter2"))
        #expect(error.text.contains("withheld"))
        #expect(console.outputFailure != nil)
    }
}

struct ProgressLineTests {
    private func errors(_ environment: [String: String] = [:], _ terminals: Console.Terminals = screen, _ body: (Console) -> Void) -> String
    {
        let error = MemoryStream()
        body(Console(output: MemoryStream(), error: error, environment: environment, terminals: terminals, width: 40))
        return error.text
    }

    @Test func `the line is replaced, and gone before anything is printed`() {
        let text = errors { console in
            console.progress.enable()
            console.progress.show("one")
            console.progress.show("two")
            console.write("data")
            console.note("note")
            console.progress.show("three")
            console.progress.disable()
            console.progress.show("four")
        }
        #expect(text == "\r\u{1B}[Kone\r\u{1B}[Ktwo\r\u{1B}[Knote\n\r\u{1B}[Kthree\r\u{1B}[K")
    }

    @Test func `nothing is shown where nobody looks, nor before it is enabled`() {
        func work(_ console: Console) {
            console.progress.enable()
            console.progress.show("x")
        }
        #expect(errors([:], .none, work).isEmpty)
        #expect(errors(["CI": "true"], screen, work).isEmpty)
        #expect(errors(["TERM": "dumb"], screen, work).isEmpty)
        #expect(errors { $0.progress.show("x") }.isEmpty)
    }

    @Test func `remote text cannot break out of the line`() {
        let text = errors { console in
            console.progress.enable()
            console.progress.show("a\u{1B}[2J\n" + String(repeating: "漢", count: 40))
        }
        let line = text.dropFirst("\r\u{1B}[K".count)
        #expect(!line.contains("\u{1B}") && !line.contains("\n"))
        #expect(TerminalText.width(String(line)) <= 39)
    }
}
