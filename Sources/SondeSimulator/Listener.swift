internal import CMicrohttpd

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// One libmicrohttpd daemon: one address, one polling thread for all its connections.
///
/// Safe and sendable: the pointer is used by the thread of libmicrohttpd, which guards it, and to stop it once.
@safe final class Listener: @unchecked Sendable {
    /// How many connections may be open at once.
    static let connectionLimit: UInt32 = 16_384
    /// Room for the headers of one request and its answer, in bytes.
    static let memoryLimit = 128 * 1024

    let address: LoopbackAddress
    let port: UInt16
    private let daemon: OpaquePointer
    private let service: Service

    /// Listens, and answers from then on.
    ///
    /// - Parameter port: 0 lets the system choose.
    init(address: LoopbackAddress, port: UInt16, service: Service) throws(SimulatorError) {
        // Safe: the service outlives the daemon, which `stop()` ends; the address is used during the call only.
        let started = unsafe address.withSocketAddress(port: port) { socketAddress in
            unsafe cmicrohttpd_start(
                socketAddress, address.isIPv6, handle, arrive, complete, Unmanaged.passUnretained(service).toOpaque(),
                Self.connectionLimit, Self.memoryLimit)
        }
        guard let started = unsafe started else { throw SimulatorError(listeningOn: address, port: port, errno: errno) }
        unsafe daemon = started
        self.port = unsafe cmicrohttpd_port(started)
        self.address = address
        self.service = service
    }

    /// Ends the daemon and its thread; nothing may be suspended any more, and nobody may call this twice.
    func stop() {
        unsafe MHD_stop_daemon(daemon)
    }
}

// MARK: Callbacks. The context is the service, which the simulator holds until the daemon has stopped.

/// The first line of a request is there: what this returns is what the other two find under `call`.
private func arrive(
    _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context, let target = unsafe target else { return nil }
    let service = unsafe Unmanaged<Service>.fromOpaque(context).takeUnretainedValue()
    return unsafe Unmanaged.passRetained(Call(target: String(cString: target), service: service)).toOpaque()
}

/// Headers are there, then a piece of the body each time, then all of it, then again after each resumption.
private func handle(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ path: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ upload: UnsafePointer<CChar>?,
    _ uploadSize: UnsafeMutablePointer<Int>?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let connection = unsafe connection, let method = unsafe method, let uploadSize = unsafe uploadSize,
        let stored = unsafe slot?.pointee
    else { return .NO }
    let call = unsafe Unmanaged<Call>.fromOpaque(stored).takeUnretainedValue()
    if call.isFirstAsked() { return .YES }
    if unsafe uploadSize.pointee > 0, let upload = unsafe upload {
        unsafe call.receive(UnsafeRawBufferPointer(start: upload, count: uploadSize.pointee))
        unsafe uploadSize.pointee = 0
        return .YES
    }
    let goesOn = unsafe call.proceed(Connection(connection), method: String(cString: method))
    return goesOn ? .YES : .NO
}

/// The request is over, one way or another.
private func complete(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ reason: MHD_RequestTerminationCode
) {
    guard let stored = unsafe slot?.pointee else { return }
    unsafe Unmanaged<Call>.fromOpaque(stored).release()
    unsafe slot?.pointee = nil
}

extension SimulatorError {
    fileprivate init(listeningOn address: LoopbackAddress, port: UInt16, errno: Int32) {
        let place = "\(address.urlHost):\(port)"
        // Safe: the text is copied at once.
        let cause = unsafe strerror(errno).map { unsafe String(cString: $0) }
        if errno == EADDRINUSE {
            self.init(
                code: .portInUse,
                message: "\(place) is taken by another program; choose another port, or 0 to let the system choose", cause: cause)
        } else {
            let reason = cause.map { ": \($0)" } ?? ""
            self.init(
                code: .cannotListen, message: "cannot listen on \(place)\(reason); choose a port from 1024 on, or 0", cause: cause)
        }
    }
}
