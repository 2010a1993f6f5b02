import Sonde
import Testing

@testable import VercelAIGatewayProvider

@Suite struct VercelIDTests {
    @Test func `three parts are edge, region and the time in milliseconds`() {
        let location = VercelID.parse("sin1::fra1::px78m-1773649643335-8826b1d38a61")
        #expect(location == EdgeLocation(edge: "sin1", region: "fra1", time: Timestamp(microseconds: 1_773_649_643_335_000)))
    }

    @Test func `two parts are the edge alone, and the time in seconds`() {
        #expect(
            VercelID.parse("bom1::1790085406-abcdef") == EdgeLocation(edge: "bom1", region: nil, time: Timestamp(seconds: 1_790_085_406)))
    }

    @Test func `a place may have two digits, and the time may be missing`() {
        #expect(VercelID.parse("cle12::iad1::abc") == EdgeLocation(edge: "cle12", region: "iad1", time: nil))
    }

    @Test func `a number of another size is no time`() {
        for number in ["1", "999999999", "10000000000", "99999999999999", "99999999999999999999"] {
            #expect(VercelID.parse("sin1::fra1::x-\(number)-y")?.time == nil, "\(number)")
        }
    }

    @Test(arguments: [
        "", "::", "sin1", "sin1::", "SIN1::fra1::x", "singapore::fra1::x", "1234::x", "sin::x", "sin1x::y", "éin1::x", "sin١::x",
    ])
    func `what is no such header is nil`(text: String) {
        #expect(VercelID.parse(text) == nil)
    }

    @Test func `a region that is no place is left out`() {
        #expect(VercelID.parse("sin1::elsewhere::x-1773649643335-y")?.region == nil)
    }
}
