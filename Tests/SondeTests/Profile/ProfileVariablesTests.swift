import Sonde
import SondeJSON
import Testing

@Suite struct ProfileVariablesTests {
    private let variables = ProfileVariables(
        environment: [
            "HOST": "llm.example.com", "EMPTY": "", "SAMPLE_API_KEY": "smp_4f9Qz7Lm2Xc8Vb1Nk6Jh", "OWN_KEY": "secret-1",
            "CI_TOKEN": "tok-1",
        ],
        keySources: ["SAMPLE_API_KEY"], looksLikeKey: { $0.hasPrefix("tok-") })

    private func filled(_ text: String) -> Result<String, JSONError> {
        Result { () throws(JSONError) in try variables.filled(["base_url": .string(text)])["base_url"]?.stringValue ?? "" }
    }

    @Test(arguments: [
        ("https://${HOST}/v1", "https://llm.example.com/v1"), ("${HOST}${HOST}", "llm.example.comllm.example.com"),
        ("${NONE:-fallback}", "fallback"), ("${EMPTY:-fallback}", "fallback"), ("${HOST:-fallback}", "llm.example.com"), ("${NONE:-}", ""),
        ("${EMPTY}", ""), ("${HOST:?say where}", "llm.example.com"), ("5 $", "5 $"), ("$$", "$"), ("$${HOST}", "${HOST}"),
        ("$HOST", "$HOST"),
    ])
    func `a variable is filled in`(_ pair: (text: String, result: String)) {
        #expect(filled(pair.text) == .success(pair.result))
    }

    @Test(arguments: [
        ("${NONE}", "base_url: the variable NONE is not set; set it, or give a default: ${NONE:-default}"),
        ("${NONE:?say where the service is}", "base_url: the variable NONE is not set: say where the service is"),
        ("${EMPTY:?say where}", "base_url: the variable EMPTY is not set: say where"),
        ("${HOST", "base_url: \"${\" has no \"}\"; write \"$$\" for a dollar sign"),
        ("${1ST}", "base_url: \"${1ST}\" is no variable; write ${NAME}, ${NAME:-default} or ${NAME:?message}"),
        ("${HOST:x}", "base_url: \"${HOST:x}\" is no variable; write ${NAME}, ${NAME:-default} or ${NAME:?message}"),
        (
            "${SAMPLE_API_KEY}",
            "base_url: SAMPLE_API_KEY holds a key, which a profile never takes in; name it where it is read: \"key\": \"env:SAMPLE_API_KEY\""
        ),
        (
            "${SAMPLE_API_KEY:-x}",
            "base_url: SAMPLE_API_KEY holds a key, which a profile never takes in; name it where it is read: \"key\": \"env:SAMPLE_API_KEY\""
        ),
        ("${CI_TOKEN}", "base_url: what CI_TOKEN holds looks like a key, which a profile never takes in"),
    ])
    func `what cannot be filled in is refused with its place`(_ pair: (text: String, message: String)) {
        guard case .failure(let error) = filled(pair.text) else {
            Issue.record("\(pair.text) was filled in")
            return
        }
        #expect("\(error)" == pair.message)
    }

    @Test func `a key stays as it is written`() throws {
        let document: JSON = ["targets": [["key": "env:${HOST}", "model": "${HOST}"]]]
        let target = try variables.filled(document)["targets"]?[0]
        #expect(target?["key"]?.stringValue == "env:${HOST}")
        #expect(target?["model"]?.stringValue == "llm.example.com")
    }

    @Test func `a variable from which the profile reads a key may not be filled in anywhere else`() {
        let document: JSON = ["targets": [["key": "env:OWN_KEY"]], "routes": ["office": "proxy=http://${OWN_KEY}"]]
        #expect(throws: JSONError.self) { try variables.filled(document) }
    }
}
