import SondeJSON

extension Exchange {
    var json: JSON {
        var entries: JSON.Object = [
            ("probe", .string(probe.kind.rawValue)), ("attempt", .integer(Int64(attempt))), ("started_at", .string(startedAt.rfc3339)),
            ("request", request.json(for: probe)),
        ].object
        switch outcome {
        case .answer(let answer): entries["response"] = answer.json
        case .failure(let failure): entries["transport_error"] = failure.json
        case .handshake: break
        }
        entries["connection"] = connection.json
        entries["timings_ms"] = timings.json
        entries["reading"] = reading.json
        if isCarried { entries["carried"] = true }
        return .object(entries)
    }
}

extension Exchange.SentRequest {
    func json(for probe: Probe) -> JSON {
        var entries = JSON.Object()
        if !method.isEmpty { entries.append("method", .string(method)) }
        if !url.isEmpty { entries.append("url", .string(url)) }
        entries.append("key", .string(keyUse.rawValue))
        entries.append("endpoint", .string(probe.endpoint.rawValue))
        if let model = probe.model { entries["model"] = .string(model) }
        if let variant = probe.variant { entries["variant"] = .string(variant) }
        if case .below(let path) = probe.place { entries["base_path"] = .string(path) }
        if let shape = probe.shape {
            var form: JSON.Object = [("limit", .integer(Int64(shape.tokenLimit)))].object
            if let field = shape.tokenLimitField { form["field"] = .string(field) }
            entries["token_limit"] = .object(form)
        }
        if let body { entries["body"] = body }
        return .object(entries)
    }
}

extension Answer {
    var json: JSON {
        var body: JSON.Object = [("kind", .string(bodyKind.rawValue)), ("bytes", .integer(Int64(bodyBytes)))].object
        if isBodyCut { body["cut"] = true }
        if !errors.isEmpty { body["errors"] = .array(errors.map(\.json)) }
        if let title { body["title"] = .string(title) }
        if let excerpt { body["excerpt"] = .string(excerpt) }
        if let models = facts.models { body["models"] = ["count": .integer(Int64(models.count)), "ids": .strings(models.ids)] }
        if let prices = facts.models?.prices, !prices.isEmpty {
            body["prices"] = .array(prices.sorted { $0.key < $1.key }.map { $0.value.json(of: $0.key) })
        }
        if let inference = facts.inference { body["inference"] = inference.json }
        if let balance = facts.balance { body["balance"] = balance.json }
        if let embedding = facts.embedding { body["embedding"] = embedding.json }
        if let stream = facts.stream { body["stream"] = stream.json }
        if let status = facts.status {
            body["status_page"] = .array(status.components.map { ["name": .string($0.name), "state": .string($0.state)] })
        }
        if let country = facts.country { body["egress_country"] = .string(country) }
        if let egress = facts.egress { body["egress_address"] = .string(egress) }
        if let keptBody { body["text"] = .string(keptBody) }
        var entries: JSON.Object = [("status", .integer(Int64(status)))].object
        if !httpVersion.isEmpty { entries.append("http_version", .string(httpVersion)) }
        entries.append("headers", .object(JSON.Object(headers.fields.map { ($0.name, .string($0.value)) })))
        entries.append("body", .object(body))
        return .object(entries)
    }
}

extension ErrorLayer {
    var json: JSON {
        var entries = JSON.Object()
        for (key, value) in [("message", message), ("type", type), ("code", code), ("param", param), ("origin", origin)] {
            if let value { entries.append(key, .string(value)) }
        }
        return .object(entries)
    }
}

extension Facts.Inference {
    var json: JSON {
        var entries: JSON.Object = [("has_text", .bool(hasText))].object
        if let model { entries["model"] = .string(model) }
        if let finishReason { entries["finish_reason"] = .string(finishReason) }
        if let inputTokens { entries["input_tokens"] = .integer(Int64(inputTokens)) }
        if let outputTokens { entries["output_tokens"] = .integer(Int64(outputTokens)) }
        if let cost { entries["cost_usd"] = .number(cost) }
        return .object(entries)
    }
}

extension Facts.Embedding {
    var json: JSON {
        var entries: JSON.Object = [("dimensions", .integer(Int64(dimensions)))].object
        if let inputTokens { entries.append("input_tokens", .integer(Int64(inputTokens))) }
        if let cost { entries.append("cost_usd", .number(cost)) }
        return .object(entries)
    }
}

