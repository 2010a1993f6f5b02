import Foundation
import SondeSimulator
import TestSupport
import Testing

/// The completions, in the shells that read them.
struct CompletionTests {
    private static let shells = [Program.bash, .zsh, .fish].filter(\.isInstalled).map(\.name)

    @Test func `the shells are there`() {
        withKnownIssue("zsh or fish is not installed; make test installs both", isIntermittent: true) {
            #expect(Self.shells.count == 3)
        }
    }

    @Test(arguments: shells)
    func `the first word is a command, or a target of the usual one`(shell: String) async throws {
        let completions = try await ShellCompletions(shell)
        let offered = try await completions.offers("sonde ")
        #expect(Set(["check", "compare", "completions", "help", "vercel", "openai"]).isSubset(of: offered))
        #expect(try await completions.offers("sonde expl") == ["explain"])
    }

    @Test(arguments: shells)
    func `every option of every command is offered, and none of another`(shell: String) async throws {
        let completions = try await ShellCompletions(shell)
        for command in ["check", "compare", "explain", "simulate", "help"] {
            let screen = try await completions.user.runs(command, "--help").text
            let options = Set(screen.matches(of: /\n  (?:-\S, )?(--[a-z0-9-]+)/).map { String($0.1) })
            let offered = try await completions.offers("sonde \(command) --")
            #expect(Set(offered.map { $0.hasSuffix("=") ? String($0.dropLast()) : $0 }) == options, "\(command)")
        }
        #expect(try await completions.offers("sonde --form").map { $0.prefix(8) } == ["--format"])
    }

    @Test(arguments: shells)
    func `values are offered where they are known`(shell: String) async throws {
        let completions = try await ShellCompletions(shell)
        #expect(Set(try await completions.offers("sonde check --format ")).isSuperset(of: ["text", "json", "ndjson"]))
        #expect(try await completions.offers("sonde causes key_mis") == ["key_missing"])
        #expect(try await completions.offers("sonde check verc") == ["vercel"])
        #expect(try await completions.offers("sonde check https://llm.example.com/v1 --vendor cereb") == ["cerebras"])
        #expect(try await completions.offers("sonde vendors ollam") == ["ollama"])
        #expect(try await completions.offers("sonde help simu") == ["simulate"])
        #expect(Set(try await completions.offers("sonde completions ")) == ["bash", "zsh", "fish"])
        #expect(try await completions.offers("sonde simulate vercel-wr").contains("vercel-wrong-host"))
        #expect(try await completions.offers("sonde check --model ") == [])
    }

    @Test(arguments: shells)
    func `of a list of checks the next one is offered`(shell: String) async throws {
        let offered = try await ShellCompletions(shell).offers("sonde check --only auth,bil")
        #expect(offered.contains { $0 == "billing" || $0 == "auth,billing" })
    }

    @Test(arguments: shells)
    func `of a key the variables are offered that hold one`(shell: String) async throws {
        let offered = try await ShellCompletions(shell).offers("sonde check --key env:OPENAI_")
        // bash takes what follows the colon for a word of its own.
        #expect(offered.contains(shell == "bash" ? "OPENAI_API_KEY" : "env:OPENAI_API_KEY"))
    }

    @Test(arguments: shells, ["check --profile ", "check -o ", "explain ", "compare --from ", "demo ./"])
    func `files are offered where a file is meant`(shell: String, line: String) async throws {
        let completions = try await ShellCompletions(shell)
        try completions.user.writes("{}", to: "one of mine.json")
        let offered = try await completions.offers("sonde \(line)")
        #expect(shell == "bash" ? offered.contains("+default") : offered.contains { $0.contains("mine.json") }, "\(offered)")
    }

    @Test(arguments: shells)
    func `folders are offered where a folder is meant`(shell: String) async throws {
        let completions = try await ShellCompletions(shell)
        try completions.user.writes("{}", to: "folder/file.json")
        let offered = try await completions.offers("sonde check --vendor-dir ")
        #expect(shell == "bash" ? offered.contains("+dirnames") : Set(offered.map { $0.prefix(6) }) == ["folder"], "\(offered)")
    }

    @Test(.enabled(if: Program.bash.isInstalled))
    func `bash itself puts the name of a file in, quoted`() async throws {
        let completions = try await ShellCompletions("bash")
        try completions.user.writes("{}", to: "one of mine.json")
        let shell = try completions.user.starts(
            ["--norc", "-i"], with: ["PS1": "", "HISTFILE": "/dev/null"], on: .terminal(columns: 120), program: "/bin/bash")
        shell.type("source _sonde.bash; sonde() { printf '<%s>\\n' \"$@\"; }\n")
        shell.type("sonde check -o json=one\t\nexit\n")
        #expect(await shell.finished().text.contains("<json=one of mine.json>"))
    }

    @Test func `a shell that is not known is refused with the name that was meant`() async throws {
        let run = try await User().runs("completions", "zhs")
        #expect(run.status == 2)
        #expect(run.errorText.contains("Unknown shell 'zhs'. Did you mean 'zsh'?"))
    }

    @Test func `manifests of one's own are not in a script for everybody`() async throws {
        let user = try User()
        try FileManager.default.createDirectory(atPath: user.folder + "/config/sonde/vendors", withIntermediateDirectories: true)
        try "{".write(toFile: user.folder + "/config/sonde/vendors/broken.json", atomically: true, encoding: .utf8)
        #expect(try await user.runs("completions", "fish").status == 0)
    }
}
