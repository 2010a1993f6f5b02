import Sonde
import SondeJSON

/// Turns the options about scope and limits into what the engine understands.
enum CheckOptions {
    static func limits(_ arguments: ParsedArguments) throws(UsageError) -> RunLimits {
        var limits = RunLimits()
        limits.connect = arguments.duration(Options.connectTimeout) ?? limits.connect
        if let limit = arguments.duration(Options.maxTime) { (limits.total, limits.inference) = (limit, limit) }
        limits.deadline = arguments.duration(Options.deadline) ?? limits.deadline
        limits.retries = arguments.integer(Options.retry) ?? limits.retries
        limits.jobs = arguments.integer(Options.jobs) ?? limits.jobs
        limits.plainHTTP = arguments.flag(Options.allowHTTP) ? .anywhere : .loopback
        if let path = arguments.string(Options.body) { limits.customBody = try body(path) }
        return limits
    }

    private static func body(_ path: String) throws(UsageError) -> JSON.Object {
        let bytes = try InputFile.read(path, purpose: "request body", limit: 1 << 20)
        do throws(JSONError) {
            return try JSONReader(.parse(bytes)).object()
        } catch {
            throw UsageError(.configuration, "\(outside: error.located(in: bytes).description(file: path))")
        }
    }

    static func diagnosis(_ arguments: ParsedArguments) -> Diagnosis.Options {
        var options = Diagnosis.Options()
        let skipped = Set(arguments.strings(Options.skip))
        let only = Set(arguments.strings(Options.only))
        options.checks = Set(CheckList.all.map { $0.id }.filter { (only.isEmpty || only.contains($0)) && !skipped.contains($0) })
        options.infers =
            !arguments.flag(Options.noInference)
            && (options.checks.contains(InferenceCheck.id) || only.isEmpty && !skipped.contains(InferenceCheck.id))
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

    /// No prices are known yet, so no ceiling can be kept: refused rather than ignored.
    static func refuseUnknownCost(_ arguments: ParsedArguments) throws(UsageError) {
        guard arguments.isGiven(Options.maxCost), !arguments.flag(Options.noInference) else { return }
        throw UsageError(
            .configuration, "The price of an inference request is not known, so '--max-cost' cannot be kept",
            help: "Leave it out (one request costs about twenty tokens), or add --no-inference, which costs nothing.")
    }
}
