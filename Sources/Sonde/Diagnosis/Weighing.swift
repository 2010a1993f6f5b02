/// What the laws have made of the evidence so far.
public struct Weighing: Sendable {
    /// The explanation that holds now.
    public struct Conclusion: Sendable, Hashable {
        public var cause: Cause
        public var reason: String?
        public var confidence: Confidence
        /// The exchange it was read from.
        public var exchange: Int?
        public var detail: String?
    }

    public internal(set) var conclusion: Conclusion? {
        didSet { if let conclusion, conclusion.cause != oldValue?.cause { readmit(conclusion.cause) } }
    }
    public internal(set) var because: [Verdict.Statement] = []
    public internal(set) var ruledOut: [Verdict.RuledOut] = []
    public internal(set) var runnerUp: Verdict.RunnerUp?

    mutating func conclude(_ law: String, _ reading: Reading, at index: Int, _ text: String) {
        guard let cause = reading.cause else { return }
        conclusion = Conclusion(
            cause: cause, reason: reading.reason, confidence: reading.certainty, exchange: index, detail: reading.detail)
        say(law, text, [index])
    }

    mutating func say(_ law: String, _ text: String, _ exchanges: [Int]) {
        // What the sentence begins with may be a phrase of its own, such as the name of a request.
        because.append(Verdict.Statement(law: law, text: Self.sentence(text), exchanges: exchanges))
    }

    /// With a capital at its beginning, unless that is the name of a place such as `env:KEY`.
    private static func sentence(_ text: String) -> String {
        let word = text.prefix { $0 != " " }
        return word.contains(":") ? text : text.prefix(1).uppercased() + text.dropFirst()
    }

    /// Excludes causes; the one that was concluded is never among them.
    mutating func ruleOut(_ causes: [Cause], _ law: String, _ text: String, _ exchanges: [Int]) {
        let excluded = Set(ruledOut.flatMap(\.causes))
        let open = causes.filter { $0 != conclusion?.cause && !excluded.contains($0) }
        if !open.isEmpty { ruledOut.append(Verdict.RuledOut(open, law: law, text: text, exchanges: exchanges)) }
    }

    /// A cause that is concluded after it was excluded is open again.
    private mutating func readmit(_ cause: Cause) {
        for index in ruledOut.indices.reversed() {
            ruledOut[index].causes.removeAll { $0 == cause }
            if ruledOut[index].causes.isEmpty { ruledOut.remove(at: index) }
        }
    }

    mutating func raise(to confidence: Confidence) {
        if let conclusion, conclusion.confidence < confidence { self.conclusion?.confidence = confidence }
    }

    mutating func raiseOneStep() {
        raise(to: conclusion?.confidence == .possible ? .likely : .certain)
    }

    mutating func lower(to confidence: Confidence) {
        if let conclusion, conclusion.confidence > confidence { self.conclusion?.confidence = confidence }
    }
}
