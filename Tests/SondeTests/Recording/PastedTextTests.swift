import Sonde
import SondeJSON
import Testing

/// What mail, pages and logs put around a text.
struct PastedTextTests {
    @Test func `a quoted part of a mail is read without its marks`() throws {
        let text = """
            On Tuesday somebody wrote:
            > > HTTP/2 403
            > > content-type: application/json
            > >
            > > {"error":{"message":"No.",
            > > "type":"access_denied"}}

            Any idea?
            """
        let call = try Pasted.call(text)
        #expect(call.status == 403)
        #expect(call.headers["content-type"] == "application/json")
        #expect(try Pasted.result(text).exchanges.first?.answer?.errors.first?.type == "access_denied")
    }

    @Test func `what curl sent is no quotation`() throws {
        let call = try Pasted.call("> GET /v1/models HTTP/2\n> Host: api.sample.test\n>\n< HTTP/2 401\n<\nno")
        #expect(call.path == "/v1/models")
        #expect(call.host == "api.sample.test")
    }

    @Test(arguments: [
        "{&quot;error&quot;:{&quot;message&quot;:&quot;a &lt; b &amp; c&quot;,&quot;type&quot;:&quot;t&quot;}}",
        "{&#34;error&#34;:{&#x22;message&#x22;:&#34;a &#60; b &#38; c&#34;,&#34;type&#34;:&#34;t&#34;}}",
        "Error code: 400 - {&#39;error&#39;: {&#39;message&#39;: &#39;a &lt; b &amp; c&#39;, &#39;type&#39;: &#39;t&#39;}}",
    ])
    func `the escapes of a page are undone`(text: String) throws {
        #expect(try Pasted.call(text).error == ["message": "a < b & c", "type": "t"])
    }

    @Test func `a page's own escapes stay`() throws {
        let call = try Pasted.call("HTTP/1.1 502 Bad Gateway\n\n<html><title>a &amp; b</title></html>")
        #expect(call.body == .text("<html><title>a &amp; b</title></html>"))
    }

    @Test(arguments: [
        #"HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n\r\n{\"error\":{\"message\":\"No.\",\"type\":\"access_denied\"}}"#,
        #""HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n\r\n{\"error\":{\"message\":\"No.\",\"type\":\"access_denied\"}}""#,
        #"Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nopenai.PermissionDeniedError: Error code: 403 - {'error': {'message': 'No.', 'type': 'access_denied'}}"#,
    ])
    func `line ends that are shown as escapes are line ends`(text: String) throws {
        let call = try Pasted.call(text)
        #expect(call.status == 403)
        #expect(call.error == ["message": "No.", "type": "access_denied"])
    }

    @Test func `escapes within an object are the object's`() throws {
        let call = try Pasted.call(#"Error code: 400 - {'error': {'message': 'one\ntwo', 'type': 't'}}"#)
        #expect(call.error?["message"] == "one\ntwo")
    }

    @Test func `a byte-order mark is no part of the text`() throws {
        #expect(try Pasted.call("\u{FEFF}HTTP/2 403\n\nno").status == 403)
    }
}
