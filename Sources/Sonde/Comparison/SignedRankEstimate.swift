/// The center of paired differences, and the interval in which it lies, by Wilcoxon's signed ranks.
///
/// Answers of networks have long tails, which would drown a difference of means; ranks do not care how far out the worst one lies.
/// The center is the median of all means of two differences (Hodges and Lehmann, 1963), the interval is cut from the same means so
/// that it holds the true center in at least 95 of 100 runs, exactly, whatever the distribution, as long as it is symmetric, as
/// differences of two alike services are.
struct SignedRankEstimate {
    let center: Double
    /// Nil with fewer than six differences: no interval of theirs is that sure.
    let interval: ClosedRange<Double>?

    /// - Parameter differences: At least one.
    init(differences: [Double]) {
        precondition(!differences.isEmpty)
        var means: [Double] = []
        means.reserveCapacity(differences.count * (differences.count + 1) / 2)
        for (index, one) in differences.enumerated() {
            for other in differences[index...] { means.append((one + other) / 2) }
        }
        means.sort()
        let middle = means.count / 2
        center = means.count.isMultiple(of: 2) ? (means[middle - 1] + means[middle]) / 2 : means[middle]
        interval = Self.cut(for: differences.count).map { means[$0]...means[means.count - 1 - $0] }
    }

    /// How many of the means lie outside on either side.
    ///
    /// The sum of positive ranks of `n` differences around zero takes each of its values in so many of the 2ⁿ ways to choose signs;
    /// as many means may be left out as sums are so small that they come up in 2.5 % of all ways, together.
    static func cut(for count: Int) -> Int? {
        let greatest = count * (count + 1) / 2
        // Chances instead of ways, halved with each rank: 2ⁿ would leave the range of numbers.
        var chances = [Double](repeating: 0, count: greatest + 1)
        chances[0] = 1
        var reach = 0
        for rank in 1...count {
            reach += rank
            for sum in stride(from: reach, through: 0, by: -1) {
                chances[sum] = 0.5 * (chances[sum] + (sum >= rank ? chances[sum - rank] : 0))
            }
        }
        var together = 0.0
        var cut = -1
        while cut + 1 <= greatest, together + chances[cut + 1] <= 0.025 {
            cut += 1
            together += chances[cut]
        }
        // A sum of `cut` or less is that rare: the interval goes from mean number `cut + 1` on, which has the index `cut`.
        return cut >= 0 ? cut : nil
    }
}
