import Sonde

/// Every option of the tool, each defined once; commands pick from it, so that an option means the same everywhere.
///
/// Names and meanings are curl's where curl has the option; `--key` is the one exception, and its help says so.
enum Options {
    // MARK: Which

    static let profile = OptionSpec(
        "profile", .text("file"), help: "Check the targets that this JSON file describes; TARGET then also names one of them.")
    static let vendor = OptionSpec(
        "vendor", .text("id"), help: "The vendor behind a base URL, where the URL alone does not say; 'sonde vendors' lists them.")
    static let model = OptionSpec(
        "model", .text("name"), help: "The model to ask, instead of the vendor's usual one.")
    static let all = OptionSpec(
        "all", .flag, help: "Check every vendor whose key variable is set, also where nobody is looking.")
    static let envFile = OptionSpec(
        "env-file", .text("file"), isRepeatable: true,
        help: "Read variables from this file too; the environment wins, and no such file is ever read without being named.")
    static let vendorDirectory = OptionSpec(
        "vendor-dir", .text("dir"), isRepeatable: true, help: "Read further vendor manifests, *.json, from this directory.")
    static let overrideVendor = OptionSpec(
        "override-vendor", .text("id"), isRepeatable: true,
        help: "Let a manifest of yours take the place of this built-in vendor, its hosts and its key variables.")

    // MARK: Credential

    static let key = OptionSpec(
        "key", .text("[target=]source"), isRepeatable: true,
        help: """
            Where to read the API key from: env:NAME, file:PATH, stdin, or command:CMD. Never the key itself, and not what curl \
            means by --key. With several targets, one TARGET=SOURCE each.
            """)
    static let organization = OptionSpec("org", .text("id"), help: "The organization to send along.")
    static let project = OptionSpec("project", .text("id"), help: "The project to send along.")
    static let team = OptionSpec("team", .text("id"), help: "The team to send along.")
    static let header = OptionSpec(
        "header", short: "H", .text("name=env:var"), isRepeatable: true,
        help: "Send one more header to a single service, its value read from a variable.")
    static let certificate = OptionSpec("cert", .text("file"), help: "Client certificate, PEM.")
    static let certificateKey = OptionSpec("cert-key", .text("file"), help: "Private key of the client certificate, PEM.")
    static let proveKey = OptionSpec(
        "prove-key", .flag, help: "Where no endpoint proves the key, send a made-up key too and see whether it is refused.")

    // MARK: Network

    static let route = OptionSpec(
        "route", .text("name"), defaultText: "env",
        help: """
            Go this way: direct, env (as the proxy variables say), proxy=URL, interface=NAME or ADDRESS, ipv4, ipv6, resolve=ADDRESS, or a \
            route of the profile.
            """)
    static let routes = OptionSpec(
        "route", .text("name"), isRepeatable: true, defaultText: "the profile's routes, or env",
        help: """
            Go this way too: direct, env, proxy=URL, interface=NAME or ADDRESS, ipv4, ipv6, resolve=ADDRESS, or a route of the profile.
            """)
    static let proxy = OptionSpec(
        "proxy", short: "x", .text("url"), help: "Go through this proxy: http, https, socks5, or socks5h, without a password in it.")
    static let proxyUser = OptionSpec(
        "proxy-user", .text("env:name"), help: "Variable that holds USER:PASSWORD for the proxy.")
    static let interface = OptionSpec(
        "interface", .text("name"), help: "Interface or source address to send from.")
    static let ipv4 = OptionSpec("ipv4", short: "4", .flag, help: "Connect to IPv4 addresses only; of -4 and -6 the last one counts.")
    static let ipv6 = OptionSpec("ipv6", short: "6", .flag, help: "Connect to IPv6 addresses only.")
    static let resolve = OptionSpec(
        "resolve", .text("host:port:addr"), isRepeatable: true, help: "Use this address for a host and port.")
    static let connectTo = OptionSpec(
        "connect-to", .text("h1:p1:h2:p2"), isRepeatable: true, help: "Connect to H2:P2 where H1:P1 is meant.")
    static let certificateAuthorities = OptionSpec(
        "cacert", .text("file"), help: "Trust the authorities in this PEM file instead of the system's.")
    static let connectTimeout = OptionSpec(
        "connect-timeout", .duration, default: "5s", help: "Limit for connecting, TLS included.")
    static let maxTime = OptionSpec(
        "max-time", short: "m", .duration, defaultText: "15s, inference 30s",
        help: "Limit for one request; with --format nagios 7s, unless it is given.")
    static let deadline = OptionSpec(
        "deadline", .duration, default: "60s", help: "Limit for the whole run; with --format nagios 9s, unless it is given.")
    static let retry = OptionSpec(
        "retry", .integer(0...10), defaultText: "2, after a timeout 1", help: "Repetitions of a request that failed for a passing reason.")
    static let jobs = OptionSpec(
        "jobs", .integer(1...1_000), default: String(RunLimits.usualJobs),
        help: "Targets checked at the same time; one that waits for its last answer counts half.")
    static let allowHTTP = OptionSpec(
        "allow-http", .flag, help: "Allow plain http to hosts other than this machine; keys then travel in the open.")

