import TestSupport

/// Takes requests and never answers.
struct StalledService {
    private let server: ScriptedServer

    init() throws { server = try ScriptedServer([.readRequest, .stall]) }

    var url: String { server.url("/v1") }

    /// Returns once a request has come.
    func isAsked() async -> Bool { await server.receives(1) }
}
