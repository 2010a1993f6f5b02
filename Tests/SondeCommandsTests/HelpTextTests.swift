import Sonde
import Testing

@testable import SondeCommands

/// Whole screens, as a user sees them.
struct HelpTextTests {
    @Test func `the screen of the whole tool`() async {
        let call = await Call.sonde("help")
        #expect(call.status == .pass)
        #expect(call.error.isEmpty)
        #expect(
            call.output == """
                OVERVIEW: Finds out why calls to an AI inference API fail, and whose turn it is.

                USAGE: sonde <subcommand>

                OPTIONS:
                  --version               Show the version.
                  -h, --help              Show help information.

                SUBCOMMANDS:
                  check (default)         Check whether AI inference APIs work from here and, if
                                          not, say whose turn it is.
                  demo                    Check a simulated service, without any key and without
                                          network.
                  simulate                Run a simulated service until it is stopped.
                  vendors                 List the vendors that are known, or show what is known
                                          of one.
                  causes                  List the causes a verdict can name, or explain one.
                  help                    Show help for a subcommand.

                  See 'sonde help <subcommand>' for detailed help.

                """)
    }

    @Test func `the screen of check`() async {
        let call = await Call.sonde("check", "--help")
        #expect(call.status == .pass)
        #expect(call.error.isEmpty)
        #expect(
            call.output == """
                OVERVIEW: Check whether AI inference APIs work from here and, if not, say whose
                turn it is.

                Sends the two or three smallest requests that can tell, and a few more only when
                something fails. Without a target, every vendor whose key variable is set is
                checked.

                Examples:
                  sonde check vercel
                  sonde check openai --model gpt-4.1-mini -o report.json
                  sonde check https://llm.example.com/v1 --key env:LLM_KEY

                USAGE: sonde [check] [<options>] [<target> ...]

                ARGUMENTS:
                  <target>                A vendor, a target of the profile, or a base URL.

                TARGET OPTIONS:
                  --profile <file>        Check the targets that this JSON file describes;
                                          TARGET then also names one of them.
                  --vendor <id>           The vendor behind a base URL, where the URL alone does
                                          not say; 'sonde vendors' lists them.
                  --model <name>          The model to ask, instead of the vendor's usual one.
                  --all                   Check every vendor whose key variable is set, also
                                          where nobody is looking.
                  --env-file <file>       Read variables from this file too; the environment
                                          wins, and no such file is ever read without being
                                          named.
                  --vendor-dir <dir>      Read further vendor manifests, *.json, from this
                                          directory.
                  --override-vendor <id>  Let a manifest of yours take the place of this
                                          built-in vendor, its hosts and its key variables.

                CREDENTIAL OPTIONS:
                  --key <[target=]source> Where to read the API key from: env:NAME, file:PATH,
                                          stdin, or command:CMD. Never the key itself, and not
                                          what curl means by --key. With several targets, one
                                          TARGET=SOURCE each.
                  --org <id>              The organization to send along.
                  --project <id>          The project to send along.
                  --team <id>             The team to send along.
                  -H, --header <name=env:var>
                                          Send one more header to a single service, its value
                                          read from a variable.
                  --cert <file>           Client certificate, PEM.
                  --cert-key <file>       Private key of the client certificate, PEM.
                  --prove-key             Where no endpoint proves the key, send a made-up key
                                          too and see whether it is refused.

                NETWORK OPTIONS:
                  --route <name>          Go this way: direct, env (as the proxy variables say),
                                          proxy=URL, interface=NAME or ADDRESS, ipv4, ipv6,
                                          resolve=ADDRESS, or a route of the profile. (default:
                                          env)
                  -x, --proxy <url>       Go through this proxy: http, https, socks5, or
                                          socks5h, without a password in it.
                  --proxy-user <env:name> Variable that holds USER:PASSWORD for the proxy.
                  --interface <name>      Interface or source address to send from.
                  -4, --ipv4              Connect to IPv4 addresses only; of -4 and -6 the last
                                          one counts.
                  -6, --ipv6              Connect to IPv6 addresses only.
                  --resolve <host:port:addr>
                                          Use this address for a host and port.
                  --connect-to <h1:p1:h2:p2>
                                          Connect to H2:P2 where H1:P1 is meant.
                  --cacert <file>         Trust the authorities in this PEM file instead of the
                                          system's.
                  --connect-timeout <time>
                                          Limit for connecting, TLS included. (default: 5s)
                  -m, --max-time <time>   Limit for one request; with --format nagios 7s, unless
                                          it is given. (default: 15s, inference 30s)
                  --deadline <time>       Limit for the whole run; with --format nagios 9s,
                                          unless it is given. (default: 60s)
                  --retry <n>             Repetitions of a request that failed for a passing
                                          reason. (default: 2, after a timeout 1)
                  --jobs <n>              Targets checked at the same time; one that waits for
                                          its last answer counts half. (default: 300)
                  --allow-http            Allow plain http to hosts other than this machine;
                                          keys then travel in the open.

                SCOPE OPTIONS:
                  --only <checks>         Run these checks only. (values: reachability, auth,
                                          model, inference, streaming, responses, embeddings,
                                          billing)
                  --with <checks>         Run these checks besides the usual ones; each costs a
                                          few tokens more. (values: streaming, responses,
                                          embeddings)
                  --skip <checks>         Leave these checks out; same values as --only.
                                          (values: reachability, auth, model, inference,
                                          streaming, responses, embeddings, billing)
                  --no-inference          Send nothing that costs tokens; the verdict is then at
                                          best inconclusive.
                  --no-follow-up          Send the first requests only, even when their answers
                                          leave it open.
                  --no-control            Never send a made-up key for comparison.
                  --no-third-party        Ask neither the status page nor the vendor's edge.
                  --body <file>           Send this JSON as the inference request.
                  --dry-run               Say what would be sent, and to which hosts, and send
                                          nothing.
                  --max-cost <usd>        Send nothing that could cost more, all targets and
                                          repetitions together; an unknown price is refused too.

                OUTPUT OPTIONS:
                  --format <format>       What to print on standard output. (values: text, json,
                                          ndjson, markdown, html, junit, tap, github, sarif,
                                          prometheus, nagios; default: text)
                  -o, --output <[format=]file>
                                          Write the report to this file as well, in the format
                                          of its suffix; '-' is standard output. Besides those
                                          of --format there is evidence=FILE: the page for a
                                          support ticket.
                  --max-age <time>        Ask nothing when the JSON file of -o is a report of
                                          the same targets and options, no older than this, and
                                          a pass; after a failure, always ask.
                  --fail-on <fail-on>     The outcome from which on a check counts as failed.
                                          (values: warn, fail; default: fail)
                  --exit-zero             Exit with 0 also when checks fail; usage errors,
                                          inconclusive runs and signals keep their status.
                  --quiet                 Print the verdicts only.
                  -v, --verbose           Print every request and what it said.
                  --color <color>         When to use colors. (values: auto, always, never;
                                          default: auto)
                  --no-progress           Show no progress line.
                  --keep-bodies           Keep whole bodies in the report, redacted.
                  --include-identifiers   Leave team, organization, project and account ids
                                          readable.

                OPTIONS:
                  --version               Show the version.
                  -h, --help              Show help information.

                """)
    }

    @Test func `the screen of demo`() async {
        let call = await Call.sonde("help", "demo")
        #expect(call.status == .pass)
        #expect(call.error.isEmpty)
        #expect(
            call.output == """
                OVERVIEW: Check a simulated service, without any key and without network.

                Runs the simulator on this machine, checks it, and shows the result. Real keys
                are never read.

                USAGE: sonde demo [--format <format>] [--output <[format=]file> ...]
                       [--exit-zero] [--quiet] [--verbose] [--color <color>] [--no-progress]
                       [<scenario>]

                ARGUMENTS:
                  <scenario>              A built-in scenario or a scenario file; without it,
                                          three services at once.

                OUTPUT OPTIONS:
                  --format <format>       What to print on standard output. (values: text, json,
                                          ndjson, markdown, html, junit, tap, github, sarif,
                                          prometheus, nagios; default: text)
                  -o, --output <[format=]file>
                                          Write the report to this file as well, in the format
                                          of its suffix; '-' is standard output. Besides those
                                          of --format there is evidence=FILE: the page for a
                                          support ticket.
                  --exit-zero             Exit with 0 also when checks fail; usage errors,
                                          inconclusive runs and signals keep their status.
                  --quiet                 Print the verdicts only.
                  -v, --verbose           Print every request and what it said.
                  --color <color>         When to use colors. (values: auto, always, never;
                                          default: auto)
                  --no-progress           Show no progress line.

                OPTIONS:
                  -h, --help              Show help information.

                """)
    }

    @Test func `the screen of simulate`() async {
        let call = await Call.sonde("simulate", "-h")
        #expect(call.status == .pass)
        #expect(call.error.isEmpty)
        #expect(
            call.output == """
                OVERVIEW: Run a simulated service until it is stopped.

                Point your own application at it to see how it takes a 403. It listens on this
                machine only.

                USAGE: sonde simulate [--port <n>] <scenario>

                ARGUMENTS:
                  <scenario>              A built-in scenario or a scenario file.

                SIMULATOR OPTIONS:
                  --port <n>              Port to listen on; 0 lets the system choose. (default:
                                          0)

                OPTIONS:
                  -h, --help              Show help information.

                """)
    }

    @Test func `the screen of simulate on a narrow terminal`() async {
        let call = await Call.sonde("help", "simulate", width: 50)
        #expect(call.status == .pass)
        #expect(call.error.isEmpty)
        #expect(
            call.output == """
                OVERVIEW: Run a simulated service until it is
                stopped.

                Point your own application at it to see how it
                takes a 403. It listens on this machine only.

                USAGE: sonde simulate [--port <n>] <scenario>

                ARGUMENTS:
                  <scenario>              A built-in scenario or a
                                          scenario file.

                SIMULATOR OPTIONS:
                  --port <n>              Port to listen on; 0
                                          lets the system choose.
                                          (default: 0)

                OPTIONS:
                  -h, --help              Show help information.

                """)
    }

    @Test func `the screen of vendors`() async {
        let call = await Call.sonde("help", "vendors")
        #expect(call.status == .pass)
        #expect(call.error.isEmpty)
        #expect(
            call.output == """
                OVERVIEW: List the vendors that are known, or show what is known of one.

                USAGE: sonde vendors [--vendor-dir <dir> ...] [--override-vendor <id> ...]
                       [--color <color>] [<id>]

                ARGUMENTS:
                  <id>                    A vendor's id or alias.

                TARGET OPTIONS:
                  --vendor-dir <dir>      Read further vendor manifests, *.json, from this
                                          directory.
                  --override-vendor <id>  Let a manifest of yours take the place of this
                                          built-in vendor, its hosts and its key variables.

                OUTPUT OPTIONS:
                  --color <color>         When to use colors. (values: auto, always, never;
                                          default: auto)

                OPTIONS:
                  -h, --help              Show help information.

                """)
    }

    @Test func `the screen of causes`() async {
        let call = await Call.sonde("help", "causes")
        #expect(call.status == .pass)
        #expect(call.error.isEmpty)
        #expect(
            call.output == """
                OVERVIEW: List the causes a verdict can name, or explain one.

                USAGE: sonde causes [--color <color>] [<cause>]

                ARGUMENTS:
                  <cause>                 A cause, as a report names it.

                OUTPUT OPTIONS:
                  --color <color>         When to use colors. (values: auto, always, never;
                                          default: auto)

                OPTIONS:
                  -h, --help              Show help information.

                """)
    }

    @Test func `the screen of help itself`() async {
        let call = await Call.sonde("help", "--help")
        #expect(call.status == .pass)
        #expect(call.error.isEmpty)
        #expect(
            call.output == """
                OVERVIEW: Show help for a subcommand.

                USAGE: sonde help [--man <dir>] [<subcommand> ...]

                ARGUMENTS:
                  <subcommand>            The subcommand to explain.

                MANUAL OPTIONS:
                  --man <dir>             Write the manual pages, sonde.1 and one for each
                                          subcommand, into this directory instead.

                OPTIONS:
                  -h, --help              Show help information.

                """)
    }

    @Test func `no line is wider than the terminal, unless it is a word`() async {
        for width in [40, 60, 80, 132] {
            for command in CommandSpec.all {
                let call = await Call.sonde("help", command.name, width: width)
                for line in call.output.split(separator: "\n") where line.count > width {
                    let isOneWord = !line.drop { $0 == " " }.contains(" ")
                    #expect(isOneWord || line.hasPrefix("  -") || line.hasPrefix("  sonde "), "\(line)")
                }
            }
        }
    }
}

extension CommandSpec {
    fileprivate static let all: [CommandSpec] = [.check, .demo, .simulate, .vendors, .causes, .help]
}
