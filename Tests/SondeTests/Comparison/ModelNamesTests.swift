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

    @Test func `where a gateway is compared with itself, the maker whose models have such names is meant`() throws {
        let gate = try gateway()
        let maker = try Sample.vendor(["probe_models": ["small-4o-mini", "tiny-1"]])
        let other = try Sample.vendor(["id": "other", "aliases": [], "probe_models": ["small-open", "big-1"]])
        let name = { (model: String, known: [Vendor]) in ModelNames.name(of: model, at: gate, among: [gate], known: known) }
        #expect(name("small-4o", [maker, other, gate]) == "maker/small-4o")
        #expect(name("small-open-2", [maker, other]) == "else/small-open-2")
        #expect(name("Big-9", [maker, other]) == "else/Big-9")
        // One word is theirs both, and one is nobody's.
        #expect(name("small-9", [maker, other]) == "small-9")
        #expect(name("strange-9", [maker, other]) == "strange-9")
        #expect(name("else/tiny-1", [maker, other]) == "else/tiny-1")
    }

    @Test func `of several makers that are called direct the one with such names is meant`() throws {
        let (maker, gate) = (try Sample.vendor(), try gateway())
        let other = try Sample.vendor(["id": "other", "aliases": [], "probe_models": ["big-1"]])
        #expect(ModelNames.name(of: "big-2", at: gate, among: [maker, other, gate], known: [maker, other]) == "else/big-2")
    }

    @Test func `names are alike with and without a maker, and not with two`() {
        #expect(ModelNames.areAlike("maker/small-1", "small-1"))
        #expect(ModelNames.areAlike("Small-1", "small-1"))
        #expect(!ModelNames.areAlike("maker/small-1", "else/small-1"))
        #expect(!ModelNames.areAlike("small-1", "small-1-mini"))
    }
}
