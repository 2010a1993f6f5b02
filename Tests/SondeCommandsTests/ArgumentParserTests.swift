import Sonde
import SondeJSON
import Testing

@testable import SondeCommands

private let tool = ToolSpec.sonde([.check, .demo, .simulate, .vendors, .causes, .help])

private func parse(_ words: String...) throws(UsageError) -> ParsedArguments {
    guard case .run(let result) = try ArgumentParser(tool).parse(words) else {
        Issue.record("expected a command to run")
        return ParsedArguments(tool: tool, command: .check)
    }
    return result
}

private func mistake(_ words: String...) -> UsageError? {
    do throws(UsageError) {
        _ = try ArgumentParser(tool).parse(words)
        return nil
    } catch {
        return error
    }
}

struct ArgumentParserTests {
    @Test func `values are taken from the next word, after an equals sign, and attached to a letter`() throws {
        let separate = try parse("check", "--max-time", "3", "-x", "http://a:1", "-o", "a.json")
        let joined = try parse("check", "--max-time=3", "-xhttp://a:1", "-o=a.json")
        for arguments in [separate, joined] {
            #expect(arguments.duration(Options.maxTime) == .seconds(3))
            #expect(arguments.string(Options.proxy) == "http://a:1")
            #expect(arguments.strings(Options.output) == ["a.json"])
        }
        #expect(try parse("check", "--model=a=b").string(Options.model) == "a=b")
    }

    @Test func `short flags are bundled, and the last of them may take a value`() throws {
        let arguments = try parse("check", "-v46m5", "openai")
        #expect(arguments.flag(Options.verbose))
        #expect(arguments.last(of: [Options.ipv4, Options.ipv6]) == Options.ipv6)
        #expect(arguments.duration(Options.maxTime) == .seconds(5))
        #expect(arguments.positionals == ["openai"])
    }

    @Test func `options stand anywhere, and nothing is an option after two dashes`() throws {
        let arguments = try parse("check", "openai", "--all", "--", "--verbose", "-h", "--help")
        #expect(arguments.positionals == ["openai", "--verbose", "-h", "--help"])
        #expect(arguments.flag(Options.all))
        #expect(!arguments.flag(Options.verbose))
    }

    @Test func `repeatable options keep their order, others keep the last value`() throws {
        let arguments = try parse("check", "--key", "env:A", "--model", "a", "--key=x=env:B", "--model", "b")
        #expect(arguments.strings(Options.key) == ["env:A", "x=env:B"])
        #expect(arguments.string(Options.model) == "b")
    }

