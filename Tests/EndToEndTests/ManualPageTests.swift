import Foundation
import TestSupport
import Testing

/// The manual pages, as man and its index read them.
@Suite(.enabled(if: Program.lexgrog.isInstalled && Program.groff.isInstalled, "man-db and groff are not installed"))
struct ManualPageTests {
    private let user: User
    private let names: [String]

    init() async throws {
        user = try User()
        try FileManager.default.createDirectory(atPath: user.workingFolder + "/man", withIntermediateDirectories: false)
        let run = try await user.runs("help", "--man", "man")
        #expect(run.status == 0, "\(run.errorText)")
        names = try FileManager.default.contentsOfDirectory(atPath: user.workingFolder + "/man").sorted()
    }

    @Test func `there is one of the tool and one of each command`() async throws {
        let overview = try await user.runs("help").text
        let commands = overview.components(separatedBy: "SUBCOMMANDS:")[1].matches(of: #/\n  ([a-z]+) /#).map { String($0.1) }
        #expect(names == (["sonde.1"] + commands.map { "sonde-\($0).1" }).sorted())
    }

    @Test func `man and groff read each without a warning`() async throws {
        for name in names {
            for (program, arguments) in [
                ("/usr/bin/man", ["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", "man/\(name)"]),
                ("/usr/bin/groff", ["-ww", "-man", "-Tutf8", "-z", "man/\(name)"]),
            ] {
                let run = try await user.runs(arguments, program: program)
                #expect(run.status == 0)
                #expect(run.errorText == "", "\(program) \(name)")
            }
        }
    }

    @Test func `the index takes name and purpose from each`() async throws {
        for name in names {
            let run = try await user.runs(["man/\(name)"], program: "/usr/bin/lexgrog")
            #expect(run.text.hasPrefix("man/\(name): \"\(name.dropLast(2)) - "), "\(run.text)")
        }
    }

    @Test func `a page has every option with the words of the help screen, and they read as they are typed`() async throws {
        for name in names where name != "sonde.1" {
            let command = String(name.dropFirst("sonde-".count).dropLast(2))
            let page = try await user.runs(
                ["-E", "UTF-8", "-l", "-P", "cat", "man/\(name)"], with: ["MANWIDTH": "300", "MAN_KEEP_FORMATTING": ""],
                program: "/usr/bin/man"
            ).text.unwrapped
            let screen = try await user.runs(command, "--help").text.unwrapped
            for option in screen.matches(of: /(?:-\S, )?--[a-z0-9-]+(?= )/) where screen.contains("\(option.output) <") {
                #expect(page.contains(String(option.output)), "\(name)")
            }
            let sentences = screen.components(separatedBy: "OPTIONS:").dropFirst().joined().matches(of: /[A-Z][^.<>-]{20,}\./)
            for sentence in sentences { #expect(page.contains(sentence.output), "\(name)") }
        }
    }

    @Test func `a folder that is not there is an error with the remedy`() async throws {
        let run = try await user.runs("help", "--man", "nowhere")
        #expect(run.status == 2)
        #expect(run.errorText.unwrapped.contains("Its folder must exist"))
    }

    @Test func `the page of one command can be had alone`() async throws {
        try FileManager.default.createDirectory(atPath: user.workingFolder + "/one", withIntermediateDirectories: false)
        #expect(try await user.runs("help", "check", "--man", "one").status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: user.workingFolder + "/one") == ["sonde-check.1"])
    }
}
