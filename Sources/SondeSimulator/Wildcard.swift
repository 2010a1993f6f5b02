/// A text in which `*` stands for any run of characters, none included; all else stands for itself.
struct Wildcard: Sendable, Hashable {
    let pattern: String

    init(_ pattern: String) {
        self.pattern = pattern
    }

    /// Says whether the whole of `text` fits. Time is at most the product of both lengths.
    func matches(_ text: String) -> Bool {
        let (pattern, text) = (Array(self.pattern.utf8), Array(text.utf8))
        let star = UInt8(ascii: "*")
        var (p, t) = (0, 0)
        var retry: (p: Int, t: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == star {
                p += 1
                retry = (p, t)
            } else if p < pattern.count, pattern[p] == text[t] {
                p += 1
                t += 1
            } else if let last = retry {
                p = last.p
                t = last.t + 1
                retry = (p, t)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == star }
    }
}
