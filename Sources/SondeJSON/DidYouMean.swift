/// The candidate that was most likely meant by a mistyped word, or nil when none is near.
///
/// Near is an edit distance (insertion, deletion, substitution, exchange of two neighbors; ASCII case ignored) below 4 and at most
/// a third of the word's length, one edit always allowed from three letters on. The first of equally near candidates wins.
public func closestMatch(to word: String, among candidates: [String]) -> String? {
    let typed = foldedBytes(word)
    // Nobody mistypes words this long, and the distance takes time in proportion to the product of both lengths.
    guard !typed.isEmpty, typed.count <= 64 else { return nil }
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where candidate.utf8.count <= 64 {
        let folded = foldedBytes(candidate)
        let longer = max(typed.count, folded.count)
        let allowed = longer < 3 ? 0 : min(3, max(1, longer / 3))
        guard abs(typed.count - folded.count) <= allowed else { continue }
        let distance = editDistance(typed, folded)
        if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.candidate
}

private func foldedBytes(_ text: String) -> [UInt8] {
    text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
}

/// Insertions, deletions, replacements and swaps of neighbors that lead from one text to the other, counted in bytes.
///
/// Takes time in proportion to the product of both lengths.
public func editDistance(_ a: String, _ b: String) -> Int {
    editDistance(Array(a.utf8), Array(b.utf8))
}

/// The optimal string alignment distance, in three rows.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var distance = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, beforeLast[j - 1] + 1) }
            row.append(distance)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
