/// The few ways in which a word can stand out; without colors, all of them plain.
struct Style: Hashable {
    enum Role: Hashable, CaseIterable {
        case pass, warn, fail, skip, heading, strong
    }

    /// Whether sequences are written at all.
    var hasColors: Bool

    static let plain = Style(hasColors: false)

    /// The text between the sequences of its role.
    ///
    /// - Parameter text: Escaped already, see ``TerminalText/escaped(_:)``.
    func callAsFunction(_ role: Role, _ text: String) -> String {
        guard hasColors, !text.isEmpty else { return text }
        return "\u{1B}[\(code(role))m\(text)\u{1B}[0m"
    }

    /// From the sixteen colors every terminal has and its user chose, readable on light and dark ground.
    private func code(_ role: Role) -> String {
        switch role {
        case .pass: "32"
        case .warn: "33"
        case .fail: "1;31"
        case .skip: "2"
        case .heading: "1;4"
        case .strong: "1"
        }
    }
}

/// What `--color` was told.
enum ColorChoice: String, Hashable, CaseIterable {
    case auto, always, never
}

extension Style {
    /// Decides on colors: `--color`, then `NO_COLOR`, then `CLICOLOR_FORCE`, then `CLICOLOR`, the terminal and `TERM`.
    ///
    /// Sources: no-color.org (set and not empty) and bixense.com/clicolors.
    init(_ choice: ColorChoice, environment: [String: String], isTerminal: Bool) {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        hasColors =
            switch choice {
            case .always: true
            case .never: false
            case .auto:
                if value("NO_COLOR") != nil {
                    false
                } else if let force = value("CLICOLOR_FORCE"), force != "0" {
                    true
                } else {
                    isTerminal && value("CLICOLOR") != "0" && value("TERM") != "dumb"
                }
            }
    }
}
