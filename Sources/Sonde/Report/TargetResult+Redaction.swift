extension TargetResult {
    /// The result as it may be shown: every text that a user wrote, or that quotes one, without secrets.
    ///
    /// What services said was redacted when it was captured; names, addresses and models are needed as they are until the last
    /// request is sent. They are redacted here, at the end of a run, once for all outputs.
    /// - Parameter redactor: One that leaves identifiers in place: a user may read the addresses of their own.
    public func redacted(by redactor: Redactor) -> TargetResult {
        var result = self
        result.target = target.redacted(by: redactor)
        result.routeFacts = routeFacts.redacted(by: redactor)
        result.exchanges = exchanges.map { $0.redacted(by: redactor) }
        result.withheld = withheld.map { request in
            var request = request
            request.model = request.model.map(redactor.redact)
            return request
        }
        result.checks = checks.map { check in
            var check = check
            check.summary = redactor.redact(check.summary)
            return check
        }
        result.verdict = verdict.redacted(by: redactor)
        result.notJudgedAgain = notJudgedAgain.map(redactor.redact)
        return result
    }
}

extension Target {
    /// The target as reports name it; nothing can be sent to it any more.
    public func redacted(by redactor: Redactor) -> Target {
        var target = self
        target.name = redactor.redact(name)
        target.model = model.map(redactor.redact)
        target.baseURL.host = redactor.redact(baseURL.host)
        target.baseURL.path = redactor.redact(baseURL.path)
        target.route = route.redacted(by: redactor)
        if case .file(let path) = credential?.source { target.credential?.source = .file(redactor.redact(path)) }
        target.findings = findings.map { finding in
            var finding = finding
            finding.text = redactor.redact(finding.text)
            return finding
        }
        return target
    }
}

extension Route {
    fileprivate func redacted(by redactor: Redactor) -> Route {
        var route = self
        route.name = redactor.redact(name)
        route.resolve = resolve.map(redactor.redact)
        route.connectTo = connectTo.map(redactor.redact)
        if case .fixed(var proxy) = proxy {
            proxy.host = redactor.redact(proxy.host)
            route.proxy = .fixed(proxy)
        }
        return route
    }
}

extension Exchange {
    fileprivate func redacted(by redactor: Redactor) -> Exchange {
        var exchange = self
        exchange.request.url = redactor.redact(request.url)
        exchange.request.body = request.body.map { redactor.redact($0) }
        exchange.probe.model = probe.model.map(redactor.redact)
        return exchange
    }
}

extension Verdict {
    fileprivate func redacted(by redactor: Redactor) -> Verdict {
        var verdict = self
        verdict.summary = redactor.redact(summary)
        for index in verdict.because.indices { verdict.because[index].text = redactor.redact(verdict.because[index].text) }
        for index in verdict.ruledOut.indices { verdict.ruledOut[index].text = redactor.redact(verdict.ruledOut[index].text) }
        if let runnerUp = verdict.runnerUp { verdict.runnerUp?.separatedBy = redactor.redact(runnerUp.separatedBy) }
        verdict.nextSteps = nextSteps.map(redactor.redact)
        return verdict
    }
}
