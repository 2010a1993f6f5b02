public import SondeJSON

extension Vendor {
    /// Refuses a manifest with a sign that can never speak, since another fits wherever it does and comes first.
    ///
    /// Apart from reading, because built-in manifests are held to it by a test instead of at every start.
    public static func refuseCollidingSigns(in manifest: JSONReader) throws(JSONError) {
        var earlier: [Sign.Conditions] = []
        for reader in try manifest.optionalArray("signs") ?? [] {
            let wanted = Sign.Conditions(try Sign(reader))
            if let index = earlier.firstIndex(where: wanted.isSilenced) {
                throw try reader.member("when").error(
                    "signs[\(index)] fits whenever this does and comes first, so this never speaks; ask for more here, or put it before the other"
                )
            }
            earlier.append(wanted)
        }
    }
}

extension Sign {
    /// What a sign asks for, in the form in which two can be compared.
    fileprivate struct Conditions {
        private let cause: Cause
        private let weight: Int
        private let status: Set<Int>
        private let body: Set<BodyKind>
        private let type, code, param, probe: Set<String>
        private let message, messageAll, title: [String]
        private let headers: [HeaderField]

        init(_ sign: Sign) {
            let when = sign.when
            let folded = { (texts: [String]) in texts.map { $0.lowercased() } }
            (cause, weight) = (sign.cause, sign.weight)
            (status, body) = (Set(when.status), Set(when.body))
            (type, code, param) = (Set(folded(when.type)), Set(folded(when.code)), Set(folded(when.param)))
            (message, messageAll, title) = (folded(when.message), folded(when.messageAll), folded(when.title))
            (headers, probe) = (when.headers, Set(when.probe))
        }

        /// Says whether an earlier sign always speaks in the place of this one, and of another cause or on the very same conditions.
        func isSilenced(by other: Conditions) -> Bool {
            weight == other.weight && imply(other) && (cause != other.cause || other.imply(self))
        }

        /// Says whether whatever fits this fits `other`, too.
        private func imply(_ other: Conditions) -> Bool {
            Self.isNarrower(status, other.status) && Self.isNarrower(body, other.body) && Self.isNarrower(type, other.type)
                && Self.isNarrower(code, other.code) && Self.isNarrower(param, other.param) && Self.isNarrower(probe, other.probe)
                && implyTitle(of: other) && implyMessage(of: other) && implyHeaders(of: other)
        }

        /// One of these values instead of one of those; no values ask for nothing.
        private static func isNarrower<Value>(_ these: Set<Value>, _ those: Set<Value>) -> Bool {
            those.isEmpty || (!these.isEmpty && these.isSubset(of: those))
        }

        /// Says whether each of these fragments holds one of those.
        private static func isLonger(_ these: [String], _ those: [String]) -> Bool {
            those.isEmpty || (!these.isEmpty && these.allSatisfy { text in those.contains(where: text.containsFragment) })
        }

        private func implyTitle(of other: Conditions) -> Bool { Self.isLonger(title, other.title) }

        private func implyMessage(of other: Conditions) -> Bool {
            let impliesAny =
                Self.isLonger(message, other.message)
                || messageAll.contains { text in other.message.contains(where: text.containsFragment) }
            return impliesAny
                && other.messageAll.allSatisfy { wanted in
                    messageAll.contains { $0.containsFragment(wanted) }
                        || (!message.isEmpty && message.allSatisfy { $0.containsFragment(wanted) })
                }
        }

        private func implyHeaders(of other: Conditions) -> Bool {
            other.headers.allSatisfy { wanted in
                headers.contains { $0.name.equalsIgnoringCase(wanted.name) && $0.value.containsFragment(wanted.value) }
            }
        }
    }
}
