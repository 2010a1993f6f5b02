import Synchronization

@testable import SondeCommands

/// What a person sees on a terminal, as far as the sequences go that the tool writes.
///
/// Terminals take a change of their width in two ways: some break long lines anew and take the cursor along, some cut them.
final class TerminalModel: OutputStream {
    fileprivate struct Row {
        var text: [Character] = []
        /// Says whether the next row belongs to the same line.
        var goesOn = false
    }

    fileprivate struct State {
        var rows = [Row()]
        var (row, column) = (0, 0)
        var breaksLines = true
    }

    private let state = Mutex(State())
    /// As wide as it is, and as wide as whoever asks it is told.
    private let columns: Mutex<(real: Int, told: Int)>
    private let reflows: Bool

    init(columns: Int, reflows: Bool) {
        self.columns = Mutex((columns, columns))
        self.reflows = reflows
    }

    /// What a program gets to know.
    var width: Int { columns.withLock { $0.told } }

    /// Everything that was shown, the part that scrolled by included, without blanks at the ends.
    var lines: [String] {
        var lines = state.withLock { $0.rows.map { row in String(row.text).trimmingBlanks } }
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    func write(_ bytes: [UInt8]) {
        let width = columns.withLock { $0.real }
        state.withLock { state in
            var rest = Substring(String(decoding: bytes, as: UTF8.self))
            while let character = rest.popFirst() {
                switch character {
                case "\r": state.column = 0
                case "\n", "\r\n": state.feed()
                case "\u{1B}":
                    let sequence = rest.prefix { !$0.isLetter }
                    rest = rest.dropFirst(sequence.count)
                    state.obey(sequence.dropFirst(), rest.popFirst() ?? "?")
                default: state.show(character, width)
                }
            }
        }
    }

    /// - Parameter isTold: Whether programs know at once.
    func resize(to new: Int, isTold: Bool = true) {
        columns.withLock { $0 = (new, isTold ? new : $0.told) }
        state.withLock { $0.resize(to: new, reflows: reflows) }
    }
}

extension TerminalModel.State {
    mutating func feed() {
        rows[row].goesOn = false
        (row, column) = (row + 1, 0)
        if row == rows.count { rows.append(.init()) }
    }

    mutating func show(_ character: Character, _ width: Int) {
        if column == width, breaksLines {
            feed()
            rows[row - 1].goesOn = true
        }
        let place = min(column, width - 1)
        while rows[row].text.count <= place { rows[row].text.append(" ") }
        rows[row].text[place] = character
        column = min(column + 1, width)
    }

    mutating func obey(_ parameter: Substring, _ command: Character) {
        switch (command, parameter) {
        case ("A", _): row = max(0, row - (Int(parameter) ?? 1))
        case ("C", _): column += Int(parameter) ?? 1
        case ("K", "2"): rows[row] = .init()
        case ("K", _): rows[row].text = Array(rows[row].text.prefix(column))
        case ("J", _):
            rows[row].text = Array(rows[row].text.prefix(column))
            rows.removeSubrange((row + 1)...)
        case ("l", "?7"): breaksLines = false
        case ("h", "?7"): breaksLines = true
        case ("m", _): break
        default: preconditionFailure("what \(parameter)\(command) does is not known here")
        }
    }

    mutating func resize(to width: Int, reflows: Bool) {
        guard reflows else {
            for place in rows.indices { rows[place].text = Array(rows[place].text.prefix(width)) }
            column = min(column, width)
            return
        }
        var anew: [TerminalModel.Row] = []
        var line: [Character] = []
        var (newRow, offset) = (0, Int?.none)
        for (place, part) in rows.enumerated() {
            if place == row { offset = line.count + column }
            line += part.text
            guard !part.goesOn else { continue }
            let parts = stride(from: 0, to: max(1, line.count), by: width).map { Array(line[$0..<Swift.min(line.count, $0 + width)]) }
            if let at = offset {
                newRow = anew.count + Swift.min(parts.count - 1, at / width)
                column = at % width
                offset = nil
            }
            anew += parts.enumerated().map { .init(text: $1, goesOn: $0 < parts.count - 1) }
            line = []
        }
        (rows, row) = (anew, newRow)
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
