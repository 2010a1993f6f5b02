/// Finds the sign that fits an answer best.
///
/// Order: the vendor's signs, then the shared vocabulary; within each the one that asks for most (code, then type, param,
/// message, headers and body, status). Signs that rest on the status alone come after all others.
public struct Vocabulary: Sendable {
    private let specific: [Sign]
    private let statusOnly: [Sign]

    public init(_ signs: [Sign]) {
        let ranked = signs.enumerated().sorted { ($0.element.weight, $1.offset) > ($1.element.weight, $0.offset) }.map(\.element)
        specific = ranked.filter { !$0.isStatusOnly }
        statusOnly = ranked.filter(\.isStatusOnly)
    }

    /// The sign that fits best, of this vocabulary and then of the one behind it.
    static func best(for answer: Answer, probe: Probe, in vocabularies: [Vocabulary]) -> Sign? {
        for vocabulary in vocabularies {
            if let sign = vocabulary.specific.first(where: { $0.matches(answer, probe: probe) }) { return sign }
        }
        for vocabulary in vocabularies {
            if let sign = vocabulary.statusOnly.first(where: { $0.matches(answer, probe: probe) }) { return sign }
        }
        return nil
    }
}

extension Sign {
    /// Says whether every condition holds: those on the error for one and the same layer of it.
    func matches(_ answer: Answer, probe: Probe) -> Bool {
        guard when.status.isEmpty || when.status.contains(answer.effectiveStatus) || (answer.status == 0 && !isStatusOnly) else { return false }
        guard when.probe.isEmpty || when.probe.contains(probe.kind.rawValue) || when.probe.contains(probe.endpoint.rawValue) else { return false }
        guard when.body.isEmpty || when.body.contains(answer.bodyKind) else { return false }
        guard when.headers.allSatisfy({ wanted in answer.headers.values(wanted.name).contains { $0.containsFragment(wanted.value) } }) else { return false }
        guard when.title.isEmpty || when.title.contains(where: { answer.title?.containsFragment($0) ?? false }) else { return false }
        guard asksForError else { return true }
        if answer.errors.isEmpty, let excerpt = answer.excerpt ?? answer.title { return matchesWords(of: excerpt) }
        return answer.errors.contains(where: matches)
    }

    private var asksForError: Bool {
        !(when.type.isEmpty && when.code.isEmpty && when.param.isEmpty && when.message.isEmpty && when.messageAll.isEmpty)
    }

    /// Looks for the conditions in plain text, where no field says which word is which: only words that nobody uses by chance count.
    private func matchesWords(of text: String) -> Bool {
        let holds = { (words: [String]) in words.isEmpty || words.contains { $0.utf8.contains(UInt8(ascii: "_")) && text.containsWord($0) } }
        guard holds(when.type), holds(when.code), when.param.isEmpty else { return false }
        return (when.message.isEmpty || when.message.contains(where: text.containsFragment)) && when.messageAll.allSatisfy(text.containsFragment)
    }

    private func matches(_ layer: ErrorLayer) -> Bool {
        let isOne = { (value: String?, of: [String]) in of.isEmpty || of.contains { value?.equalsIgnoringCase($0) ?? false } }
        guard isOne(layer.type, when.type), isOne(layer.code, when.code), isOne(layer.param, when.param) else { return false }
        guard !when.message.isEmpty || !when.messageAll.isEmpty else { return true }
        guard let message = layer.message else { return false }
        return (when.message.isEmpty || when.message.contains(where: message.containsFragment)) && when.messageAll.allSatisfy(message.containsFragment)
    }
}

extension Answer {
    /// The status the error states for itself where success was claimed: `{"error": {"code": 402}}` under a 200.
    var effectiveStatus: Int {
        guard isSuccess, let code = errors.first?.code.flatMap({ Int($0) }), (400..<600).contains(code) else { return status }
        return code
    }
}

extension String {
    /// Says whether `word` stands in this text with no letter, digit or underscore right beside it.
    func containsWord(_ word: String) -> Bool {
        let isPart = { (byte: UInt8) in byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte.lowercasedASCII) }
        let text = utf8.map(\.lowercasedASCII)
        let needle = word.utf8.map(\.lowercasedASCII)
        guard !needle.isEmpty, text.count >= needle.count else { return false }
        return (0...(text.count - needle.count)).contains { start in
            let end = start + needle.count
            return text[start..<end].elementsEqual(needle) && (start == 0 || !isPart(text[start - 1])) && (end == text.count || !isPart(text[end]))
        }
    }

    /// Says whether `fragment` stands in this text, ASCII letters compared without case.
    func containsFragment(_ fragment: String) -> Bool {
        let needle = fragment.utf8.map(\.lowercasedASCII)
        let text = utf8.map(\.lowercasedASCII)
        guard let head = needle.first else { return true }
        guard text.count >= needle.count else { return false }
        return (0...(text.count - needle.count)).contains { start in
            text[start] == head && text[start..<(start + needle.count)].elementsEqual(needle)
        }
    }
}
