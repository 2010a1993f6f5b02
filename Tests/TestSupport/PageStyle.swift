extension String {
    /// An HTML rendering as approved files hold it: the style sheet, which is the same in every page, is an ellipsis.
    public var withoutStyle: String {
        guard let start = firstRange(of: "<style>"), let end = self[start.upperBound...].firstRange(of: "</style>") else { return self }
        return self[..<start.upperBound] + "…" + self[end.lowerBound...]
    }
}
