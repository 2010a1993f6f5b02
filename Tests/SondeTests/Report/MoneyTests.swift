@testable import Sonde
import Testing

@Suite struct MoneyTests {
    @Test(arguments: [
        (0, "0.00"), (0.5, "0.50"), (12, "12.00"), (1234.567, "1234.57"), (-0.05, "-0.05"), (0.004, "0.004"), (99.999, "100.00"),
        (0.0000029, "0.0000029"), (0.000019, "0.000019"), (0.0000001, "0.0000001"), (-0.0002, "-0.0002"), (0.00999, "0.01"),
    ])
    func `an amount has two decimals, or more where less than a cent is meant, and never an exponent`(value: Double, text: String) {
        #expect(Money.text(value) == text)
    }
}