    // MARK: Scope

    static let only = OptionSpec("only", .choices(checks, name: "checks"), isRepeatable: true, help: "Run these checks only.")
    static let with = OptionSpec(
        "with", .choices(CheckList.optional, name: "checks"), isRepeatable: true,
        help: "Run these checks besides the usual ones; each costs a few tokens more.")
    static let skip = OptionSpec(
        "skip", .choices(checks, name: "checks"), isRepeatable: true, help: "Leave these checks out; same values as --only.")
    static let noInference = OptionSpec(
        "no-inference", .flag, help: "Send nothing that costs tokens; the verdict is then at best inconclusive.")
    static let noFollowUp = OptionSpec("no-follow-up", .flag, help: "Send the first requests only, even when their answers leave it open.")
    static let noControl = OptionSpec("no-control", .flag, excludes: ["prove-key"], help: "Never send a made-up key for comparison.")
    static let noThirdParty = OptionSpec("no-third-party", .flag, help: "Ask neither the status page nor the vendor's edge.")
    static let body = OptionSpec("body", .text("file"), help: "Send this JSON as the inference request.")
    static let dryRun = OptionSpec("dry-run", .flag, help: "Say what would be sent, and to which hosts, and send nothing.")
    static let maxCost = OptionSpec(
        "max-cost", .amount("usd"),
        help: "Send nothing that could cost more, all targets and repetitions together; an unknown price is refused too.")

    // MARK: Comparison

    static let keys = OptionSpec(
        "key", .text("[target=]source"), isRepeatable: true,
        help: """
            Where to read an API key from: env:NAME, file:PATH, stdin, or command:CMD. Given twice for one target, both keys are compared. \
            Not what curl means by --key.
            """)
    static let models = OptionSpec(
        "models", .text("name,…"), isRepeatable: true, help: "Show which of these models each service lists.")
    static let samples = OptionSpec(
        "samples", .integer(1...1_000),
        help: "Measure so many paid requests to each, in turn, and compare their times; one more each warms up.")
    static let maxRequests = OptionSpec(
        "max-requests", .integer(1...1_000_000), default: "200", help: "Refuse beforehand to send more paid requests than this.")
    static let from = OptionSpec(
        "from", .text("report"), isRepeatable: true, help: "Compare saved reports, such as those of several machines; nothing is sent.")

    // MARK: Watching

    static let every = OptionSpec(
        "every", .duration, default: "60s",
        help: "From the beginning of one round to that of the next; at least 1s, but for services on this machine.")
    static let inferEvery = OptionSpec(
        "infer-every", .integer(1...1_000_000), default: "10", excludes: ["no-inference"],
        help: """
            Ask for inference, which is paid for, in the first round and in every so-many-th after it; unless it is given, less often where \
            --max-requests or --max-cost takes that.
            """)
    static let rounds = OptionSpec(
        "rounds", .integer(1...1_000_000_000), help: "End after so many rounds, with the exit status of the last one as 'check' has it.")
    static let dailyRequests = OptionSpec(
        "max-requests", .integer(1...1_000_000), default: "200",
        help: "Make no more paid calls than this within a day; a --infer-every that takes more is refused beforehand.")
    static let dailyCost = OptionSpec(
        "max-cost", .amount("usd"),
        help: "Pay no more than this within a day, at the listed prices; an unknown price is refused.")
    static let watchFormat = OptionSpec(
        "format", .choice([OutputFormat.text, .ndjson].map(\.rawValue)), defaultText: "text on a terminal, else ndjson",
        help: "What to print on standard output: a line for people, or one of JSON, each time a verdict changes.")
    static let watchOutput = OptionSpec(
        "output", short: "o", .text("[format=]file"), isRepeatable: true,
        help: "Write the report of each round to this file, in the format of its suffix, whole or not at all.")
    static let watchQuiet = OptionSpec("quiet", .flag, excludes: ["verbose"], help: "Print the changes only.")
    static let watchVerbose = OptionSpec("verbose", short: "v", .flag, help: "Print a line for each round as well.")
    static let noTable = OptionSpec("no-progress", .flag, help: "Show no table on a terminal, only the changes.")
    static let roundDeadline = OptionSpec("deadline", .duration, default: "60s", help: "Limit for each round.")

