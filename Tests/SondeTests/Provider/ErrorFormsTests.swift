import Sonde
import SondeJSON
import Testing

@Suite struct ErrorFormsTests {
    private func layers(_ text: String, _ status: Int = 400) throws -> [ErrorLayer] {
        ErrorForms.layers(in: try #require(JSON.lenient(Array(text.utf8))), status: status)
    }

    private static func layer(
        _ message: String? = nil, _ type: String? = nil, _ code: String? = nil, _ param: String? = nil, origin: String? = nil
    ) -> ErrorLayer {
        ErrorLayer(message: message, type: type, code: code, param: param, origin: origin)
    }

    @Test func `an error that stands as JSON where the message should is the service's behind`() throws {
        let body = #"{"error":{"message":"{\"error\":{\"code\":403,\"message\":\"no\",\"status\":\"PERMISSION_DENIED\"}}","code":403}}"#
        #expect(try layers(body, 403).map(\.message).last == "no")
        #expect(try layers(#"{"error":{"message":"{not json","code":403}}"#, 403).count == 1)
    }

    @Test(arguments: [
        #"{"error":{"message":"Provider returned error","metadata":{"raw":RAW}}}"#,
        #"{"message":"Provider returned error","code":401,"metadata":{"raw":RAW}}"#,
        #"{"choices":[{"error":{"message":"Provider returned error","metadata":{"raw":RAW}}}]}"#,
    ])
    func `what a gateway got from behind is unwrapped wherever it stands`(form: String) throws {
        for raw in [
            #""{\"error\":{\"message\":\"no\",\"code\":\"c\"}}""#, #"{"error":{"message":"no","code":"c"}}"#,
            #""{'error': {'message': 'no', 'code': 'c'}}""#, #""Error code: 400 - {\"error\":{\"message\":\"no\",\"code\":\"c\"}}""#,
        ] {
            let layers = try layers(form.replacing("RAW", with: raw))
            #expect(layers.map(\.message) == ["Provider returned error", "no"], "\(raw)")
            #expect(layers.last?.code == "c")
        }
        #expect(try layers(form.replacing("RAW", with: #""It is busy""#)).last?.message == "It is busy")
    }

    @Test func `an inner error of the same speaker is not taken for another's`() throws {
        let body = #"{"error":{"message":"m","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#
        #expect(try layers(body) == [Self.layer("m", nil, "content_filter")])
        #expect(try layers(#"{"error":{"message":"m","innererror":{"code":"i"}}}"#) == [Self.layer("m", nil, "i")])
    }

    @Test func `a reason beside the message stands for the type that is left out`() throws {
        #expect(
            try layers(#"{"code":403,"reason":"NOT_ENOUGH_BALANCE","message":"m"}"#, 403) == [Self.layer("m", "NOT_ENOUGH_BALANCE", "403")])
    }

    @Test(arguments: [
        // OpenAI, Groq, DeepSeek
        (#"{"error":{"message":"m","type":"t","code":"c","param":"p"}}"#, layer("m", "t", "c", "p")),
        (#"{"error":{"message":"m","type":"t","code":null,"param":null}}"#, layer("m", "t")),
        // Together, with more beside it
        (#"{"id":"1","error":{"message":"m","type":"credit_limit","param":null,"code":null}}"#, layer("m", "credit_limit")),
        // OpenRouter, llama.cpp: a number for the code
        (#"{"error":{"message":"m","code":402}}"#, layer("m", nil, "402")),
        (
            #"{"error":{"code":401,"message":"Invalid API Key","type":"authentication_error"}}"#,
            layer("Invalid API Key", "authentication_error", "401")
        ),
        // Vercel: a name within param, also the older flat form
        (
            #"{"error":{"message":"m","type":"no_providers_available","param":{"name":"RestrictedModelsError"}}}"#,
            layer("m", "no_providers_available", nil, "RestrictedModelsError")
        ),
        (#"{"error":"m","type":"forbidden","statusCode":403}"#, layer("m", "forbidden")),
        (#"{"message":"m","error_type":"t"}"#, layer("m", "t")),
        // Gemini: an array of one
        (#"[{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}]"#, layer("m", "INVALID_ARGUMENT", "400")),
        (
            #"{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT","details":[{"@type":"t"},{"reason":"API_KEY_INVALID"}]}}"#,
            layer("m", "INVALID_ARGUMENT", "400", "API_KEY_INVALID")
        ),
        // xAI, LM Studio, Hugging Face, vLLM, SGLang: a text
        (#"{"code":"The caller has no permission","error":"m"}"#, layer("m", nil, "The caller has no permission")),
        (#"{"error":"Unauthorized"}"#, layer("Unauthorized")),
        (#"{"error":["m","n"]}"#, layer("m")), (#"{"error":"m","error_type":"overloaded"}"#, layer("m", "overloaded")),
        (#"{"error":"unauthorized","signin_url":"https://x"}"#, layer("unauthorized")),
        // Cerebras, Azure's front door: flat
        (#"{"message":"m","type":"t","param":"p","code":"c"}"#, layer("m", "t", "c", "p")),
        (#"{"statusCode":401,"message":"m"}"#, layer("m")),
        // vLLM, Mistral
        (#"{"object":"error","message":"m","type":"t","param":null,"code":"1500"}"#, layer("m", "t", "1500")),
        (
            #"{"object":"error","message":"m","type":"NotFoundError","param":"model","code":404}"#,
            layer("m", "NotFoundError", "404", "model")
        ),
        // Mistral, FastAPI, ChatGPT's backend
        (#"{"detail":"Unauthorized"}"#, layer("Unauthorized")),
        (#"{"detail":[{"type":"extra_forbidden","loc":["body"],"msg":"m"}]}"#, layer("m", "extra_forbidden")),
        (#"{"detail":{"code":"token_expired","message":"m"}}"#, layer("m", nil, "token_expired")),
        // Anthropic
        (#"{"type":"error","error":{"type":"authentication_error","message":"m"},"request_id":"r"}"#, layer("m", "authentication_error")),
        // Fireworks, new and old
        (#"{"error":{"message":"m","param":null,"code":"NOT_FOUND","type":"error"},"request_id":"r"}"#, layer("m", "error", "NOT_FOUND")),
        (#"{"fault":{"faultstring":"m","detail":{"errorcode":"oauth.invalid"}}}"#, layer("m", nil, "oauth.invalid")),
        // Workers AI, Cloudflare's gateway
        (
            #"{"result":null,"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[]}"#,
            layer("Authentication error", nil, "10000")
        ),
        (
            #"{"success":false,"result":[],"messages":[],"error":[{"code":2009,"message":"Unauthorized"}]}"#,
            layer("Unauthorized", nil, "2009")
        ),
        (#"{"errors":["m"]}"#, layer("m")),
        (#"{"name":"AiGatewayError","internalCode":2009,"message":"m"}"#, layer("m", nil, "2009")),
        // LiteLLM: the text None
        (#"{"error":{"message":"m","type":"None","param":"None","code":"401"}}"#, layer("m", nil, "401")),
        (#"{"error":{"message":"m","type":"null","code":""}}"#, layer("m")),
        // A bare text
        (#""m""#, layer("m")),
    ])
    func `every known form is read`(body: String, expected: ErrorLayer) throws {
        #expect(try layers(body) == [expected])
    }

    @Test(arguments: [
        #"{"object":"list","data":[]}"#, #"{"choices":[]}"#, #"{"error":null,"choices":[]}"#, #"{"error":false}"#, #"{"error":""}"#,
        #"{"error":{}}"#, #"{"error":[]}"#,
        #"{"errors":[],"success":true,"result":{}}"#, #"{"message":"Welcome to the OpenAI API!"}"#, #"{"detail":"fine"}"#, "[]", "[1]",
        #"[{"id":"m"}]"#, "null", "7", #""text""#,
    ])
    func `a success that speaks of no error has none`(body: String) throws {
        #expect(try layers(body, 200).isEmpty)
    }

    @Test(arguments: [
        #"{"error":{"message":"m"}}"#, #"{"error":"m"}"#, #"{"object":"error","message":"m"}"#, #"{"type":"error","message":"m"}"#,
        #"{"errors":[{"message":"m"}]}"#,
    ])
    func `a success may still hold an error`(body: String) throws {
        #expect(try layers(body, 200).first?.message == "m")
    }

    @Test func `an upstream's error stands behind the gateway's own`() throws {
        let inner = ErrorLayer(message: "slow down", type: "tokens", code: "rate_limit_exceeded")
        let asText =
            #"{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"{\"error\":{\"message\":\"slow down\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}","provider_name":"Other"}}}"#
        #expect(try layers(asText) == [Self.layer("Provider returned error", nil, "429", origin: "Other"), inner])
        let asObject =
            #"{"error":{"message":"outer","metadata":{"raw":{"error":{"message":"slow down","type":"tokens","code":"rate_limit_exceeded"}}}}}"#
        #expect(try layers(asObject).last == inner)
        #expect(try layers(#"{"error":{"message":"outer","metadata":{"raw":"plain words"}}}"#).last?.message == "plain words")
        #expect(try layers(#"{"error":{"message":"outer","metadata":{"raw":""}}}"#).count == 1)
    }

    @Test(arguments: [
        (#"{"reason":"in_flight_budget_exhausted"}"#, layer("m", "in_flight_budget_exhausted", "402")),
        (
            #"{"error_type":"payment_required","reason":"x","limit_source":"openrouter_credits"}"#,
            layer("m", "payment_required", "402", "openrouter_credits")
        ),
        (#"{"limit_source":null}"#, layer("m", nil, "402")),
    ])
    func `a gateway's words in metadata stand for the fields it leaves out`(metadata: String, expected: ErrorLayer) throws {
        #expect(try layers(#"{"error":{"message":"m","code":402,"metadata":\#(metadata)}}"#, 402) == [expected])
    }

    @Test func `an error that ended a generation stands in its choice`() throws {
        let body = #"{"choices":[{"message":{"content":"par"},"finish_reason":"error","error":{"code":502,"message":"cut off"}}]}"#
        #expect(try layers(body, 200) == [Self.layer("cut off", nil, "502")])
        #expect(try layers(#"{"choices":[{"message":{"content":"ok"},"error":null}]}"#, 200).isEmpty)
    }

    @Test func `a message may hold the details of a validation`() throws {
        let body =
            #"{"object":"error","message":{"detail":[{"type":"extra_forbidden","msg":"not permitted"}]},"type":"invalid_request_error"}"#
        #expect(try layers(body, 422) == [Self.layer("not permitted", "invalid_request_error")])
    }

    @Test func `layers within layers come to an end`() throws {
        var body = #"{"error":"deep"}"#
        for _ in 0..<10 { body = #"{"error":{"message":"m","upstream_error":\#(body)}}"# }
        #expect(try layers(body).count == 4)
    }

    @Test func `an error of an unknown form is none that can be named`() throws {
        #expect(try layers("{}", 500).isEmpty)
        #expect(try layers(#"{"unknown":1}"#, 500).isEmpty)
        #expect(try layers("[]", 500).isEmpty)
    }
}
