import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct ChatDialectTests {
    private func json(_ text: String) throws -> JSON { try #require(JSON.lenient(Array(text.utf8))) }

    @Test func `the smallest request is one short question and a limit on the answer`() throws {
        let body = ChatDialect.smallestRequest(model: "m", rules: try Sample.vendor().inference)
        #expect(JSON.object(body).text() == #"{"model":"m","messages":[{"role":"user","content":"Reply with: ok"}],"max_tokens":16}"#)
    }

    @Test func `the manifest names the field of the limit and what else is sent`() throws {
        let rules = try Sample.vendor([
            "inference": ["token_limit_field": "max_completion_tokens", "token_limit": 20, "extra_body": ["think": false, "model": "x"]]
        ]).inference
        let body = ChatDialect.smallestRequest(model: "m", rules: rules)
        #expect(body["max_completion_tokens"] == 20)
        #expect(body["max_tokens"] == nil)
        #expect(body["think"] == false)
        #expect(body["model"] == "x")
    }

    @Test(
        arguments: [
            (#"{"object":"list","data":[{"id":"a"},{"id":"b"}]}"#, 2, ["a", "b"]), (#"[{"id":"a"}]"#, 1, ["a"]),
            (#"{"models":[{"name":"a"}]}"#, 1, ["a"]),
            (#"{"data":[]}"#, 0, []), (#"{"data":[{"id":"a"},{"x":1}]}"#, 2, ["a"]),
        ] as [(String, Int, [String])])
    func `a list of models has one of three forms`(body: String, count: Int, ids: [String]) throws {
        #expect(ChatDialect.models(in: try json(body)) == Facts.Models(count: count, ids: ids))
    }

    @Test(arguments: ["{}", #"{"data":{}}"#, #"{"data":[{"x":1}]}"#, #"{"data":[1,2]}"#, "null", #""a""#])
    func `what is no list is none`(body: String) throws {
        #expect(ChatDialect.models(in: try json(body)) == nil)
    }

    @Test(arguments: [
        (#"{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}"#, true),
        (#"{"choices":[{"message":{"content":""},"finish_reason":"length"}]}"#, false),
        (#"{"choices":[{"message":{"content":null}}]}"#, false), (#"{"choices":[{"delta":{"content":"o"}}]}"#, true),
        (#"{"choices":[{"text":"ok"}]}"#, true),
    ])
    func `an answer has a choice with a message, and perhaps text`(body: String, hasText: Bool) throws {
        #expect(ChatDialect.inference(in: try json(body))?.hasText == hasText)
    }

    @Test(arguments: [
        "{}", #"{"choices":[]}"#, #"{"choices":[null]}"#, #"{"choices":[{}]}"#, #"{"choices":[{"message":"ok"}]}"#,
        #"{"choices":{"0":{}}}"#,
    ])
    func `what has not the shape of an answer is none`(body: String) throws {
        #expect(ChatDialect.inference(in: try json(body)) == nil)
    }

    @Test(arguments: [
        "gpt-5.4-nano", "openai/gpt-4o-mini", "llama3.2:latest", "meta-llama/Llama-3.1-8B-Instruct", "claude-haiku-4-5",
        "gemini-2.5-flash-lite", "o3", "deepseek-chat",
        "mistral-small-latest", "qwen2.5-coder", "grok-4", "research-assistant-7b", "command-r", "kimi-k2", "glm-4.6", "sonar-pro",
        "gpt-oss-20b", "stablelm-zephyr", "hermes-4", "phi-4", "granite-4.0-h-small", "llama-3.2-11b-vision-instruct",
        "nemotron-nano-9b-v2",
    ])
    func `the name of a model that chats is taken for one`(id: String) {
        #expect(ChatDialect.isLikelyChatModel(id))
    }

    @Test(arguments: [
        "text-embedding-3-small", "nomic-embed-text", "whisper-1", "tts-1-hd", "gpt-4o-transcribe", "omni-moderation-latest", "dall-e-3",
        "gpt-image-1", "bge-m3",
        "multilingual-e5-large", "rerank-v3.5", "gpt-4o-realtime-preview", "gpt-4o-audio-preview", "sora-2", "Llama-Guard-4-12B",
        "openai/text-embedding-3-large", "black-forest-labs/FLUX.1-schnell", "flux2-dev", "google/veo-3.1", "mistral-ocr-latest",
        "deepseek-ai/DeepSeek-OCR",
        "olmOCR-7B", "imagen-4.0-generate", "stable-diffusion-3.5", "whisper-large-v3-turbo", "playai-tts", "nvidia/parakeet-tdt",
        "gemini-embedding-001",
        "gemini-2.5-flash-image", "gemini-2.0-flash-live-001", "voyage-rerank-2", "Qwen/Qwen3-Reranker-8B",
        "meta-llama/llama-prompt-guard-2-86m",
        "gpt-oss-safeguard-20b", "shieldgemma-2b", "kling-v2", "wan2.5-t2v", "seedream-4", "babbage-002", "gte-large", "m2m100-1.2b",
        "dalle3",
    ])
    func `the name of a model of another trade is not`(id: String) {
        #expect(!ChatDialect.isLikelyChatModel(id))
    }

    @Test(arguments: [
        (#"{"infos":[{"currency":"CNY","total":"1.50"}]}"#, 1.5, "CNY"), (#"{"infos":[{"total":2}]}"#, 2, "EUR"),
        (#"{"infos":[{"currency":"dollars; rm","total":3}]}"#, 3, "EUR"),
    ])
    func `a balance is in the currency that the answer names`(body: String, remaining: Double, currency: String) throws {
        let vendor = try Sample.vendor([
            "endpoints": [
                "key": [
                    "path": "/balance", "balance": ["remaining": "infos.0.total", "currency": "EUR", "currency_field": "infos.0.currency"],
                ]
            ]
        ])
        let facts = Sample.Provider().facts(in: try json(body), for: Probe(.key, endpoint: .key), vendor: vendor)
        #expect(facts.balance == Facts.Balance(remaining: remaining, currency: currency))
    }
}
