public import Sonde

/// Leads a diagnosis to its verdict with answers from a closure: no network, no clock, no pauses.
public struct Rehearsal: Sendable {
    /// What a service does with one attempt of a probe.
    public enum Reply: Sendable {
        case response(Response)
        case failure(TransportFailure)
        case handshake(TLSSession)
    }

    /// The probes in the order in which they were asked for, those that went out together in one list.
    public private(set) var rounds: [[Probe]] = []
    public private(set) var exchanges: [Exchange] = []
    public private(set) var options: Diagnosis.Options
    public private(set) var withheld: [Withheld]
    public private(set) var verdict: Verdict
    public private(set) var checks: [CheckResult]

    /// Every probe that was asked for.
    public var probes: [Probe] { rounds.flatMap(\.self) }

    /// What was asked for after the baseline and the inference that waited for the list.
    public var followUps: [Probe] { probes.filter(\.kind.isFollowUp) }

    /// The outcome of one check; nil when it was not asked for.
    public func outcome(_ check: String) -> CheckResult.Outcome? { checks.first { $0.id == check }?.outcome }

    /// - Parameter reply: Is given each probe and the number of the attempt, from 1.
    public init(
        _ target: Target, options: Diagnosis.Options = .init(), redactor: Redactor = Redactor(secrets: []),
        retries: RetryPolicy = RetryPolicy(),
        reply: (Probe, Int) -> Reply
    ) throws {
        try self.init(of: Diagnosis(target: target, options: options), redactor: redactor, retries: retries, reply: reply)
    }

    /// Leads a diagnosis that may know something already.
    public init(
        of diagnosis: Diagnosis, redactor: Redactor = Redactor(secrets: []), retries: RetryPolicy = RetryPolicy(),
        reply: (Probe, Int) -> Reply
    ) throws {
        var diagnosis = diagnosis
        let target = diagnosis.evidence.target
        let judge = try Judge(vendors: [target.vendor])
        let (reader, capture) = (judge.reader(for: target), Capture(redactor: redactor))
        var action = diagnosis.start()
        while case .send(let probes) = action {
            rounds.append(probes)
            for probe in probes {
                var exchange = Self.exchange(probe, 1, target, capture, reply(probe, 1))
                exchange.reading = reader.read(exchange)
                while retries.pause(after: exchange, remaining: .seconds(60), jitter: 0) != nil {
                    diagnosis.note(exchange)
                    let attempt = exchange.attempt + 1
                    exchange = Self.exchange(probe, attempt, target, capture, reply(probe, attempt))
                    exchange.reading = reader.read(exchange)
                }
                action = diagnosis.receive(exchange)
            }
        }
        exchanges = diagnosis.evidence.exchanges
        options = diagnosis.evidence.options
        withheld = diagnosis.evidence.withheld
        (verdict, checks) = judge.judge(diagnosis)
    }

    static func exchange(_ probe: Probe, _ attempt: Int, _ target: Target, _ capture: Capture, _ reply: Reply) -> Exchange {
        let request = Exchange.SentRequest(method: probe.method.rawValue, url: target.url(of: probe), keyUse: probe.keyUse)
        var exchange = Exchange(
            probe: probe, attempt: attempt, request: request, startedAt: Timestamp(seconds: 1_763_630_000), outcome: .handshake)
        switch reply {
        case .response(let response): capture.take(.success(response), into: &exchange, of: target)
        case .failure(let failure): capture.take(.failure(failure), into: &exchange, of: target)
        case .handshake(let session):
            exchange.connection = capture.connection(Connection(tls: session))
        }
        return exchange
    }
}
