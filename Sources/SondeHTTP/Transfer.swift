import CCurl
import Sonde
import Synchronization

/// What the loop is asked to do, complete, and where its answer goes.
///
/// A class, as is ``Outcome``: requests and results are large values, which would otherwise stand several times on the stack of
/// every waiting task.
final class Order: Sendable {
    enum Purpose: Sendable {
        case request
        /// A bare handshake with verification off: no request, no key.
        case inspection
    }

    let purpose: Purpose
    let request: Request
    let route: Route
    /// Set from any thread; catches a cancellation that comes before the order itself.
    let isCancelled = Atomic<Bool>(false)
    private let continuation = Mutex<CheckedContinuation<Outcome, Never>?>(nil)

    init(_ purpose: Purpose, _ request: Request, _ route: Route) {
        self.purpose = purpose
        self.request = request
        self.route = route
    }

    /// Says who waits for the answer; before the order goes to the loop.
    func awaitAnswer(by waiting: CheckedContinuation<Outcome, Never>) {
        continuation.withLock { $0 = waiting }
    }

    /// Answers once; what comes later is dropped.
    func answer(_ result: Result<Response, TransportFailure>) {
        continuation.withLock { $0.take() }?.resume(returning: Outcome(result))
    }
}

/// The answer to an order.
final class Outcome: Sendable {
    let result: Result<Response, TransportFailure>

    init(_ result: Result<Response, TransportFailure>) {
        self.result = result
    }
}

/// Everything one transfer needs, from the first option to the result. Used by the loop's thread alone.
///
/// libcurl copies neither header lists nor overrides, and calls back with a pointer to this object: the loop keeps it until the
/// handle has left the multi handle.
final class Transfer {
    let order: Order
    let share: RouteShare
    var easy: EasyHandle
    /// Lists that libcurl reads during the transfer.
    var headers = TextList()
    var resolve = TextList()
    var connectTo = TextList()

    let started: ContinuousClock.Instant
    var head = ResponseHead()
    var body = ResponseBody()
    /// Says whether the connection stood, proxy and TLS included, and the request was about to go.
    var isEstablished = false
    var reader = ConnectionReader()
    /// Why one of the callbacks ended the transfer.
    var refusal: Refusal?
    /// The system's error number when no socket could be had.
    var socketError: Int32 = 0

    enum Refusal {
        case headersTooLong
        case bodyCut
        case notLoopback
        /// A kept connection broke under the request, and libcurl was about to send it again of its own accord.
        case repetition
    }

    /// Nil when there is no memory for a handle.
    init?(_ order: Order, share: RouteShare, now: ContinuousClock.Instant) {
        guard let easy = EasyHandle() else { return nil }
        self.order = order
        self.share = share
        self.easy = easy
        started = now
    }

    var isHTTPS: Bool { order.request.isHTTPS }

    /// The proxy in use, if any.
    var proxy: Proxy? {
        if case .fixed(let proxy) = order.route.proxy { proxy } else { nil }
    }

    /// When the loop itself ends this transfer, should libcurl have failed to.
    ///
    /// libcurl does not count a transfer's time while it waits for another's connection, which it may share.
    var deadline: ContinuousClock.Instant {
        let limits = order.request.limits
        let limit = isEstablished ? limits.total : min(limits.connect, limits.total)
        return started + limit + Self.grace
    }

    /// How much later than libcurl the loop ends a transfer, so that libcurl's better words come first.
    private static let grace = Duration.milliseconds(20)
}

extension Request {
    var isHTTPS: Bool { url.utf8.prefix(8).elementsEqual("https://".utf8) { $0.lowercasedASCII == $1 } }
    var isHTTP: Bool { url.utf8.prefix(7).elementsEqual("http://".utf8) { $0.lowercasedASCII == $1 } }
}
