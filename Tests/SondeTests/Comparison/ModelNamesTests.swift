import SondeJSON
import TestSupport
import Testing

@testable import Sonde

@Suite struct ModelNamesTests {
    private func gateway() throws -> Vendor {
        try Sample.vendor(["id": "gate", "aliases": [], "kind": "gateway", "model_prefixes": ["sample": "maker/", "other": "else/"]])
    }

    @Test func `a bare name gets the maker that is called direct in front of it`() throws {
        let (direct, gate) = (try Sample.vendor(), try gateway())
        #expect(ModelNames.name(of: "small-1", at: gate, among: [direct, gate]) == "maker/small-1")
        #expect(ModelNames.name(of: "small-1", at: direct, among: [direct, gate]) == "small-1")
    }

    @Test func `a name with a maker loses it where the maker itself is asked`() throws {
        let (direct, gate) = (try Sample.vendor(), try gateway())
        #expect(ModelNames.name(of: "maker/small-1", at: direct, among: [direct, gate]) == "small-1")
        #expect(ModelNames.name(of: "smp/small-1", at: direct, among: [direct, gate]) == "small-1")
        #expect(ModelNames.name(of: "maker/small-1", at: gate, among: [direct, gate]) == "maker/small-1")
    }

    @Test func `another maker's name stays, for some services sell others' models under them`() throws {
        let (direct, gate) = (try Sample.vendor(), try gateway())
        #expect(ModelNames.name(of: "else/big", at: direct, among: [direct, gate]) == "else/big")
    }

    @Test func `nothing is guessed where two makers are called direct, or none`() throws {
        let (direct, gate) = (try Sample.vendor(), try gateway())
        let other = try Sample.vendor(["id": "other", "aliases": []])
        #expect(ModelNames.name(of: "small-1", at: gate, among: [direct, other, gate]) == "small-1")
        #expect(ModelNames.name(of: "small-1", at: gate, among: [gate]) == "small-1")
    }

    @Test func `names are alike with and without a maker, and not with two`() {
        #expect(ModelNames.areAlike("maker/small-1", "small-1"))
        #expect(ModelNames.areAlike("Small-1", "small-1"))
        #expect(!ModelNames.areAlike("maker/small-1", "else/small-1"))
        #expect(!ModelNames.areAlike("small-1", "small-1-mini"))
    }
}
