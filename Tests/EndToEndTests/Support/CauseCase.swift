import Sonde
import TestSupport
import Testing

/// One way to come to a cause, and all that it costs to find out.
struct CauseCase: Sendable, CustomTestStringConvertible {
    let cause: Cause
    let reason: String?
    let confidence: Confidence
    let exit: Sonde.ExitStatus
    let name: String
    /// Programs without which there is no such peer.
    let needs: [Program]
    /// Says whether the requests arrive at a service that can tell of them; the others died on the way.
    let arrives: Bool
    let peer: @Sendable (User) throws -> Peer
    /// The requests, those that went out at once in one line, each as `METHOD /path credential`.
    let asks: [[String]]

    init(
        _ cause: Cause, _ reason: String? = nil, _ confidence: Confidence, exits exit: Sonde.ExitStatus = .checkFailed, _ name: String,
        needs: [Program] = [], arrives: Bool = true, at peer: @escaping @Sendable (User) throws -> Peer, asks: [[String]]
    ) {
        (self.cause, self.reason, self.confidence, self.exit, self.name) = (cause, reason, confidence, exit, name)
        (self.needs, self.arrives, self.peer, self.asks) = (needs, arrives, peer, asks)
    }

    var testDescription: String { "\(cause.rawValue): \(name)" }

    var isPossibleHere: Bool { needs.allSatisfy(\.isInstalled) }
}
