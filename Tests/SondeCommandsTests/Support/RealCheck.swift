import Sonde
import SondeJSON
import TestSupport

@testable import SondeCommands

/// The real commands with two services that exist nowhere; nothing is sent to them but by tests that start one.
struct RealCheck {
    /// Speaks for the sample service, a second one, and any server at any address.
    struct Provider: Sonde.Provider {
        let id = "sample"

        var manifests: [VendorManifest] {
            [
                manifest("sample", [:]),
                manifest(
                    "other",
                    [
                        "id": "other", "name": "Other Service", "aliases": [], "base_url": "https://api.other.test/v1",
                        "hosts": ["api.other.test"],
                        "base_url_env": ["OTHER_BASE_URL"],
                        "key": ["env": ["OTHER_KEY"], "header": "x-other-key", "near_misses": ["OTHERKEY"]], "scopes": [],
                    ]),
                manifest(
                    "any",
                    [
                        "id": "any", "name": "Any server", "aliases": [], "base_url": .null, "hosts": [], "base_url_env": [],
                        "key": ["env": [], "optional": true], "scopes": [],
                    ]),
            ]
        }

        private func manifest(_ name: String, _ changes: [String: JSON]) -> VendorManifest {
            VendorManifest(name: name, bytes: Array(Sample.manifest(changes).text().utf8))
        }
    }

    static let app = App(commands: [CheckCommand.self, VendorsCommand.self], providers: [Provider()])

    /// What the tool did, with these variables alone.
    static func sonde(_ arguments: String..., with environment: [String: String] = [:], isTerminal: Bool = false) async -> Call {
        let (output, error) = (MemoryStream(), MemoryStream())
        let terminals = Console.Terminals(input: isTerminal, output: isTerminal, error: isTerminal)
        let console = Console(output: output, error: error, environment: environment, terminals: terminals)
        let status = await app.run(arguments, in: console)
        return Call(status: status, output: output.text, error: error.text)
    }
}

extension String {
    /// With every run of blanks and line ends as one blank.
    var unwrapped: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