extension Facts.Stream {
    var json: JSON {
        var entries: JSON.Object = [
            ("events", .integer(Int64(events))), ("pieces", .integer(Int64(pieces))), ("broken", .integer(Int64(broken))),
            ("ended", .bool(isEnded)), ("at_once", .bool(isAtOnce)),
        ].object
        if let tokens { entries.append("tokens", .integer(Int64(tokens))) }
        if let firstToken { entries.append("time_to_first_token_ms", .number(firstToken.fractionalMilliseconds)) }
        if let generation { entries.append("generation_ms", .number(generation.fractionalMilliseconds)) }
        if let tokensPerSecond { entries.append("tokens_per_second", .number(tokensPerSecond)) }
        return .object(entries)
    }
}

extension Price {
    func json(of model: String) -> JSON {
        var entries: JSON.Object = [
            ("model", .string(model)), ("input_usd_per_token", .number(input)), ("output_usd_per_token", .number(output)),
        ].object
        if request > 0 { entries.append("request_usd", .number(request)) }
        return .object(entries)
    }
}

extension Duration {
    /// Milliseconds with three decimals.
    var fractionalMilliseconds: Double {
        Double(components.seconds) * 1000 + Double(components.attoseconds / 1_000_000_000_000) / 1000
    }
}

extension Facts.Balance {
    var json: JSON {
        var entries = JSON.Object()
        if let remaining { entries.append("remaining", .number(remaining)) }
        if let used { entries.append("used", .number(used)) }
        entries.append("currency", .string(currency))
        if let granted { entries.append("granted", .number(granted)) }
        if let bought { entries.append("bought", .number(bought)) }
        if let isFreeTier { entries.append("free_tier", .bool(isFreeTier)) }
        return .object(entries)
    }
}

extension Exchange.Failure {
    var json: JSON {
        var entries: JSON.Object = [("kind", .string(kind.rawValue))].object
        if let phase { entries["phase"] = .string(phase.rawValue) }
        if curlCode != 0 { entries["curl_code"] = .integer(Int64(curlCode)) }
        entries["message"] = .string(message)
        if let status { entries["status"] = .integer(Int64(status)) }
        if let proxyStatus { entries["proxy_status"] = .integer(Int64(proxyStatus)) }
        return .object(entries)
    }
}

extension Connection {
    var json: JSON {
        var entries = JSON.Object()
        if let peerAddress { entries.append("peer_address", .string(peerAddress)) }
        if let peerPort { entries.append("peer_port", .integer(Int64(peerPort))) }
        if let localAddress { entries.append("local_address", .string(localAddress)) }
        entries.append("reused", .bool(isReused))
        if let tls {
            var session = JSON.Object()
            if let version = tls.version { session.append("version", .string(version)) }
            if let certificate = tls.certificate {
                session.append("subject", .string(certificate.subject))
                session.append("issuer", .string(certificate.issuer))
                if let until = certificate.notAfter { session.append("not_after", .string(until.rfc3339)) }
            }
            entries.append("tls", .object(session))
        }
        return .object(entries)
    }
}

extension Timings {
    /// Milliseconds with three decimals, counted from the start; phases that were not reached are left out.
    var json: JSON {
        var entries = JSON.Object()
        let phases = [
            ("dns", nameLookup), ("connect", connect), ("tls", tls), ("pretransfer", pretransfer), ("first_byte", firstByte),
            ("total", total),
        ]
        for (name, value) in phases {
            if let value {
                entries.append(name, .number(value.fractionalMilliseconds))
            }
        }
        return .object(entries)
    }
}

extension Reading {
    var json: JSON {
        var entries: JSON.Object = [("speaker", .string(speaker.rawValue))].object
        if let cause { entries["cause"] = .string(cause.rawValue) }
        if let reason { entries["reason"] = .string(reason) }
        entries["certainty"] = .string(certainty.rawValue)
        if let detail { entries["detail"] = .string(detail) }
        if let retryAfter { entries["retry_after_ms"] = .integer(retryAfter.milliseconds) }
        if let edge {
            var place: JSON.Object = [("code", .string(edge.edge))].object
            if let region = edge.region { place["region"] = .string(region) }
            if let time = edge.time { place["time"] = .string(time.rfc3339) }
            entries["edge"] = .object(place)
        }
        return .object(entries)
    }
}
