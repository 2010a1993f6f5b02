public import Sonde

extension Rehearsal {
    /// A report's target as a check of it would have left it.
    public func result(_ target: Target, options: Diagnosis.Options = .init(), at seconds: Int64 = 1_763_630_000) -> TargetResult {
        TargetResult(
            target: target, options: options, exchanges: exchanges, checks: checks, verdict: verdict,
            startedAt: Timestamp(seconds: seconds), duration: .zero)
    }

    /// Carries out a verification with answers from a closure; the probes as they were asked for, those that went out together in one list.
    public static func verify(_ verification: Verification, reply: (Probe) -> Reply) throws -> (rounds: [[Probe]], result: TargetResult) {
        var verification = verification
        let target = verification.evidence.target
        let judge = try Judge(vendors: [target.vendor])
        let (reader, capture) = (judge.reader(for: target), Capture(redactor: Redactor(secrets: [])))
        var rounds: [[Probe]] = []
        var action = verification.start()
        while case .send(let probes) = action {
            rounds.append(probes)
            for probe in probes {
                var exchange = exchange(probe, 1, target, capture, reply(probe))
                exchange.reading = reader.read(exchange)
                action = verification.receive(exchange)
            }
        }
        let evidence = verification.evidence
        let (verdict, checks) = judge.judge(Diagnosis(target: target, options: evidence.options, recorded: evidence.exchanges))
        let result = TargetResult(
            target: target, options: evidence.options, exchanges: evidence.exchanges, checks: checks, verdict: verdict,
            startedAt: Timestamp(seconds: 1_763_640_000), duration: .zero)
        return (rounds, result)
    }
}