    @Test func `lists are split at commas and collected`() throws {
        let arguments = try parse("check", "--only", "auth,billing", "--only", "model")
        #expect(arguments.strings(Options.only) == ["auth", "billing", "model"])
        #expect(
            mistake("check", "--only", "auth,biling")?.message.description
                == "The value 'biling' is invalid for '--only <checks>'. Did you mean 'billing'?")
    }

    @Test func `defaults hold until something is given`() throws {
        let arguments = try parse("check")
        #expect(arguments.duration(Options.connectTimeout) == .seconds(5))
        #expect(arguments.integer(Options.jobs) == 300)
        #expect(arguments.duration(Options.maxTime) == nil)
        #expect(arguments.choice(Options.format, as: OutputFormat.self) == .text)
        #expect(arguments.choice(Options.failOn, as: FailureLevel.self) == .fail)
        #expect(!arguments.isGiven(Options.jobs))
        #expect(try parse("--max-cost", "0.05").string(Options.maxCost) == "0.05")
    }

    @Test func `check is meant when no command is named`() throws {
        #expect(try parse("openai", "-v").command.name == "check")
        #expect(try parse().command.name == "check")
        #expect(try parse("--all").command.name == "check")
    }

    @Test func `a command after options is asked to come first`() {
        #expect(mistake("--verbose", "demo")?.message.description == "The command 'demo' comes first")
    }

    @Test func `a single dash is a value`() throws {
        #expect(try parse("check", "-o", "-").strings(Options.output) == ["-"])
    }

    @Test(arguments: [
        (["check", "--modle", "x"], "Unknown option '--modle'. Did you mean '--model'?"),
        (["check", "--no-infernce"], "Unknown option '--no-infernce'. Did you mean '--no-inference'?"),
        (["check", "--zzzzzz"], "Unknown option '--zzzzzz'"),
        (["check", "-Z"], "Unknown option '-Z'"),
        (["check", "-vZ"], "Unknown option '-Z'"),
        (["check", "--model"], "Missing value for '--model <name>'"),
        (["check", "--model", "--all"], "Missing value for '--model <name>'"),
        (["check", "-m"], "Missing value for '-m <time>'"),
        (["check", "--all=yes"], "The option '--all' takes no value"),
        (["check", "--model", ""], "The value '' is invalid for '--model <name>'"),
        (["check", ""], "The argument '<target>' is empty"),
        (["check", "--max-time", "soon"], "The value 'soon' is invalid for '--max-time <time>'"),
        (["check", "--retry", "11"], "The value '11' is invalid for '--retry <n>'"),
        (["check", "--color", "alwys"], "The value 'alwys' is invalid for '--color <color>'. Did you mean 'always'?"),
        (["check", "--quiet", "--verbose"], "'--quiet' and '--verbose' exclude each other"),
        (["demo", "a", "b"], "Unexpected argument 'b'"),
        (["simulate"], "Missing expected argument '<scenario>'"),
        (["check", "--fr\u{1B}[31mob"], #"Unknown option '--fr\x1B[31mob'"#),
    ])
    func `a mistake is named with its remedy`(_ words: [String], _ message: String) {
        do throws(UsageError) {
            _ = try ArgumentParser(tool).parse(words)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.message.description == message)
            #expect(error.command == words[0])
        }
    }

    @Test func `an option of another command is sent there`() {
        #expect(mistake("demo", "--model", "x")?.help?.description == "It belongs to 'sonde check'.")
    }

    @Test func `help wins over mistakes, but not behind two dashes`() throws {
        #expect(try ArgumentParser(tool).parse(["check", "--frob", "-h"]) == .help(.check))
        #expect(try ArgumentParser(tool).parse(["--help"]) == .help(nil))
        #expect(try ArgumentParser(tool).parse(["--version"]) == .version(details: false))
        #expect(try ArgumentParser(tool).parse(["--version", "--verbose"]) == .version(details: true))
        #expect(try parse("--", "--version").positionals == ["--version"])
    }

    @Test func `every option is defined once in a command, and its default is valid`() throws {
        for command in tool.commands {
            let names = command.options.map(\.name)
            #expect(Set(names).count == names.count)
            let shorts = command.options.compactMap(\.short)
            #expect(Set(shorts).count == shorts.count)
            for option in command.options {
                if let value = option.defaultValue { try option.validate(value) }
                #expect(option.excludes.allSatisfy { Options.all(named: $0) })
                #expect(option.help.hasSuffix("."))
            }
        }
    }
}

extension Options {
    fileprivate static func all(named name: String) -> Bool {
        CommandSpec.check.option(named: name) != nil
    }
}

struct DurationTextTests {
    @Test(arguments: [
        ("5s", Duration.seconds(5)), ("300ms", .milliseconds(300)), ("2m", .seconds(120)), ("1h", .seconds(3_600)), ("7", .seconds(7)),
        ("1.5", .milliseconds(1_500)), (".5s", .milliseconds(500)), ("2.", .seconds(2)), ("24h", .seconds(86_400)), ("1min", .seconds(60)),
    ])
    func `times are read with a unit or as bare seconds`(_ text: String, _ duration: Duration) {
        #expect(DurationText.parse(text) == duration)
    }

    @Test(arguments: [
        "", "s", ".", "-1", "+1", "0", "0s", "1e3", "inf", "nan", "5 s", "5S", "1.2.3", "25h", "99999999999999999999", "５s", "0x5",
    ])
    func `anything else is no time`(_ text: String) {
        #expect(DurationText.parse(text) == nil)
    }
}

struct SuggestionTests {
    @Test(arguments: [("opneai", "openai"), ("OPENAI", "openai"), ("verc", "vercel"), ("gorq", "groq")])
    func `slips of the finger are recognized`(_ typed: String, _ meant: String) {
        #expect(Suggestion.nearest(to: typed, among: ["vercel", "openai", "groq"]) == meant)
    }

    @Test(arguments: ["", "x", "anthropic", "zzzz"])
    func `what is far from everything suggests nothing`(_ typed: String) {
        #expect(Suggestion.nearest(to: typed, among: ["vercel", "openai", "groq"]) == nil)
    }

    @Test func `a swap of neighbors is one edit`() {
        #expect(editDistance("check", "chekc") == 1)
        #expect(editDistance("", "abc") == 3)
        #expect(editDistance("kitten", "sitting") == 3)
    }
}
