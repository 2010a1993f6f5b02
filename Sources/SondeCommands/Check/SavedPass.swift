import Sonde
import SondeJSON

/// A report made before that may stand in for a run: `--max-age`.
struct SavedPass {
    /// Where the run would write its own report.
    let path: String
    let maximumAge: Duration

    /// Nil without `--max-age`.
    ///
    /// - Throws: When no file is named in which a report could be.
    init?(_ arguments: ParsedArguments, outputs: ReportOutputs) throws(UsageError) {
        guard let age = arguments.duration(Options.maxAge) else { return nil }
        guard let path = outputs.reportPath else {
            throw UsageError(
                .missingArgument, "'--max-age' is about the report in a file, and none is named", help: "Add -o json=FILE.")
        }
        self.path = path
        maximumAge = age
    }

    /// The report, if it can stand in for the run; says which way it went, and why, where there is a report.
    func report(insteadOf run: ReportReuse, catalog: VendorCatalog, console: Console, judging: (inout Report) -> Void) throws -> Report? {
        guard let bytes = InputFile.glance(path, limit: SavedReport.limit), !bytes.isEmpty else { return nil }
        let name: EchoedText = "\(outside: path)"
        let now = Timestamp(microseconds: System.now())
        let judge = try Judge(vendors: catalog.vendors)
        var report: Report
        do throws(JSONError) {
            report = try SavedReport.parse(bytes, catalog: catalog, judge: judge).report
        } catch {
            console.note("Asking anew: \(name) is not a report that can be read.")
            return nil
        }
        judging(&report)
        // What a gate said holds for its policy alone.
        let objection = report.gate == nil ? run.objection(to: report, maximumAge: maximumAge, now: now) : "it is the report of a gate"
        if let objection {
            console.note("Asking anew: \(name) is there, but \(objection).")
            return nil
        }
        let seconds = now.seconds - report.startedAt.seconds
        console.note("Nothing was asked: \(name), made \(Counted.text(Int(seconds), "second")) ago, is a pass (--max-age).")
        return report
    }
}

/// What shapes a run besides targets and their options, a line each, as the report shows it.
enum RunSettings {
    static func lines(_ targets: [Target], _ arguments: ParsedArguments) -> [String] {
        var lines: [String] = []
        for route in targets.map(\.route) where !route.details.isEmpty {
            let line = "route \(route.name): \(route.details.joined(separator: ", "))"
            if !lines.contains(line) { lines.append(line) }
        }
        for option in [Options.connectTimeout, Options.maxTime, Options.deadline, Options.retry] where arguments.isGiven(option) {
            lines.append("\(option.display)=\(arguments.string(option) ?? "")")
        }
        for option in [Options.allowHTTP, Options.noThirdParty, Options.keepBodies, Options.includeIdentifiers] where arguments.flag(option)
        { lines.append(option.display) }
        return lines
    }
}

extension Route {
    /// Where it departs from a direct connection to the address that the name has.
    fileprivate var details: [String] {
        var details: [String] = []
        if case .fixed(let proxy) = proxy { details.append("proxy \(proxy.display)") }
        if let interface { details.append("interface \(interface)") }
        if family != .any { details.append(family.rawValue) }
        details += resolve.map { "resolve \($0)" } + connectTo.map { "connect-to \($0)" }
        if let certificateAuthorities { details.append("cacert \(certificateAuthorities)") }
        if let clientCertificate { details.append("cert \(clientCertificate.certificate)") }
        return details
    }
}
