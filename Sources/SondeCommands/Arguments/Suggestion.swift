/// The nearest known name to one that was mistyped.
enum Suggestion {
    /// The nearest of `names`, when it is near enough to be meant: fewer than four edits, and less than half of it.
    static func nearest(to text: String, among names: some Sequence<String>) -> String? {
        guard text.count <= 64 else { return nil }
        let typed = text.lowercased()
        let limit = min(3, max(1, typed.count / 2))
        return
            names
            .map { (name: $0, distance: $0.lowercased().hasPrefix(typed) && typed.count >= 3 ? 1 : distance(typed, $0.lowercased())) }
            .filter { $0.distance <= limit }
            .min { $0.distance < $1.distance }?.name
    }

    /// Insertions, deletions, replacements and swaps of neighbors that lead from one text to the other.
    static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a), b = Array(b)
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var rows = [Array(0...b.count)]
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
