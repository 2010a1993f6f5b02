import Sonde

/// The descriptions of the commands, in the order of the help.
extension CommandSpec {
    static let check = CommandSpec(
        "check",
        abstract: "Check whether AI inference APIs work from here and, if not, say whose turn it is.",
        discussion: """
            Sends the two or three smallest requests that can tell, and a few more only when something fails. Without a target, every \
            vendor whose key variable is set is checked.

            Examples:
              sonde check vercel
              sonde check openai --model gpt-4.1-mini -o report.json
              sonde check https://llm.example.com/v1 --key env:LLM_KEY
            """,
        arguments: [ArgumentSpec("target", .any, help: "A vendor, a target of the profile, or a base URL.")],
        groups: [Options.which, Options.credential, Options.network, Options.scope, Options.reporting])

    static let compare = CommandSpec(
        "compare",
        abstract: "Compare services, keys, routes or machines, and say what their difference proves.",
        discussion: """
            Runs the same checks over every combination of targets, routes and keys, at the same time and with all else equal. With --from \
            it compares saved reports instead.

            Examples:
              sonde compare openai vercel --model gpt-5.4-nano --samples 20
              sonde compare vercel --route direct --route proxy=http://proxy.example:3128
              sonde compare openai --key env:OLD_KEY --key env:NEW_KEY
              sonde compare --from eu.json --from us.json
            """,
        arguments: [ArgumentSpec("target", .any, help: "A vendor, a target of the profile, or a base URL.")],
        groups: [
            OptionGroup(
                "Target",
                [Options.profile, Options.vendor, Options.model, Options.envFile, Options.vendorDirectory, Options.overrideVendor]),
            OptionGroup("Comparison", [Options.models, Options.samples, Options.maxRequests, Options.from]),
            OptionGroup(
                "Credential",
                [
                    Options.keys, Options.organization, Options.project, Options.team, Options.header, Options.certificate,
                    Options.certificateKey, Options.proveKey,
                ]),
            Options.comparedNetwork,
            OptionGroup(
                "Scope",
                [
                    Options.only, Options.with, Options.skip, Options.noInference, Options.noFollowUp, Options.noControl,
                    Options.noThirdParty,
                    Options.body, Options.dryRun, Options.maxCost,
                ]),
            Options.comparedReporting,
        ])

    static let gate = CommandSpec(
        "gate",
        abstract: "Check what a profile names and hold it to the profile's policy: one pass or fail for a pipeline.",
        discussion: """
            Without a policy every target must pass. The last line says what stopped it and whose turn it is; exit status 5 means that a \
            retry may help, 4 that the checks pass and a limit does not hold.

            Examples:
              sonde gate release.json
              sonde check --profile release.json --exit-zero -o report.json && sonde gate release.json --from report.json
            """,
        arguments: [ArgumentSpec("profile", .one, help: "The JSON file with targets and policy.")],
        groups: [
            OptionGroup("Gate", [Options.gateFrom, Options.maxRequests, Options.envFile, Options.vendorDirectory, Options.overrideVendor]),
            OptionGroup("Credential", [Options.key, Options.header, Options.certificate, Options.certificateKey]),
            Options.network,
            OptionGroup("Scope", [Options.noFollowUp, Options.noControl, Options.body]),
            OptionGroup(
                "Output",
                [
                    Options.format, Options.output, Options.failOn, Options.quiet, Options.verbose, Options.color, Options.noProgress,
                ]),
        ])

