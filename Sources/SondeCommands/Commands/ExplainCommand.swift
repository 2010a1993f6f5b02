import Sonde
import SondeJSON

/// `sonde explain [FILE|-]`: a diagnosis without network.
struct ExplainCommand: Command {
    static let spec = CommandSpec.explain
    private let arguments: ParsedArguments

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let catalog = try tools.vendors.load(environment: console.environment)
        let named = try arguments.string(Options.vendor).map { (name) throws(UsageError) in
            guard let vendor = catalog.vendor(named: name) else { throw UsageError.unknown("vendor", name, among: catalog.names) }
            return vendor
        }
        guard let fallback = catalog.vendors.first(where: { $0.baseURL == nil && $0.key.isOptional && $0.kind == .direct }) else { return .usage }
        let bytes = try InputFile.read(arguments.positionals.first ?? "-", purpose: "recording", limit: 256 << 20)
        let secrets = RunSecrets.collect(targets: [], catalog: catalog, environment: console.environment)
        let capture = Capture(redactor: Redactor(secrets: secrets, patterns: Pattern.common + catalog.vendors.flatMap(\.identifiers)))
        let evidence = RecordedEvidence(catalog: catalog, judge: try Judge(vendors: catalog.vendors), capture: capture)
        let now = Timestamp(microseconds: System.now())
        var isUnread = false
        var output: [UInt8] = []
        RecordingInput(bytes: bytes).forEach { item in
            switch item.recording {
            case .success(let recording):
                let result = evidence.result(for: recording, vendor: named, fallback: fallback, at: now)
                JSON.object([("id", .string(recording.id ?? "\(item.line)")), ("verdict", result.verdict.json)].object).write(to: &output)
            case .failure(let error):
                isUnread = true
                JSON.object([("line", .integer(Int64(item.line))), ("error", .string("\(error)"))].object).write(to: &output)
            }
            output.append(UInt8(ascii: "\n"))
            if output.count > 1 << 16 {
                console.write(output)
                output.removeAll(keepingCapacity: true)
            }
        }
        console.write(output)
        return isUnread ? .usage : .pass
    }
}

extension [(String, JSON)] {
    fileprivate var object: JSON.Object { JSON.Object(self) }
}
