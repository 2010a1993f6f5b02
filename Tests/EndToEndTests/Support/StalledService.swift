import TestSupport

extension ScriptedServer {
    /// Stops with a program, so that nobody waits for requests of one that has ended.
    func stop(with program: ChildProcess) {
        Task {
            _ = await program.finished()
            stop()
        }
    }
}

/// Takes requests and never answers.
struct StalledService {
    private let server: ScriptedServer

    init() throws { server = try ScriptedServer([.readRequest, .stall]) }

    var url: String { server.url("/v1") }

    /// Returns once a request of the program has come; false when it ended without one.
    func isAsked(by program: ChildProcess) async -> Bool {
        server.stop(with: program)
        return await server.receives(1)
    }
}
