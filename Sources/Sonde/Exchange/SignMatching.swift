/// Finds the sign that fits an answer best.
///
/// Order: the vendor's signs, then the shared vocabulary; within each the one that asks for most (code, then type, param,
/// message, headers and body, status). Signs that rest on the status alone come after all others.
public struct Vocabulary: Sendable {
    private let specific: [PreparedSign]
    private let statusOnly: [PreparedSign]

    public init(_ signs: [Sign]) {
        let ranked = signs.enumerated().sorted { ($0.element.weight, $1.offset) > ($1.element.weight, $0.offset) }.map {
            PreparedSign($0.element)
        }
        specific = ranked.filter { !$0.sign.isStatusOnly }
        statusOnly = ranked.filter(\.sign.isStatusOnly)
    }

    /// The sign that fits best, of this vocabulary and then of the one behind it.
    static func best(for answer: Answer, probe: Probe, in vocabularies: [Vocabulary]) -> Sign? {
        let answer = PreparedAnswer(answer)
        for vocabulary in vocabularies {
            if let found = vocabulary.specific.first(where: { $0.matches(answer, probe: probe) }) { return found.sign }
        }
        for vocabulary in vocabularies {
            if let found = vocabulary.statusOnly.first(where: { $0.matches(answer, probe: probe) }) { return found.sign }
        }
        return nil
    }
}

extension Sign {
    /// Says whether every condition holds: those on the error for one and the same layer of it.
    func matches(_ answer: Answer, probe: Probe) -> Bool { PreparedSign(self).matches(PreparedAnswer(answer), probe: probe) }
}

extension Answer {
    /// The status the error states for itself where success was claimed: `{"error": {"code": 402}}` under a 200.
    var effectiveStatus: Int {
        guard isSuccess, let code = errors.first?.code.flatMap({ Int($0) }), (400..<600).contains(code) else { return status }
        return code
    }
}

/// An answer with every text that signs look at folded, once for all of them.
struct PreparedAnswer {
    let answer: Answer
    let status: Int
    let layers: [Layer]
    /// Plain text, where no error has fields.
    let words: FoldedText?
    let title: FoldedText?
    let headers: [(name: String, value: FoldedText)]

    struct Layer {
        var type, code, param, message: FoldedText?
    }

    init(_ answer: Answer) {
        self.answer = answer
        status = answer.effectiveStatus
        layers = answer.errors.map {
            Layer(
                type: $0.type.map(FoldedText.init), code: $0.code.map(FoldedText.init), param: $0.param.map(FoldedText.init),
                message: $0.message.map(FoldedText.init))
        }
        title = answer.title.map(FoldedText.init)
        words = answer.errors.isEmpty ? answer.excerpt.map(FoldedText.init) ?? title : nil
        headers = answer.headers.fields.map { ($0.name, FoldedText($0.value)) }
    }
}

/// A sign with every text in it folded, once for all answers.
///
/// A class, so that going through a vocabulary copies none of the texts.
final class PreparedSign: Sendable {
    let sign: Sign
    private let type, code, param, message, messageAll, title: [FoldedText]
    /// Types and codes that nobody uses by chance, to be looked for in plain text.
    private let rareTypes, rareCodes: [FoldedText]
    private let headers: [(name: String, value: FoldedText)]

    init(_ sign: Sign) {
        let folded = { (texts: [String]) in texts.map(FoldedText.init) }
        let isRare = { (text: FoldedText) in text.bytes.contains(UInt8(ascii: "_")) }
        self.sign = sign
        (type, code, param) = (folded(sign.when.type), folded(sign.when.code), folded(sign.when.param))
        (message, messageAll, title) = (folded(sign.when.message), folded(sign.when.messageAll), folded(sign.when.title))
        (rareTypes, rareCodes) = (type.filter(isRare), code.filter(isRare))
        headers = sign.when.headers.map { ($0.name, FoldedText($0.value)) }
    }

    func matches(_ prepared: PreparedAnswer, probe: Probe) -> Bool {
        let (when, answer) = (sign.when, prepared.answer)
        guard when.status.isEmpty || when.status.contains(prepared.status) || (answer.status == 0 && !sign.isStatusOnly) else {
            return false
        }
        guard when.probe.isEmpty || when.probe.contains(probe.kind.rawValue) || when.probe.contains(probe.endpoint.rawValue) else {
            return false
        }
        guard when.body.isEmpty || when.body.contains(answer.bodyKind) else { return false }
        guard
            headers.allSatisfy({ wanted in
                prepared.headers.contains { $0.name.equalsIgnoringCase(wanted.name) && $0.value.contains(wanted.value) }
            })
        else { return false }
        guard title.isEmpty || title.contains(where: { prepared.title?.contains($0) ?? false }) else { return false }
        guard asksForError else { return true }
        if answer.errors.isEmpty, let words = prepared.words { return matches(words: words) }
        return prepared.layers.contains(where: matches)
    }

    private var asksForError: Bool {
        !(type.isEmpty && code.isEmpty && param.isEmpty && message.isEmpty && messageAll.isEmpty)
    }

    /// Looks for the conditions in plain text, where no field says which word is which: only words that nobody uses by chance count.
    private func matches(words text: FoldedText) -> Bool {
        guard type.isEmpty || rareTypes.contains(where: text.containsWord), code.isEmpty || rareCodes.contains(where: text.containsWord),
            param.isEmpty
        else { return false }
        return matches(message: text)
    }

    private func matches(_ layer: PreparedAnswer.Layer) -> Bool {
        let isOne = { (value: FoldedText?, of: [FoldedText]) in of.isEmpty || of.contains { value == $0 } }
        guard isOne(layer.type, type), isOne(layer.code, code), isOne(layer.param, param) else { return false }
        guard !message.isEmpty || !messageAll.isEmpty else { return true }
        guard let text = layer.message else { return false }
        return matches(message: text)
    }

    private func matches(message text: FoldedText) -> Bool {
        (message.isEmpty || message.contains(where: text.contains)) && messageAll.allSatisfy(text.contains)
    }
}
