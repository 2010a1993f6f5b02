import TestSupport
import Testing

@testable import Sonde

/// What is to be taken back once something works again.
@Suite struct UndoBookTests {
    private func steps(_ cause: Cause, _ reason: String? = nil) throws -> [String] {
        let verdict = Verdict(cause: cause, reason: reason, confidence: .certain, owner: .you)
        return try UndoBook().steps(for: verdict, of: Sample.target())
    }

    @Test func `every cause has an entry, and every other entry is a reason that has advice`() throws {
        let keys = try UndoBook().keys
        let causes = Set(Cause.allCases.map(\.rawValue))
        #expect(causes.isSubset(of: keys))
        #expect(keys.subtracting(causes).isSubset(of: try Judge(vendors: [Sample.vendor()]).advised))
    }

    @Test func `every failure leaves something to undo, in whole sentences without gaps`() throws {
        for cause in Cause.allCases where cause != .healthy {
            let steps = try steps(cause)
            #expect(!steps.isEmpty, "\(cause)")
            #expect(steps.allSatisfy { !$0.contains("{") && !$0.contains("}") })
        }
    }

    @Test func `the reason's steps come first, and none twice`() throws {
        let steps = try steps(.billingBlocked, "budget_exceeded")
        #expect(steps.first?.contains("budget that you raised") == true)
        #expect(steps.count > 1)
        #expect(try self.steps(.keyRejected).contains { $0.contains("https://sample.test/keys") })
    }

    @Test func `switched-off certificate checks, VPNs and temporary keys are remembered`() throws {
        #expect(try steps(.tlsFailure).joined().contains("NODE_TLS_REJECT_UNAUTHORIZED"))
        #expect(try steps(.regionBlocked).joined().contains("VPN"))
        #expect(try steps(.accountDenied).joined().contains("keys that you made only to try"))
        #expect(try steps(.rateLimited).joined().contains("only waited"))
    }
}
