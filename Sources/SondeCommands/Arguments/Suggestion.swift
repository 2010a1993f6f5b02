import SondeJSON

/// The nearest known name to one that was mistyped.
enum Suggestion {
    /// The nearest of `names`, when it is near enough to be meant: fewer than four edits, and less than half of it.
    static func nearest(to text: String, among names: some Sequence<String>) -> String? {
        guard text.count <= 64 else { return nil }
        let typed = text.lowercased()
        let limit = min(3, max(1, typed.count / 2))
        return
            names
            .map { (name: $0, distance: $0.lowercased().hasPrefix(typed) && typed.count >= 3 ? 1 : editDistance(typed, $0.lowercased())) }
            .filter { $0.distance <= limit }
            .min { $0.distance < $1.distance }?.name
    }
}
