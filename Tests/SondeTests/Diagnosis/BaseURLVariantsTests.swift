@testable import Sonde
import Testing

@Suite struct BaseURLVariantsTests {
    private let usual = ["/v1", "/api/v1", "/openai/v1"]

    @Test(arguments: [
        ("", ["/v1", "/api/v1", "/openai/v1"]), ("/v1", ["/api/v1", "/openai/v1"]), ("/v1/v1", ["/v1", "/api/v1", "/openai/v1"]),
        ("/api", ["/api/v1", "/v1", "/openai/v1"]), ("/v1/chat/completions", ["/v1", "/api/v1", "/openai/v1"]),
        ("/api/v1/v1/models", ["/api/v1/v1", "/api/v1", "/v1"]),
    ])
    func `a path is mended first, then completed, then guessed`(path: String, variants: [String]) {
        #expect(BaseURLVariants.paths(for: path, own: "", usual: usual) == variants)
    }

    @Test func `the vendor's own path comes early, and no variant is the path itself`() {
        #expect(BaseURLVariants.paths(for: "", own: "/inference/v1", usual: usual).first == "/inference/v1")
        for path in ["", "/v1", "/api/v1", "/openai/v1", "/a/b/c/models"] {
            let variants = BaseURLVariants.paths(for: path, own: "/v1", usual: usual)
            #expect(!variants.contains(path))
            #expect(Set(variants).count == variants.count && variants.count <= BaseURLVariants.limit)
        }
    }
}
