import Foundation
import SondeSimulator
import TestSupport

extension Scenario {
    /// The key that counts as valid in ``asked(vendor:basePath:key:model:_:)``, of no vendor's form.
    static let askedKey = "key-DEMO5rT8wQ2zN6vH9bL3xJ7cK1mP4sD0f"

    /// A healthy service but for some routes.
    static func asked(
        vendor: String = "openai-compatible", basePath: String = "/v1", key: String = askedKey, model: String = "llama-3.1-8b-instruct",
        _ routes: [[String: Any]]
    ) throws -> Scenario {
        try Scenario([
            "name": "asked", "summary": "Asked.", "vendor": vendor, "base_path": basePath, "key": key, "model": model,
            "expect": "healthy", "otherwise": "healthy", "routes": routes,
        ])
    }
}

/// Answers of a simulated service.
enum Answer {
    /// An error in the words that everyone copies.
    static func refusal(_ status: Int, _ message: String, type: String = "invalid_request_error", code: String? = nil) -> [String: Any] {
        ["status": status, "body": ["error": ["message": message, "type": type, "code": code ?? NSNull()] as [String: Any]]]
    }

    /// A web page.
    static func page(_ status: Int, _ title: String) -> [String: Any] {
        [
            "status": status, "headers": ["Content-Type": "text/html"],
            "text": "<!DOCTYPE html><html><head><title>\(title)</title></head></html>",
        ]
    }
}

extension User {
    /// Writes the manifest of the vendor `mine`, whose own host is this machine: its edge and its status page are the service itself.
    func writesOwnVendor(at service: Simulator) throws {
        let manifest: [String: Any] = [
            "id": "mine", "name": "Mine", "provider": "openai-compatible", "kind": "direct", "hosts": ["127.0.0.1"],
            "key": ["optional": true],
            "endpoints": ["models": ["path": "/models", "needs_key": false], "inference": ["path": "/chat/completions"]],
            "edge_trace": "/cdn-cgi/trace",
            "status_page": [
                "url": "https://status.example.com", "api": "http://127.0.0.1:\(service.port)/api/v2/components.json",
                "components": ["Chat"],
            ],
            "verified": ["date": "2026-11-20", "sources": ["https://example.com"]],
        ]
        try writes(String(decoding: JSONSerialization.data(withJSONObject: manifest), as: UTF8.self), to: "vendors/mine.json")
    }

    /// Compiles a ``StandInResolver``; what it returns goes into `LD_PRELOAD`.
    func standInResolver() throws -> String {
        let library = folder + "/tmp/resolver.so"
        try StandInResolver.make(at: library)
        return library
    }
}
