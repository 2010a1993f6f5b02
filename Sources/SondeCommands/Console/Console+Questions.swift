extension Console {
    /// What an empty line means.
    enum UsualAnswer {
        case yes, no
    }

    /// Asks whoever sits at the terminal; the end of the input is a no.
    ///
    /// - Parameter question: Escaped already.
    /// - Precondition: Standard input is a terminal.
    func asks(_ question: String, usually usual: UsualAnswer) -> Bool {
        prompt("\(question) \(usual == .yes ? "[Y/n]" : "[y/N]") ")
        var line: [UInt8] = []
        while line.count < 1_000, let bytes = try? System.read(0, upTo: 1), let byte = bytes.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        switch String(decoding: line, as: UTF8.self).lowercased().first {
        case nil: return usual == .yes
        case "y": return true
        default: return false
        }
    }
}
