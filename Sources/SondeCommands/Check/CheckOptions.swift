import Sonde
import SondeJSON

/// Turns the options about scope and limits into what the engine understands.
enum CheckOptions {
    static func limits(_ arguments: ParsedArguments) throws(UsageError) -> RunLimits {
        var limits = RunLimits()
        limits.connect = arguments.duration(Options.connectTimeout) ?? limits.connect
        if let limit = arguments.duration(Options.maxTime) { (limits.total, limits.inference) = (limit, limit) }
        limits.deadline = arguments.duration(Options.deadline) ?? limits.deadline
        if arguments.isGiven(Options.deadline) { limits.sampling = limits.deadline }
        if ReportOutputs.standardFormat(arguments) == .nagios {
            limits.samplesWithinRun = true
            if !arguments.isGiven(Options.deadline) {
                limits.deadline = monitoringDeadline
                // A service that does not answer must be told from a run that came to its end: its failure, not our ignorance.
                if !arguments.isGiven(Options.maxTime) { (limits.total, limits.inference) = (monitoringLimit, monitoringLimit) }
            }
        }
        limits.retries = arguments.integer(Options.retry) ?? limits.retries
        limits.jobs = arguments.integer(Options.jobs) ?? limits.jobs
        limits.plainHTTP = arguments.flag(Options.allowHTTP) ? .anywhere : .loopback
        if let path = arguments.string(Options.body) { limits.customBody = try body(path) }
        return limits
    }

    /// Monitoring kills what takes ten seconds, and then knows nothing.
    private static let monitoringDeadline = Duration.seconds(9)
    /// For one request; what is left is for those that find out why.
    private static let monitoringLimit = Duration.seconds(7)

    private static func body(_ path: String) throws(UsageError) -> JSON.Object {
        let bytes = try InputFile.read(path, purpose: "request body", limit: 1 << 20)
        do throws(JSONError) {
            return try JSONReader(.parse(bytes)).object()
        } catch {
            throw UsageError(.configuration, "\(outside: error.located(in: bytes).description(file: path))")
        }
    }

    /// - Throws: When nothing is left to check: that would pass without having measured anything.
    static func refuseNothing(_ options: Diagnosis.Options) throws(UsageError) {
        guard options.checks.isEmpty else { return }
        throw UsageError(
            .conflict, "'--only' and '--skip' leave no check", help: "Leave one of them out, or name different checks.")
    }

    static func diagnosis(_ arguments: ParsedArguments) -> Diagnosis.Options {
        var options = Diagnosis.Options()
        let skipped = Set(arguments.strings(Options.skip))
        let only = arguments.strings(Options.only)
        options.checks = Set((only.isEmpty ? CheckList.usual : only) + arguments.stringsIfOffered(Options.with)).subtracting(skipped)
        options.pays = !arguments.flag(Options.noInference)
        options.infers = options.pays && options.checks.contains(InferenceCheck.id)
        options.hasOwnBody = arguments.isGiven(Options.body)
        options.followsUp = !arguments.flag(Options.noFollowUp)
        options.usesControl = !arguments.flag(Options.noControl)
        options.asksThirdParties = !arguments.flag(Options.noThirdParty)
        options.provesKey = arguments.flag(Options.proveKey)
        return options
    }

    /// Scope name to the value that an option gives it.
    static func scopes(_ arguments: ParsedArguments) -> [String: String] {
        ["organization": Options.organization, "project": Options.project, "team": Options.team].compactMapValues { arguments.string($0) }
    }

    /// The ceiling of one target: all have an equal share of what was allowed, so that none needs to know of the others.
    static func costLimit(_ arguments: ParsedArguments, targets: Int) -> CostLimit? {
        arguments.string(Options.maxCost).flatMap(DecimalText.parse).map {
            CostLimit(amount: $0 / Double(max(1, targets)), attempts: 1 + (arguments.integer(Options.retry) ?? RunLimits().retries))
        }
    }

    /// The ceilings of one cell of a comparison, for its checks and for its measurements: both are of the same small requests, so that
    /// each gets what its number of them takes.
    static func costLimits(
        _ arguments: ParsedArguments, cells: Int, rounds: Int?, _ options: Diagnosis.Options
    ) -> (checks: CostLimit?, samples: Double?) {
        guard var limit = costLimit(arguments, targets: cells), let rounds else { return (costLimit(arguments, targets: cells), nil) }
        let paid = options.checks.intersection([InferenceCheck.id, StreamingCheck.id, ResponsesCheck.id, EmbeddingsCheck.id]).count
        let (checks, samples) = (Double(max(1, paid) * limit.attempts), Double(rounds + 1))
        let whole = limit.amount
        limit.amount = whole * checks / (checks + samples)
        return (limit, whole - limit.amount)
    }

    /// Refuses what is known to cost too much, or of which no price can become known, before anything is sent.
    static func refuseCost(of targets: [Target], _ options: Diagnosis.Options) throws(UsageError) {
        guard let limit = options.costLimit else { return }
        for target in targets {
            switch RequestPlan.ceiling(for: target, options: options, attempts: limit.attempts) {
            case .listed: continue
            case .atMost(let cost) where cost <= limit.amount: continue
            case .atMost:
                throw UsageError(
                    .configuration, "\(outside: target.name) may cost more than '--max-cost' allows, so nothing was sent",
                    help: "Raise it, or lower --retry: each repetition counts. '--dry-run' shows the highest price of each request.")
            case .unknown: throw priceUnknown(target)
            }
        }
    }

    /// Refuses measurements of which it is known that they cost too much.
    static func refuseCost(
        ofMeasuring targets: [Target], _ options: Diagnosis.Options, requests: Int, limit: Double
    ) throws(UsageError) {
        for target in targets {
            switch RequestPlan.ceiling(ofMeasuring: target, options: options, requests: requests) {
            case .listed: continue
            case .atMost(let cost) where cost <= limit: continue
            case .atMost:
                throw UsageError(
                    .configuration,
                    "\(own: "\(requests)") requests to measure \(outside: target.name) may cost more than '--max-cost' allows, so nothing was sent",
                    help: "Raise it, or take fewer --samples.")
            case .unknown: throw priceUnknown(target)
            }
        }
    }

    static func priceUnknown(_ target: Target) -> UsageError {
        UsageError(
            .configuration,
            "What a request to \(outside: target.name) costs is not known, so '--max-cost' cannot be kept and nothing was sent",
            help: "Leave it out (one request costs about twenty tokens), or add --no-inference, which costs nothing.")
    }
}
