/// Other paths of an origin at which its API is often found.
enum BaseURLVariants {
    /// Variants tried at most.
    static let limit = 3

    /// Paths to try in place of this one, likeliest first: mended, then the vendor's own, then completed, then the usual ones.
    static func paths(for path: String, vendor: Vendor) -> [String] {
        paths(for: path, own: vendor.baseURL?.path ?? "", usual: vendor.basePaths)
    }

    static func paths(for path: String, own: String, usual: [String]) -> [String] {
        let segments = path.split(separator: "/").map(String.init)
        var candidates: [[String]] = []
        let operations: Set<String> = ["chat", "completions", "responses", "embeddings", "models", "messages"]
        let bare = Array(segments.reversed().drop(while: operations.contains).reversed())
        if bare.count < segments.count { candidates.append(bare) }
        var single: [String] = []
        for segment in bare where single.last != segment { single.append(segment) }
        if single.count < bare.count { candidates.append(single) }
        if !own.isEmpty { candidates.append(own.split(separator: "/").map(String.init)) }
        if single.last != "v1" { candidates.append(single + ["v1"]) }
        candidates += usual.map { $0.split(separator: "/").map(String.init) }
        var seen: Set<[String]> = [segments]
        return candidates.filter { seen.insert($0).inserted }.prefix(limit).map { $0.map { "/" + $0 }.joined() }
    }
}
