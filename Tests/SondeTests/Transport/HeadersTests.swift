import Sonde
import Testing

@Suite struct HeadersTests {
    private let headers = Headers([HeaderField("Content-Type", "text/html"), HeaderField("Via", "a"), HeaderField("VIA", "b")])

    @Test func `names compare without case, and the first value is the one`() {
        #expect(headers["content-type"] == "text/html")
        #expect(headers["via"] == "a")
        #expect(headers["server"] == nil)
    }

    @Test func `all values of a name come in order`() {
        #expect(headers.values("vIa") == ["a", "b"])
        #expect(headers.values("age").isEmpty)
    }

    @Test func `what is added stands at the end, in its own case`() {
        var headers = Headers()
        #expect(headers.isEmpty)
        headers.add("X-A", "1")
        #expect(headers.fields == [HeaderField("X-A", "1")])
    }

    @Test func `only ASCII letters fold`() {
        #expect("x-Request-ID".equalsIgnoringCase("X-REQUEST-id"))
        #expect(!"é".equalsIgnoringCase("É"))
        #expect(!"[".equalsIgnoringCase("{"))
        #expect(!"ab".equalsIgnoringCase("abc"))
    }
}
