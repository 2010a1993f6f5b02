import CCurl
import Sonde

/// What transfers of one route share, and of no other: connections, resolved addresses, TLS sessions.
///
/// Inside one multi handle libcurl would reuse a connection or an address whatever proxy setting, address family or override
/// it was made under. Used by the loop's thread alone, so the share needs no locks.
@safe final class RouteShare {
    let pointer: UnsafeMutableRawPointer
    /// The step at which the making of a connection last ran out of time, by origin: for transfers that waited for it.
    var stalledSteps: [Substring: TransportFailure.Phase] = [:]

    /// Nil when there is no memory.
    init?() {
        guard let share = unsafe curl_share_init() else { return nil }
        unsafe pointer = share
        for data in [CURL_LOCK_DATA_DNS, CURL_LOCK_DATA_CONNECT, CURL_LOCK_DATA_SSL_SESSION] {
            guard unsafe ccurl_share_data(share, data) == CURLSHE_OK else { return nil }
        }
    }

    deinit {
        // Closes the idle connections. No transfer uses the share any more: each holds a reference to it.
        unsafe curl_share_cleanup(pointer)
    }
}
