import Sonde
import Synchronization

/// Says on one line what a run is doing.
final class RunProgress: Sendable {
    private let line: ProgressLine
    private let total: Int
    private let finished = Mutex(0)

    init(line: ProgressLine, total: Int) {
        self.line = line
        self.total = total
    }

    func begin() {
        line.show(total == 1 ? "Asking …" : "Asking \(total) targets …")
    }

    func note(_ event: RunEvent) {
        switch event {
        case .asking(let target, let probes):
            if total == 1 { line.show("Asking \(target): \(probes.map(\.kind.rawValue).joined(separator: ", ")) …") }
        case .retrying(let target, let probe, let pause):
            line.show("\(target): \(probe.kind.rawValue) failed, again in \(pause.milliseconds) ms …")
        case .sampling(let round, let rounds):
            line.show(round == 0 ? "Warming up …" : "Measuring, round \(round) of \(rounds) …")
        case .finished:
            let count = finished.withLock { count in
                count += 1
                return count
            }
            if total > 1 { line.show("\(count) of \(total) targets checked …") }
        }
    }
}