    // MARK: Gate

    static let gateFrom = OptionSpec(
        "from", .text("report"), help: "Judge this report, made before, and send nothing.")

    // MARK: Output

    static let format = OptionSpec(
        "format", .choice(OutputFormat.printed.map(\.rawValue)), default: OutputFormat.text.rawValue,
        help: "What to print on standard output.")
    /// For commands whose end tells nothing of a service's state now, so that monitoring cannot go by it.
    static let formatButMonitoring = OptionSpec(
        "format", .choice(OutputFormat.printed.filter { $0 != .nagios }.map(\.rawValue)), default: OutputFormat.text.rawValue,
        help: "What to print on standard output.")
    static let output = OptionSpec(
        "output", short: "o", .text("[format=]file"), isRepeatable: true,
        help: """
            Write the report to this file as well, in the format of its suffix; '-' is standard output. Besides those of --format there \
            is evidence=FILE: the page for a support ticket.
            """)
    static let maxAge = OptionSpec(
        "max-age", .duration,
        help: """
            Ask nothing when the JSON file of -o is a report of the same targets and options, no older than this, and a pass; after a \
            failure, always ask.
            """)
    static let failOn = OptionSpec(
        "fail-on", .choice(FailureLevel.allCases.map(\.rawValue)), default: FailureLevel.fail.rawValue,
        help: "The outcome from which on a check counts as failed.")
    static let exitZero = OptionSpec(
        "exit-zero", .flag, help: "Exit with 0 also when checks fail; usage errors, inconclusive runs and signals keep their status.")
    static let quiet = OptionSpec("quiet", .flag, excludes: ["verbose"], help: "Print the verdicts only.")
    static let verbose = OptionSpec("verbose", short: "v", .flag, help: "Print every request and what it said.")
    static let color = OptionSpec(
        "color", .choice(ColorChoice.allCases.map(\.rawValue)), default: ColorChoice.auto.rawValue, help: "When to use colors.")
    static let noProgress = OptionSpec("no-progress", .flag, help: "Show no progress line.")
    static let keepBodies = OptionSpec("keep-bodies", .flag, help: "Keep whole bodies in the report, redacted.")
    static let includeIdentifiers = OptionSpec(
        "include-identifiers", .flag, help: "Leave team, organization, project and account ids readable.")

    // MARK: Evidence

    static let tried = OptionSpec(
        "tried", .text("text"), isRepeatable: true, help: "Something that was tried before, such as \"new key\".")
    static let note = OptionSpec(
        "note", .text("name=value"), isRepeatable: true,
        help: "A fact for the page: plan=Pro, sdk=\"openai 2.8.0\", elsewhere=\"same from home\", or any other.")
    static let page = OptionSpec(
        "output", short: "o", .text("file"), help: "Write the page to this file instead of standard output, whole or not at all.")

    // MARK: Verification

    static let wait = OptionSpec(
        "wait", .duration,
        help: "Ask again until it is fixed or this time is over, with growing pauses of 5 minutes and more; no retries within a round.")
    static let despiteDifferences = OptionSpec(
        "despite-differences", .flag, help: "Repeat the requests though something is not as it was; the report says what.")

    // MARK: Simulator

    static let port = OptionSpec(
        "port", .integer(0...65_535), default: "0", help: "Port to listen on; 0 lets the system choose.")

    // MARK: Help

    static let version = OptionSpec("version", .flag, help: "Show the version.")
    static let help = OptionSpec("help", short: "h", .flag, help: "Show help information.")
    static let manual = OptionSpec(
        "man", .text("dir"), help: "Write the manual pages, sonde.1 and one for each subcommand, into this directory instead.")

    /// The ids of the checks, in the order in which they are shown.
    static let checks = CheckList.all.map { $0.id }
}

/// From which outcome on a check counts as failed, `--fail-on`.
enum FailureLevel: String, Hashable, CaseIterable {
    case warn, fail
}
