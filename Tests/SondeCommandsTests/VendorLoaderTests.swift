import Sonde
import SondeJSON
import TestSupport
import Testing

@testable import SondeCommands

struct VendorLoaderTests {
    private func load(_ changes: [String: JSON], overridden: [String] = []) throws -> VendorCatalog {
        let folder = try TemporaryFolder()
        let base: [String: JSON] = [
            "id": "mine", "name": "Mine", "aliases": [], "hosts": ["mine.test"], "key": ["env": ["MINE_KEY"]], "scopes": [],
        ]
        _ = try folder.file("mine.json", Sample.manifest(base.merging(changes) { $1 }).text())
        return try VendorLoader(providers: [RealCheck.Provider()]).load(directories: [folder.path], overridden: overridden)
    }

    private func complaint(_ changes: [String: JSON], overridden: [String] = []) -> String? {
        do {
            _ = try load(changes, overridden: overridden)
            return nil
        } catch {
            return "\((error as? UsageError)?.message.description ?? "\(error)")"
        }
    }

    @Test func `a manifest with names, hosts and variables of its own is taken`() throws {
        #expect(try load([:]).vendor(named: "mine") != nil)
    }

    @Test(arguments: ["API.sample.test", "api.Other.test", "x.eu.sample.test", "*.sample.test", "*.x.EU.sample.test"])
    func `a host that is another vendor's is refused, as a name or as a pattern`(host: String) {
        #expect(complaint(["hosts": [.string(host)]])?.contains("'\(host)' belongs to the vendor") == true)
    }

    @Test(arguments: ["SAMPLE_API_KEY", "OTHERKEY"])
    func `a variable that means another vendor's key is refused`(variable: String) {
        #expect(complaint(["key": ["env": [.string(variable)]]])?.contains("'\(variable)' belongs to the vendor") == true)
    }

    @Test func `a variable of another vendor is not to be warned of either`() {
        #expect(
            complaint(["key": ["env": ["MINE_KEY"], "near_misses": ["OTHER_KEY"]]])?.contains("'OTHER_KEY' belongs to the vendor other")
                == true)
    }

    @Test func `an override names a vendor that there is`() throws {
        #expect(complaint([:], overridden: ["smaple"]) == "Unknown built-in vendor 'smaple'. Did you mean 'sample'?")
        #expect(try load(["id": "other", "hosts": ["api.other.test"]], overridden: ["other"]).vendor(named: "other")?.name == "Mine")
    }
}
