@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct EmbeddingsCheckTests {
    private func embeddings(
        _ changes: [String: JSON] = Sample.everything, listed: [String] = ["small-1", "text-embedding-9"],
        _ reply: Rehearsal.Reply = .json(200, ["data": [["embedding": [0.1, 0.2]]], "usage": ["prompt_tokens": 2]])
    ) throws -> CheckCase {
        try CheckCase(changes, with: ["embeddings"], retries: 0) { probe, _ in
            if probe.kind == .models { return .json(200, ["data": .array(listed.map { ["id": .string($0)] })]) }
            return probe.kind == .embeddings ? reply : CheckCase.healthy(probe)
        }
    }

    @Test func `passes where a vector comes back, from a model that is listed`() throws {
        let run = try embeddings()
        #expect(run.said("embeddings") == "pass: answered in 0 ms, 2 dimensions from text-embedding-9")
        #expect(run.run.probes.last == Probe(.embeddings, endpoint: .embeddings, model: "text-embedding-9"))
    }

    @Test func `the manifest's own choice comes before others, and is never asked to chat`() throws {
        let changes = Sample.everything.merging(["probe_models": ["embed-2", "small-1"]]) { $1 }
        #expect(try embeddings(changes, listed: ["bge-1", "embed-2", "small-1"]).said("embeddings").hasSuffix("from embed-2"))
        let run = try CheckCase(changes, model: nil, with: ["embeddings"]) { probe, _ in
            probe.kind == .models ? .models("embed-2", "small-1") : CheckCase.healthy(probe)
        }
        #expect(run.run.probes.first { $0.kind == .inference }?.model == "small-1")
    }

    @Test func `skips where the vendor has none, or no model for it is listed`() throws {
        #expect(try embeddings([:]).said("embeddings") == "skip: not tested: no embeddings of Sample Service is known")
        #expect(try embeddings(listed: ["small-1"]).said("embeddings") == "skip: not tested: no embedding model is listed or known")
    }

    @Test func `fails with the words of the refusal`() throws {
        let run = try embeddings(Sample.everything, .error(404, message: "no such model", code: "model_not_found"))
        #expect(run.said("embeddings") == "fail: 404 model_not_found “no such model”")
        #expect(run.run.verdict.cause == .modelUnavailable)
        #expect(run.run.followUps.isEmpty)
    }
}
