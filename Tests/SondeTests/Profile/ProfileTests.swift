import Sonde
import SondeJSON
import Testing

@Suite struct ProfileTests {
    private func profile(_ text: String) throws -> Profile { try Profile(JSONReader(.parse(Array(text.utf8)))) }

    private func refusal(_ text: String) -> String? {
        do {
            _ = try profile(text)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func `a plain list of targets is a profile`() throws {
        let profile = try profile(
            #"{"targets": [{"vendor": "openai", "model": "m", "organization": "o"}, {"name": "b", "base_url": "http://127.0.0.1:1/v1", "key": "env:KEY", "route": "direct"}]}"#
        )
        #expect(profile.targets.map(\.name) == ["openai", "b"])
        #expect(profile.targets[0].scopes == ["organization": "o"])
        #expect(profile.targets[1].key == "env:KEY")
        #expect(profile.targets[1].path == "targets[1]")
    }

    @Test(arguments: [
        ("{}", #"the key "targets" is missing; add it"#), (#"{"targets": {}}"#, "targets: expected an array, found an object"),
        (#"{"targets": [{}]}"#, "targets[0]: a target needs a vendor or a base_url"),
        (#"{"targets": [{"vendr": "x"}]}"#, #"targets[0].vendr: unknown key "vendr"; did you mean "vendor"?"#),
        (#"{"targets": [{"vendor": "x"}, {"vendor": "x"}]}"#, #"targets[1].name: two targets are called "x"; names must differ"#),
        (#"{"targets": [{"name": "", "vendor": "x"}]}"#, "targets[0].name: a name has 1 to 200 characters"),
        (#"{"targets": [], "polcy": {}}"#, #"polcy: unknown key "polcy"; did you mean "policy"?"#),
        (
            #"{"targets": [], "extends": "a/b.json"}"#,
            #"extends: a profile extends a file beside it; give its name alone, such as "base.json""#
        ),
        (#"{"targets": [], "routes": {"direct": "ipv4"}}"#, #"routes: a route may not be called "direct", which has a meaning of its own"#),
        (#"{"targets": [{"vendor": "x", "key": 1}]}"#, "targets[0].key: expected a string, found 1"),
    ])
    func `a broken profile is refused with its place`(text: String, message: String) {
        #expect(refusal(text) == message)
    }
}
