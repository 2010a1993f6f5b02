@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct BillingCheckTests {
    private func balance(_ amount: String, _ inference: Rehearsal.Reply = .completion()) throws -> CheckCase {
        try CheckCase { probe, _ in
            probe.kind == .key ? .json(200, ["balance": .string(amount)]) : probe.kind == .inference ? inference : CheckCase.healthy(probe)
        }
    }

    @Test func `passes where credit is left`() throws {
        #expect(try balance("12.5").said("billing") == "pass: 12.50 USD left (free and bought credit look the same here)")
    }

    @Test func `passes where inference was served and no balance can be read`() throws {
        #expect(
            try CheckCase(CheckCase.unproven) { probe, _ in CheckCase.healthy(probe) }.said("billing")
                == "pass: inference was served; the balance cannot be read with this key")
    }

    @Test func `warns where nothing is left although inference was served`() throws {
        #expect(try balance("0").said("billing") == "warn: the balance is 0.00 USD, yet inference was served")
        #expect(try balance("-1.5").said("billing") == "warn: the balance is -1.50 USD, yet inference was served")
    }

    @Test func `fails where the service refuses for money, and says what is left`() throws {
        let refusal = Rehearsal.Reply.error(402, message: "Insufficient funds", type: "insufficient_funds")
        #expect(
            try balance("3", refusal).said("billing") == "fail: 402 insufficient_funds “Insufficient funds”; the balance reads 3.00 USD")
    }

    @Test func `skips for software that is run locally, and where nothing is known`() throws {
        #expect(
            try CheckCase(["kind": "local"].merging(CheckCase.unproven) { $1 }) { probe, _ in CheckCase.healthy(probe) }.said("billing")
                .hasPrefix("skip: not billed"))
        #expect(
            try CheckCase { _, _ in .dead(.connect) }.said("billing") == "skip: unknown: no balance to read, and no inference was served")
    }

    @Test(arguments: [
        (0, "0.00"), (0.5, "0.50"), (12, "12.00"), (1234.567, "1234.57"), (-0.05, "-0.05"), (0.004, "0.004"), (99.999, "100.00"),
    ])
    func `an amount has two decimals, or more where less than a cent is meant`(value: Double, text: String) {
        #expect(BillingCheck.amount(value) == text)
    }
}
