public import SondeJSON

extension Sample {
    /// What the sample vendor has besides: a second API, an edge that traces, a status page with data.
    public static let everything: [String: JSON] = [
        "endpoints": [
            "models": ["path": "/models", "needs_key": false],
            "key": ["path": "/credits", "proves_key": true, "balance": ["remaining": "balance", "used": "used", "currency": "USD"]],
            "inference": ["path": "/chat/completions", "proves_key": true],
            "responses": ["path": "/responses", "proves_key": true],
            "embeddings": ["path": "/embeddings"],
        ],
        "edge_trace": "/cdn-cgi/trace",
        "status_page": [
            "url": "https://status.sample.test", "api": "https://status.sample.test/api/v2/components.json", "components": ["Chat"],
        ],
    ]
}
