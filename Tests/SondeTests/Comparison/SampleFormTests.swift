import TestSupport
import Testing

@testable import Sonde

/// Which cells of a comparison are measured, and in which form.
@Suite struct SampleFormTests {
    /// A cell in which these kinds of requests were answered well.
    private func cell(_ kinds: Probe.Kind..., model: String = "small-1") throws -> TargetResult {
        let target = try Sample.target()
        let exchanges = kinds.map { kind in
            var exchange = Exchange(
                probe: Probe(kind, endpoint: .inference, model: model), request: .init(method: "POST", url: "", keyUse: .own),
                startedAt: Timestamp(seconds: 0), outcome: .handshake)
            exchange.reading = Reading(speaker: .api, cause: .healthy, certainty: .certain)
            return exchange
        }
        return TargetResult(
            target: target, exchanges: exchanges, checks: [], verdict: Verdict(cause: .healthy, confidence: .certain, owner: .nobody),
            startedAt: Timestamp(seconds: 0), duration: .zero)
    }

    @Test func `streams are measured where all stream`() throws {
        let form = SampleForm([try cell(.inference, .streaming), try cell(.inference, .streaming)])
        #expect(form.kind == .streaming && form.cells == [0, 1] && form.exclusions.isEmpty)
    }

    @Test func `where one stream failed all are measured whole, and first tokens are not compared`() throws {
        let form = SampleForm([try cell(.inference, .streaming), try cell(.inference)])
        #expect(form.kind == .inference && form.cells == [0, 1])
        #expect(form.exclusions == [.init(cell: 1, measure: .firstToken, reason: .notStreamed)])
    }

    @Test func `who answers in streams only is left out where the others do not`() throws {
        let form = SampleForm([try cell(.inference), try cell(.streaming), try cell(.inference)])
        #expect(form.kind == .inference && form.cells == [0, 2])
        #expect(form.exclusions.contains(.init(cell: 1, reason: .otherForm)))
    }

    @Test func `another model is no comparison, and neither is a failure`() throws {
        let form = SampleForm([try cell(.inference), try cell(.otherModel), try cell(.models), try cell(.inference)])
        #expect(form.cells == [0, 3])
        #expect(form.exclusions == [.init(cell: 2, reason: .noInference), .init(cell: 1, reason: .otherModel)])
    }

    @Test func `two models that stand in for another are compared if they are one`() throws {
        let form = SampleForm([try cell(.otherModel), try cell(.otherModel, model: "small-2"), try cell(.otherModel)])
        #expect(form.kind == .otherModel && form.cells == [0, 2])
        #expect(form.exclusions == [.init(cell: 1, reason: .otherModel)])
    }

    @Test func `nothing at all is measured of nothing`() {
        #expect(SampleForm([]).cells.isEmpty)
    }
}
