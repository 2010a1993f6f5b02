internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A scripted HTTP service on loopback, running from ``start(scenario:address:port:)`` to ``stop()``.
///
/// All connections of one address share one thread, and all delays of one simulator another, so that thousands of connections
/// can wait at once. Nothing but a loopback address is ever listened on.
public final class Simulator: Sendable {
    /// What is being played.
    public let scenario: Scenario
    /// The addresses listened on, in numbers, in the order in which they were given.
    public let addresses: [String]
    /// The port, the same on every address.
    public let port: UInt16
    /// The base URL to call, on the first address, such as `http://127.0.0.1:40123/v1`.
    public let baseURL: String

    let service: Service
    /// Empty once stopped.
    private let listeners: Mutex<[Listener]>

    /// Starts to listen and to answer.
    ///
    /// The process's soft limit on open files is raised to its hard limit, since each waiting connection needs one.
    ///
    /// - Parameters:
    ///   - address: A loopback address in numbers, or `localhost` for 127.0.0.1.
    ///   - port: 0 lets the system choose.
    /// - Throws: ``SimulatorError`` when the address is not loopback or cannot be listened on.
    public static func start(
        scenario: Scenario, address: String = "127.0.0.1", port: UInt16 = 0
    ) throws(SimulatorError) -> Simulator {
        try start(scenario: scenario, addresses: [address], port: port)
    }

    /// Starts to listen on several addresses, with one port and one count of calls for all of them.
    ///
    /// - Parameters:
    ///   - addresses: At least one; each as for ``start(scenario:address:port:)``.
    ///   - port: 0 lets the system choose on the first address; the others then use the same.
    /// - Throws: ``SimulatorError`` when an address is not loopback or cannot be listened on; then none is.
    public static func start(scenario: Scenario, addresses: [String], port: UInt16 = 0) throws(SimulatorError) -> Simulator {
        var checked: [LoopbackAddress] = []
        for address in addresses {
            guard let loopback = LoopbackAddress(address) else {
                throw SimulatorError(
                    code: .notLoopback,
                    message: "\"\(address)\" is not an address of this machine alone; use one in 127.0.0.0/8, or ::1",
                    cause: nil)
            }
            checked.append(loopback)
        }
        return try Simulator(scenario, addresses: checked, port: port)
    }

    private init(_ scenario: Scenario, addresses: [LoopbackAddress], port: UInt16) throws(SimulatorError) {
        guard let first = addresses.first else {
            throw SimulatorError(code: .notLoopback, message: "no address to listen on; use 127.0.0.1", cause: nil)
        }
        raiseOpenFileLimit()
        guard let alarm = Alarm.started() else {
            throw SimulatorError(
                code: .cannotListen, message: "the system has no more threads or open files to give; end other programs", cause: nil)
        }
        let service = Service(scenario, alarm: alarm)
        var listeners: [Listener] = []
        do {
            for address in addresses {
                listeners.append(try Listener(address: address, port: listeners.first?.port ?? port, service: service))
            }
        } catch {
            alarm.close()
            for listener in listeners { listener.stop() }
            throw error
        }
        self.scenario = scenario
        self.addresses = addresses.map(\.text)
        self.port = listeners[0].port
        baseURL = "http://\(first.urlHost):\(listeners[0].port)\(scenario.basePath)"
        self.service = service
        self.listeners = Mutex(listeners)
    }

    deinit {
        stop()
    }

    /// The requests so far, the oldest first; of more than 10,000 the latest.
    public var requests: [Request] { service.requests }

    /// Ends every connection, also those that wait or stall, and then the service; a second call does nothing.
    ///
    /// Returns once the port is free and no thread is left.
    public func stop() {
        let listeners = listeners.withLock { listeners in
            defer { listeners = [] }
            return listeners
        }
        guard !listeners.isEmpty else { return }
        // First, since libmicrohttpd aborts the process when it is stopped while a connection is suspended.
        service.alarm.close()
        for listener in listeners { listener.stop() }
    }
}

/// Lets the process open as many files as it may.
private func raiseOpenFileLimit() {
    var limit = rlimit()
    // Safe: both calls use the one structure they are given.
    guard unsafe getrlimit(openFiles, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(openFiles, &limit)
}

#if canImport(Glibc)
private let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#else
private let openFiles = RLIMIT_NOFILE
#endif
