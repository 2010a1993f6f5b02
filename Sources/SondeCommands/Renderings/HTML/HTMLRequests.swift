import Sonde

/// The requests of a target: a waterfall on one scale of time, and what each said, folded.
struct HTMLRequests {
    let result: TargetResult
    let number: Int

    private var exchanges: [Exchange] { result.exchanges }

    var section: HTML {
        guard !exchanges.isEmpty else { return "" }
        // What is from an earlier round of a watch would stretch the scale to hours.
        let drawn = exchanges.filter { !$0.isCarried }
        let start = drawn.map(\.startedAt.microseconds).min() ?? 0
        let end = drawn.map { $0.startedAt.microseconds + $0.timings.total.microseconds }.max() ?? 0
        let scale = Scale(start: start, length: max(1, end - start))
        // What was recorded elsewhere took no time that is known.
        let isTimed = drawn.contains { $0.timings.total > .zero }
        var rows = HTML()
        for (index, exchange) in exchanges.enumerated() { rows += row(exchange, index, isTimed ? scale : nil) }
        return """
            <section class="requests"><h3>Requests</h3>
            \(isTimed ? legend(scale) : HTML())<ol class="waterfall">
            \(rows)</ol></section>

            """
    }

    /// Where a moment lies between the first request's start and the last one's end.
    private struct Scale {
        let start: Int64
        let length: Int64

        /// In thousandths of the whole; a forged report may claim any time.
        func place(_ moment: Int64) -> Int64 {
            let (product, isTooMuch) = (moment - start).multipliedReportingOverflow(by: 1000)
            return isTooMuch ? 1000 : min(1000, max(0, product / length))
        }
    }

    private func legend(_ scale: Scale) -> HTML {
        let phases = RequestPhases.Phase.allCases.map { phase -> HTML in
            "<span><i class=\"key \(phase.rawValue)\"></i>\(phase.name)</span>"
        }
        let broken: HTML = exchanges.contains { $0.failure != nil } ? "<span><i class=\"key broken\"></i>broke off</span>" : ""
        return "<p class=\"legend\">\(phases)\(broken)<span class=\"span\">0 – \(Duration.shown(.microseconds(scale.length)))</span></p>\n"
    }

    private func row(_ exchange: Exchange, _ index: Int, _ scale: Scale?) -> HTML {
        let told = RequestLines(exchange: exchange, vendor: result.target.vendor, look: TextLook(detail: .verbose))
        return """
            <li id="t\(number)r\(index + 1)"><details><summary><span class="no">\(index + 1)</span><span class="name">\(told.name)</span><span class="status \(kind(of: exchange))">\(told.answer.isEmpty ? "done" : told.answer)</span>\(scale.flatMap { exchange.isCarried ? nil : bar(exchange, $0) } ?? HTML())<span class="took">\(scale == nil ? "" : Duration.shown(exchange.timings.total))</span></summary>
            <div class="said">\(said(told))</div></details></li>

            """
    }

    private func kind(of exchange: Exchange) -> HTML {
        // What is sent to be refused is no bad sign.
        if exchange.request.keyUse == .madeUp || exchange.request.keyUse == .none { return "" }
        guard let answer = exchange.answer else { return exchange.failure == nil ? "good" : "bad" }
        return answer.isRefusal ? "bad" : "good"
    }

    /// One request's phases as they lie in the time of all.
    private func bar(_ exchange: Exchange, _ scale: Scale) -> HTML {
        let offset = exchange.startedAt.microseconds
        let spans = RequestPhases(exchange).spans.map { span -> HTML in
            let start = scale.place(offset + span.start)
            // What took any time is to be seen.
            let width = max(2, scale.place(offset + span.end) - start)
            let name = "\(span.phase.name)\(span.isBroken ? ", broke off" : "") \(Duration.shown(.microseconds(span.end - span.start)))"
            return
                "<rect class=\"\(span.isBroken ? "broken" : span.phase.rawValue)\" x=\"\(min(start, 998))\" y=\"0\" width=\"\(width)\" height=\"10\"><title>\(name)</title></rect>"
        }
        let words = RequestPhases(exchange).spans.map { "\($0.phase.name) \(Duration.shown(.microseconds($0.end - $0.start)))" }.joined(
            separator: ", ")
        return "<svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"\(words)\">\(spans)</svg>"
    }

    private func said(_ told: RequestLines) -> HTML {
        let words: HTML = told.said.map { "<p class=\"quote\">\($0)</p>" } ?? ""
        return "\(words)<pre>\(told.facts.map { fact -> HTML in "\(fact)\n" })</pre>"
    }
}
