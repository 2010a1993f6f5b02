public import Sonde

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The transport on libcurl: all transfers on one thread of its own, connections kept apart by route.
///
/// Exists only inside ``withCurlTransport(_:isolation:_:)``. Nothing is retried, no redirect followed, no cookie or `.netrc` read.
public struct CurlTransport: Transport {
    /// Nil when the loop could not be started; every request then fails for want of resources.
    let loop: TransferLoop?

    public func send(_ request: Request, over route: Route) async -> Result<Response, TransportFailure> {
        await answer(to: Order(.request, request, route)).result
    }

    public func inspectCertificate(
        of url: String, over route: Route, limits: Request.Limits
    ) async -> Result<TLSSession, TransportFailure> {
        let request = Request(.get, url, limits: limits)
        guard request.isHTTPS else { return .failure(TransportFailure(.unsendable, message: "Only an https URL has a certificate")) }
        return await answer(to: Order(.inspection, request, route)).result.map { $0.connection.tls ?? TLSSession() }
    }

    private func answer(to order: Order) async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in start(order, answering: continuation) }
        } onCancel: {
            loop?.cancel(order)
        }
    }

    /// Kept out of the asynchronous function above: its large temporary values would otherwise be part of each waiting task.
    @inline(never) private func start(_ order: Order, answering continuation: CheckedContinuation<Outcome, Never>) {
        order.awaitAnswer(by: continuation)
        if let loop {
            loop.start(order)
        } else {
            let message = "This machine had no thread, memory or descriptor left for the transport"
            order.answer(.failure(TransportFailure(.resources, message: message)))
        }
    }
}

/// Runs `body` with a transport, then cancels what is left of it, closes its connections and ends its thread.
///
/// Raises the soft limit of open descriptors of this process as far as it goes.
/// - Parameters:
///   - settings: The authorities to trust, and how much to keep open.
///   - body: Uses the transport; it must not keep it, since each later request fails as cancelled.
public func withCurlTransport<Value, Failure: Error>(
    _ settings: TransportSettings, isolation: isolated (any Actor)? = #isolation,
    _ body: (CurlTransport) async throws(Failure) -> sending Value
) async throws(Failure) -> sending Value {
    Descriptors.raiseLimit()
    guard let loop = TransferLoop(settings), let thread = LoopThread(loop) else { return try await body(CurlTransport(loop: nil)) }
    do {
        let value = try await body(CurlTransport(loop: loop))
        await loop.stop()
        thread.join()
        return value
    } catch {
        await loop.stop()
        thread.join()
        throw error
    }
}

/// The thread of a loop.
@safe private struct LoopThread {
    private let thread: pthread_t

    /// Nil when the system has no thread left.
    init?(_ loop: TransferLoop) {
        let context = unsafe Unmanaged.passRetained(loop)
        #if canImport(Glibc)
        var thread = pthread_t()
        // The context that is handed over here comes back.
        // swift-format-ignore: NeverForceUnwrap
        let result = unsafe pthread_create(&thread, nil, { unsafe Self.run($0!) }, context.toOpaque())
        #else
        var started: pthread_t?
        let result = unsafe pthread_create(&started, nil, { unsafe Self.run($0) }, context.toOpaque())
        let thread = unsafe started
        #endif
        guard result == 0 else {
            unsafe context.release()
            return nil
        }
        #if canImport(Glibc)
        self.thread = thread
        #else
        // Set by the call that succeeded.
        // swift-format-ignore: NeverForceUnwrap
        unsafe self.thread = thread!
        #endif
    }

    /// Takes over the reference made above.
    private static func run(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        unsafe Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }

    /// Waits for the thread's last few instructions; the loop must have been stopped before.
    func join() {
        pthread_join(thread, nil)
    }
}
