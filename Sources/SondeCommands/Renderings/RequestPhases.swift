import Sonde

/// The phases of one request, one after the other, each with its own length.
struct RequestPhases {
    enum Phase: String, CaseIterable {
        case dns, connect, tls
        /// Until the request was sent: on a shared connection, the wait for its handshake.
        case request
        /// From the request's last byte to the answer's first: what the service took.
        case firstByte = "first_byte"
        case body

        /// As people call it.
        var name: String { self == .firstByte ? "first byte" : rawValue }
    }

    struct Span {
        var phase: Phase
        /// Microseconds from the start of the request.
        var start: Int64
        var end: Int64
        /// Says whether the request ended in it, without an answer.
        var isBroken = false
    }

    /// Those that took any time, in order.
    let spans: [Span]

    init(_ exchange: Exchange) {
        let timings = exchange.timings
        var ends: [(Phase, Duration)] = []
        for (phase, end) in [
            (Phase.dns, timings.nameLookup), (.connect, timings.connect), (.tls, timings.tls), (.request, timings.pretransfer),
            (.firstByte, timings.firstByte),
        ] {
            if let end { ends.append((phase, end)) }
        }
        let last = ends.last?.0
        var spans: [Span] = []
        var now: Int64 = 0
        func add(_ phase: Phase, until end: Duration, isBroken: Bool = false) {
            let end = end.microseconds
            guard end > now else { return }
            spans.append(Span(phase: phase, start: now, end: end, isBroken: isBroken))
            now = end
        }
        for (phase, end) in ends { add(phase, until: min(end, timings.total)) }
        let isBroken = exchange.failure != nil
        // A bare handshake has no body, and what broke off died in the phase after the last one that ended.
        let rest: Phase = isBroken || exchange.probe.kind == .handshake ? Self.phase(after: last, exchange) : .body
        add(rest, until: timings.total, isBroken: isBroken)
        self.spans = spans
    }

    private static func phase(after last: Phase?, _ exchange: Exchange) -> Phase {
        switch last {
        case nil: .dns
        case .dns: .connect
        case .connect: exchange.request.url.hasPrefix("http://") ? .request : .tls
        case .tls: exchange.probe.kind == .handshake ? .tls : .request
        case .request: .firstByte
        case .firstByte, .body: .body
        }
    }

    /// Microseconds that a phase took.
    func length(of phase: Phase) -> Int64 { spans.reduce(0) { $0 + ($1.phase == phase ? $1.end - $1.start : 0) } }
}
