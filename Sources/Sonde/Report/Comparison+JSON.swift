import SondeJSON

extension Comparison {
    /// As reports hold it.
    ///
    /// - Parameter results: The report's targets, to which the cells refer.
    func json(_ results: [TargetResult]) -> JSON {
        let differing = differing(results)
        var entries: JSON.Object = [
            (
                "cells",
                .array(
                    cells.enumerated().map { index, cell in cell.json(results[cell.target], isDifferent: differing.contains(index)) })
            ),
            ("conclusions", .array(conclusions.map(\.json))),
            ("models", .array(offers.map(\.json))),
        ].object
        if let latency { entries.append("latency", latency.json) }
        return .object(entries)
    }
}

extension Comparison.Cell {
    fileprivate func json(_ result: TargetResult, isDifferent: Bool) -> JSON {
        var entries: JSON.Object = [
            ("target", .integer(Int64(target))), ("subject", .string(subject)), ("route", .string(route)), ("key", .optional(key)),
            ("key_number", keyNumber.map { .integer(Int64($0)) } ?? .null), ("proxy", .optional(proxy)),
        ].object
        if let place { entries.append("place", .string(place)) }
        entries.append("cause", .string(result.verdict.cause.rawValue))
        entries.append("outcome", .string(result.outcome.rawValue))
        entries.append("differs", .bool(isDifferent))
        entries.append("way", WayFacts(result, proxy: proxy).json)
        return .object(entries)
    }
}

extension WayFacts {
    fileprivate var json: JSON {
        var entries = JSON.Object()
        if let country { entries.append("egress_country", .string(country)) }
        if let egress { entries.append("egress_address", .string(egress)) }
        let places = { (codes: [String]) in
            JSON.array(codes.map { code in ["code": .string(code), "place": .optional(EdgePlaces.name(of: code))] })
        }
        if !edges.isEmpty { entries.append("edges", places(edges)) }
        if !regions.isEmpty { entries.append("regions", places(regions)) }
        if !sources.isEmpty { entries.append("source_addresses", .strings(sources)) }
        entries.append("peer_addresses", .strings(peers))
        entries.append("address_families", .strings(families.map(\.rawValue)))
        if !issuers.isEmpty { entries.append("certificate_issuers", .strings(issuers)) }
        return .object(entries)
    }
}

extension Comparison.Conclusion {
    fileprivate var json: JSON {
        [
            "law": .string(law), "text": .string(text), "confidence": .string(confidence.rawValue), "owner": .optional(owner?.rawValue),
            "cells": .array(cells.map { .integer(Int64($0)) }), "next_steps": .strings(nextSteps),
        ]
    }
}

extension ModelOffer {
    fileprivate var json: JSON {
        [
            "model": .string(model),
            "targets": .array(
                targets.map { ["subject": .string($0.subject), "is_known": .bool($0.isKnown), "names": .strings($0.names)] }),
        ]
    }
}

extension LatencyComparison {
    fileprivate var json: JSON {
        var entries: JSON.Object = [
            ("rounds", .integer(Int64(rounds))),
            ("requests", .integer(Int64(requests))),
            ("series", .array(series.map(\.json))),
            ("differences", .array(differences.map(\.json))),
        ].object
        if !exclusions.isEmpty { entries.append("not_compared", .array(exclusions.map(\.json))) }
        if let end { entries.append("ended_by", .string(end.rawValue)) }
        return .object(entries)
    }
}

extension LatencyComparison.Exclusion {
    fileprivate var json: JSON {
        var entries: JSON.Object = [("cell", .integer(Int64(cell)))].object
        if let measure { entries.append("measure", .string(measure.rawValue)) }
        entries.append("reason", .string(reason.rawValue))
        return .object(entries)
    }
}

extension LatencyComparison.Series {
    fileprivate var json: JSON {
        var entries: JSON.Object = [("cell", .integer(Int64(cell))), ("failures", .integer(Int64(failures)))].object
        for measure in LatencyComparison.Measure.allCases where !times(measure).isEmpty {
            entries.append("\(measure.rawValue)_median_ms", .milliseconds(median(measure)))
            entries.append("\(measure.rawValue)_p95_ms", .milliseconds(p95(measure)))
        }
        for (name, times) in samples.json.objectValue?.members.map({ ($0.key, $0.value) }) ?? [] { entries.append(name, times) }
        return .object(entries)
    }
}

extension LatencyComparison.Difference {
    fileprivate var json: JSON {
        [
            "cell": .integer(Int64(cell)), "reference": .integer(Int64(reference)), "measure": .string(measure.rawValue),
            "added_ms": .milliseconds(added), "from_ms": .milliseconds(interval?.lowerBound), "to_ms": .milliseconds(interval?.upperBound),
            "finding": .string(finding.rawValue),
        ]
    }
}
