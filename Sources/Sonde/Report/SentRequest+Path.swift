extension Exchange.SentRequest {
    /// Method and path, `GET /v1/credits`: how screens and arguments call a request; `call` where a recording tells neither.
    public var name: String {
        let path = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).first.map { "/" + $0 } ?? "/"
        return [method, url.isEmpty ? "call" : path].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
