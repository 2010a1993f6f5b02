extension JSON {
    /// Reads one of our own files: strict RFC 8259, duplicate keys refused, at most 128 levels deep.
    ///
    /// - Throws: ``JSONError`` with line and column of the place, and a remedy.
    public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
        if let offset = NestingDepth.excess(in: bytes) {
            throw JSONError(
                "arrays and objects stand more than \(NestingDepth.limit) levels deep; use fewer",
                position: JSONError.Position(of: offset, in: bytes))
        }
        do {
            return try Jansson.load(bytes, refusingDuplicates: true)
        } catch {
            let fault = SourceWalker.fault(in: bytes) ?? SourceWalker.Fault(error.message, at: error.offset)
            throw JSONError(fault.message, position: JSONError.Position(of: fault.offset, in: bytes))
        }
    }

    /// Reads what a remote server sent, as far as it goes: nil only when no value can be made of it.
    ///
    /// Forgiven: a byte-order mark, duplicate keys (the last wins), NUL, invalid UTF-8 (replaced), lone surrogates, raw control
    /// bytes in strings, numbers too big (to the nearest `Double`, at most the greatest finite one). Not forgiven: more than 128
    /// levels, text behind the value, a value that was cut off, more values than any service has a reason to send.
    public static func lenient(_ bytes: [UInt8]) -> JSON? {
        guard LenientRepair.mayBeginValue(bytes), NestingDepth.excess(in: bytes) == nil, !ValueCount.isExcessive(in: bytes) else {
            return nil
        }
        do {
            return try Jansson.load(bytes, refusingDuplicates: false)
        } catch {
            guard error.isRepairable else { return nil }
            let repaired = LenientRepair.repair(bytes)
            guard NestingDepth.excess(in: repaired) == nil else { return nil }
            return try? Jansson.load(repaired, refusingDuplicates: false)
        }
    }
}
