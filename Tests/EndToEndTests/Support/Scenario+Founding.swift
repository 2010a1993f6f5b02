import Foundation
import SondeSimulator

extension Scenario {
    /// A key that was never issued, well formed for the gateway.
    static let gatewayKey = "vck_DEMO7h3Qm9Wz2KpX5tRb8Ld4Ys6Vn1Jc0Gf7Ea3Ui9Ho2Tx5Bw8Mk4Pr6"

    /// A scenario from a document in Swift.
    init(_ document: [String: Any]) throws {
        try self.init(parsing: Array(JSONSerialization.data(withJSONObject: document, options: [.sortedKeys])))
    }

    /// The barred account with the two headers on every answer that a Next.js site has.
    static var barredAccountBehindNextJS: Scenario {
        get throws {
            let refusal: (String, String) -> [String: Any] = { type, message in ["error": ["message": message, "type": type]] }
            let refused: [String: Any] = ["status": 403, "body": refusal("access_denied", "Forbidden.")]
            return try Scenario([
                "name": "barred-behind-next", "summary": "Barred, with the headers of a Next.js site.", "vendor": "vercel",
                "base_path": "/v1",
                "key": gatewayKey, "model": "openai/gpt-5.4-nano", "expect": "account_denied",
                "headers": [
                    "Server": "Vercel", "Vary": "rsc, next-router-state-tree, next-router-prefetch", "X-Matched-Path": "{path}",
                    "x-vercel-id": "fra1::iad1::{request_id:5}-{now_ms}-{request_id:12}",
                ],
                "routes": [
                    [
                        "method": "GET", "path": "/v1/models",
                        "answer": [
                            "body": ["object": "list", "data": [["id": "openai/gpt-5.4-nano", "object": "model", "owned_by": "openai"]]]
                        ],
                    ],
                    [
                        "path": "*", "when": ["key": ["none", "other"]],
                        "answer": ["status": 401, "body": refusal("authentication_error", "Authentication failed.")],
                    ],
                    ["path": "*", "answer": refused],
                ],
            ])
        }
    }

    /// A site that was built with Next.js and answers every path with a page.
    static func nextJSPage(status: Int) throws -> Scenario {
        let page = """
            <!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>\(status == 404 ? "404: This page could not be found." : "Acme")</title>\
            <script src="/_next/static/chunks/main.js"></script></head><body><div id="__next"><h1>Acme</h1></div></body></html>
            """
        return try Scenario([
            "name": "next-page", "summary": "A web site.", "vendor": "vercel", "base_path": "/v1", "key": gatewayKey,
            "model": "openai/gpt-5.4-nano",
            "expect": "wrong_endpoint",
            "headers": [
                "Server": "Vercel", "Vary": "rsc", "X-Matched-Path": "/404", "Content-Type": "text/html; charset=utf-8",
                "x-vercel-id": "fra1::{request_id:5}-{now_ms}-{request_id:12}",
            ],
            "routes": [["path": "*", "answer": ["status": status, "text": page]]],
        ])
    }
}