    static let watch = {
        var spec = CommandSpec(
            "watch",
            abstract: "Check again and again, and say when a verdict changes.",
            discussion: """
                Each round asks what costs nothing, over new connections; inference is asked now and then, and its verdict stands in between \
                as long as nothing else changes. A made-up key is sent only when a verdict changes, and nobody but the service is asked. \
                How many calls may be paid for in a day is said beforehand.

                Ctrl-C or SIGTERM ends it, with exit status 0; 2 where a file was not written in the last round. On a terminal there is a table, \
                and a line for each change above it. Elsewhere the changes are lines of JSON.

                Examples:
                  sonde watch vercel openai
                  sonde watch --profile targets.json --every 5m -o /var/lib/node_exporter/sonde.prom
                  sonde watch https://llm.example.com/v1 --key file:/run/secrets/llm_key >> changes.ndjson
                """,
            arguments: [ArgumentSpec("target", .any, help: "A vendor, a target of the profile, or a base URL.")],
            groups: [
                OptionGroup("Watch", [Options.every, Options.inferEvery, Options.dailyRequests, Options.dailyCost, Options.rounds]),
                Options.which,
                Options.credential, Options.watchedNetwork,
                OptionGroup(
                    "Scope",
                    [
                        Options.only, Options.with, Options.skip, Options.noInference, Options.noFollowUp, Options.noControl, Options.body,
                        Options.dryRun,
                    ]),
                OptionGroup(
                    "Output",
                    [
                        Options.watchFormat, Options.watchOutput, Options.watchQuiet, Options.watchVerbose, Options.color, Options.noTable,
                        Options.keepBodies, Options.includeIdentifiers,
                    ]),
            ])
        spec.isEndedBySignal = true
        return spec
    }()

    static let profile = CommandSpec(
        "profile",
        abstract: "Try a profile without sending anything, or write one from the keys in the environment.",
        discussion: """
            'check' finds what is misspelt, missing or impossible, with file, line and column. 'init' names a target for each key that is \
            set, and writes no key; on a terminal it asks.

            Examples:
              sonde profile init sonde.json
              sonde profile check sonde.json
            """,
        arguments: [
            ArgumentSpec("check|init", .any, help: "What to do, and the file: sonde.json for 'init' unless it is named; '-' prints.")
        ],
        groups: [
            OptionGroup("Target", [Options.envFile, Options.vendorDirectory, Options.overrideVendor])
        ])

    static let verify = CommandSpec(
        "verify",
        abstract: "Repeat what failed in an earlier report, and say whether it is fixed.",
        discussion: """
            Sends the requests again that failed, with everything else held constant: it refuses when model, route, proxy variables, key, \
            base URL or request differ. When they work, one more request must fail; only then it says fixed. A report is not trusted: \
            no key source, command, path, proxy or address override is taken from it.

            Examples:
              sonde verify report.json
              sonde verify
              sonde verify report.json --key env:LLM_KEY --wait 2h
            """,
        arguments: [
            ArgumentSpec(
                "report", .optional,
                help: "A report that 'check -o FILE.json' wrote; '-' is standard input, nothing the last one kept here.")
        ],
        groups: [
            OptionGroup("Verification", [Options.wait, Options.despiteDifferences, Options.noControl, Options.body, Options.dryRun]),
            OptionGroup("Target", [Options.model, Options.envFile, Options.vendorDirectory, Options.overrideVendor]),
            OptionGroup(
                "Credential",
                [
                    Options.key, Options.organization, Options.project, Options.team, Options.header, Options.certificate,
                    Options.certificateKey,
                ]),
            Options.network,
            OptionGroup(
                "Output",
                [
                    Options.formatButMonitoring, Options.output, Options.quiet, Options.verbose, Options.color, Options.noProgress,
                    Options.keepBodies, Options.includeIdentifiers,
                ]),
        ])

    static let explain = CommandSpec(
        "explain",
        abstract: "Diagnose calls that were made elsewhere, without network.",
        discussion: """
            Reads transcripts (JSON, or one a line), saved reports, pasted output of 'curl -i' and 'curl -v', a bare error body, or the \
            text an SDK threw. Keys in it are taken out before anything else is done.

            Examples:
              sonde explain error.txt
              curl -sS -i https://api.example.com/v1/models | sonde explain -
              sonde explain transcripts.jsonl --format ndjson
            """,
        arguments: [ArgumentSpec("file", .optional, help: "The file to read; '-' or nothing is standard input.")],
        groups: [
            OptionGroup("Target", [Options.vendor, Options.vendorDirectory, Options.overrideVendor]),
            OptionGroup("Output", [Options.formatButMonitoring, Options.output, Options.quiet, Options.verbose, Options.color]),
        ])

