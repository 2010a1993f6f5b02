import Sonde
import Testing

@Suite struct ExitStatusTests {
    @Test func `the numbers are those that the command line promises`() {
        let numbers: [(Sonde.ExitStatus, Int32)] = [
            (.pass, 0), (.checkFailed, 1), (.usage, 2), (.inconclusive, 3), (.thresholdBreached, 4), (.retryable, 5), (.interrupted, 130),
            (.terminated, 143),
        ]
        for (status, number) in numbers { #expect(status.rawValue == number) }
        #expect(Sonde.ExitStatus.allCases.count == numbers.count)
    }

    @Test func `of several the first that applies counts`() {
        let order: [Sonde.ExitStatus] = [
            .interrupted, .terminated, .usage, .checkFailed, .retryable, .inconclusive, .thresholdBreached, .pass,
        ]
        for (index, status) in order.enumerated() {
            #expect(Sonde.ExitStatus.first(of: order[index...].reversed()) == status)
        }
        #expect(Sonde.ExitStatus.first(of: []) == .pass)
    }
}
