import CCurl
import Sonde
import Synchronization

/// The transfers under way: starts them, ends them, and hands out their results. Used by the loop's thread alone.
@safe final class TransferTable {
    private let multi: UnsafeMutableRawPointer
    private let certificateAuthorities: String?
    private var transfers: [ObjectIdentifier: Transfer] = [:]
    private var shares: [Route: RouteShare] = [:]
    /// No transfer's deadline comes before this moment.
    private var nextDeadline: ContinuousClock.Instant?

    init(multi: UnsafeMutableRawPointer, certificateAuthorities: String?) {
        unsafe self.multi = multi
        self.certificateAuthorities = certificateAuthorities
    }

    func start(_ order: Order) {
        func refuse(_ failure: TransportFailure) { order.answer(.failure(failure)) }

        guard !order.isCancelled.load(ordering: .acquiring) else {
            return refuse(TransportFailure(.cancelled, message: "Cancelled before it began"))
        }
        let outOfMemory = TransportFailure(.resources, message: "This machine ran out of memory")
        guard let share = share(for: order), let transfer = Transfer(order, share: share, now: .now) else { return refuse(outOfMemory) }
        if let failure = transfer.configure(certificateAuthorities: certificateAuthorities) { return refuse(failure) }
        // The handle stays valid: the table keeps the transfer until the handle has left the multi handle.
        guard unsafe curl_multi_add_handle(multi, transfer.easy.pointer) == CURLM_OK else { return refuse(outOfMemory) }
        transfers[ObjectIdentifier(order)] = transfer
        nextDeadline = min(nextDeadline ?? transfer.deadline, transfer.deadline)
    }

    func cancel(_ order: Order) {
        guard let transfer = transfers[ObjectIdentifier(order)] else { return }
        finish(transfer, transfer.outcome(.cancelled, "Cancelled"))
    }

    /// Moves every transfer as far as it goes without waiting, and hands out the results of those that are over.
    func perform() {
        var running: Int32 = 0
        unsafe curl_multi_perform(multi, &running)
        var queued: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &queued) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let context = unsafe ccurl_getinfo_private(message.pointee.easy_handle) else {
                continue
            }
            // The pointer was set by the transfer itself, which the table still keeps.
            let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            if unsafe message.pointee.data.result == CURLE_OPERATION_TIMEDOUT { transfer.noteStall() }
            finish(transfer, transfer.outcome(unsafe message.pointee.data.result))
        }
        endOverdue()
    }

    /// How long the loop may wait, in milliseconds; libcurl shortens it to its own timers.
    func timeToWait() -> Int32 {
        guard let nextDeadline else { return 60_000 }
        let left = nextDeadline - .now
        return left < .zero ? 0 : left > .seconds(60) ? 60_000 : Int32(left / .milliseconds(1)) + 1
    }

    /// Cancels all that is under way and closes all connections.
    func end() {
        for transfer in Array(transfers.values) { finish(transfer, transfer.outcome(.cancelled, "The transport was stopped")) }
        shares = [:]
    }

    /// An inspection gets a share of its own: what it learns without verification must reach no other transfer.
    private func share(for order: Order) -> RouteShare? {
        guard order.purpose == .request else { return RouteShare() }
        if let share = shares[order.route] { return share }
        let share = RouteShare()
        shares[order.route] = share
        return share
    }

    private func endOverdue() {
        let now = ContinuousClock.now
        guard let earliest = nextDeadline, earliest <= now else { return }
        let overdue = transfers.values.filter { $0.deadline <= now }
        for transfer in overdue { transfer.noteStall() }
        for transfer in overdue {
            finish(transfer, transfer.outcome(.timeout, transfer.isEstablished ? "No complete answer in time" : "No connection in time"))
        }
        nextDeadline = transfers.values.lazy.map(\.deadline).min()
    }

    private func finish(_ transfer: Transfer, _ outcome: Result<Response, TransportFailure>) {
        unsafe curl_multi_remove_handle(multi, transfer.easy.pointer)
        transfers[ObjectIdentifier(transfer.order)] = nil
        if transfers.isEmpty { nextDeadline = nil }
        transfer.order.answer(outcome)
    }
}