    static let evidence = CommandSpec(
        "evidence",
        abstract: "Write the page to paste into a support ticket or a public thread.",
        discussion: """
            Makes Markdown of saved reports; without one, of the last check on this terminal. The page says what was asked and what came \
            back, with times and request ids, what is ruled out and how, where to send it, and a curl line for each request that reads \
            the key from a variable. What only you know is left as a blank, or given with --tried and --note. Nothing is sent.

            Team, organization, project and account ids, e-mail and IP addresses are removed. Before it is written the page is searched \
            for every key that can be found here and for the shapes of keys and identifiers; with one in it nothing is written.

            Examples:
              sonde evidence
              sonde evidence report.json --tried "new key" --note plan=Pro -o page.md
              sonde evidence direct.json gateway.json
            """,
        arguments: [ArgumentSpec("report", .any, help: "A report that 'sonde check -o report.json' wrote; '-' is standard input.")],
        groups: [
            OptionGroup("Page", [Options.tried, Options.note, Options.page, Options.includeIdentifiers]),
            OptionGroup("Search", [Options.key, Options.envFile]),
            OptionGroup("Target", [Options.vendorDirectory, Options.overrideVendor]),
        ])

    static let render = CommandSpec(
        "render",
        abstract: "Turn a saved report into another format; nothing is sent.",
        discussion: """
            Without a report, the one of the last check on this terminal. The report is judged again, and the exit status is what its check \
            would have ended with.

            Examples:
              sonde render report.json -o report.html
              sonde render report.json -o report.xml -o report.md --format github
              sonde render --format html > report.html
            """,
        arguments: [ArgumentSpec("report", .optional, help: "A report that was written with -o report.json; '-' is standard input.")],
        groups: [
            OptionGroup("Target", [Options.envFile, Options.vendorDirectory, Options.overrideVendor]),
            OptionGroup(
                "Output",
                [
                    Options.format, Options.output, Options.failOn, Options.exitZero, Options.quiet, Options.verbose, Options.color,
                ]),
        ])

    static let demo = CommandSpec(
        "demo",
        abstract: "Check a simulated service, without any key and without network.",
        discussion: "Runs the simulator on this machine, checks it, and shows the result. Real keys are never read.",
        arguments: [
            ArgumentSpec("scenario", .optional, help: "A built-in scenario or a scenario file; without it, three services at once.")
        ],
        groups: [
            OptionGroup(
                "Output",
                [
                    Options.format, Options.output, Options.exitZero, Options.quiet, Options.verbose, Options.color, Options.noProgress,
                ])
        ])

    static let simulate = CommandSpec(
        "simulate",
        abstract: "Run a simulated service until it is stopped.",
        discussion: "Point your own application at it to see how it takes a 403. It listens on this machine only.",
        arguments: [ArgumentSpec("scenario", .one, help: "A built-in scenario or a scenario file.")],
        groups: [OptionGroup("Simulator", [Options.port])])

    static let vendors = CommandSpec(
        "vendors",
        abstract: "List the vendors that are known, or show what is known of one.",
        arguments: [ArgumentSpec("id", .optional, help: "A vendor's id or alias.")],
        groups: [OptionGroup("Target", [Options.vendorDirectory, Options.overrideVendor]), OptionGroup("Output", [Options.color])])

    static let causes = CommandSpec(
        "causes",
        abstract: "List the causes a verdict can name, or explain one.",
        arguments: [ArgumentSpec("cause", .optional, help: "A cause, as a report names it.")],
        groups: [OptionGroup("Output", [Options.color])])

    static let completions = CommandSpec(
        "completions",
        abstract: "Print a script that completes commands, options and values in a shell.",
        discussion: """
            'make install' and the packages put it in its place. Elsewhere let the shell read it when it starts.

            Examples:
              source <(sonde completions bash)
              sonde completions zsh > ~/.zfunc/_sonde
              sonde completions fish > ~/.config/fish/completions/sonde.fish
            """,
        arguments: [ArgumentSpec("shell", .one, help: "bash, zsh, or fish.")])

    static let help = CommandSpec(
        "help",
        abstract: "Show help for a subcommand.",
        arguments: [ArgumentSpec("subcommand", .any, help: "The subcommand to explain.")],
        groups: [OptionGroup("Manual", [Options.manual])])
}

extension ToolSpec {
    /// The tool with these commands.
    static func sonde(_ commands: [CommandSpec]) -> ToolSpec {
        ToolSpec(
            name: "sonde", abstract: "Finds out why calls to an AI inference API fail, and whose turn it is.",
            version: Tool.version, commands: commands,
            defaultCommand: commands.first { $0.name == CommandSpec.check.name }?.name)
    }
}
