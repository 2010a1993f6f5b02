import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct VendorCatalogTests {
    private func catalog() throws -> VendorCatalog {
        let other = try Sample.vendor([
            "id": "other", "name": "Other Service", "aliases": ["second"], "hosts": ["api.other.test"],
            "key": ["env": ["OTHER_KEY"], "prefixes": ["sk-", "sk-x-"], "distinctive": ["sk-x-", "smp_"]],
        ])
        return VendorCatalog(vendors: [try Sample.vendor(), other], providers: [Sample.Provider()])
    }

    @Test func `a vendor is found by id or alias, without regard to case`() throws {
        for (name, id) in [("sample", "sample"), ("SMP", "sample"), ("Second", "other")] {
            #expect(try catalog().vendor(named: name)?.id == id)
        }
        #expect(try catalog().vendor(named: "third") == nil)
        #expect(try catalog().names == ["sample", "smp", "other", "second"])
    }

    @Test func `a vendor is found by its host`() throws {
        #expect(try catalog().vendor(atHost: "x.eu.sample.test")?.id == "sample")
        #expect(try catalog().vendor(atHost: "api.other.test")?.id == "other")
        #expect(try catalog().vendor(atHost: "sample.test") == nil)
    }

    @Test func `foreign beginnings are those of the others, longest first, without one's own`() throws {
        let catalog = try catalog()
        #expect(catalog.foreignPrefixes(to: catalog.vendors[0]).map(\.prefix) == ["sk-x-"])
        #expect(catalog.foreignPrefixes(to: catalog.vendors[1]).map(\.vendor) == ["Sample Service"])
    }

    @Test func `key variables are those of every vendor`() throws {
        #expect(try catalog().keyVariables == ["SAMPLE_API_KEY", "SAMPLE_KEY", "OTHER_KEY"])
    }

    @Test func `a provider is found for its vendors`() throws {
        let catalog = try catalog()
        #expect(catalog.provider(of: catalog.vendors[0]).id == "sample")
    }
}
