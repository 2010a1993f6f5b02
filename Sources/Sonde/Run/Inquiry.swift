/// What a run carries out for one target: exchanges go in, probes to send come out, without I/O or clock.
protocol Inquiry: Sendable {
    /// All that has been gathered so far, and the target it is about.
    var evidence: Evidence { get }

    /// The first requests, or `.finish` where asking is pointless.
    mutating func start() -> Diagnosis.Action
    /// Takes an attempt that will be repeated; it stays in the evidence.
    mutating func note(_ exchange: Exchange)
    /// Takes the last attempt of a probe.
    mutating func receive(_ exchange: Exchange) -> Diagnosis.Action
}

extension Diagnosis: Inquiry {}
