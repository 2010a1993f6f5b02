/// One option: how it is written, what it takes, and what the help says of it.
struct OptionSpec: Hashable {
    /// What an option takes after its name.
    enum Value: Hashable {
        /// Nothing; it is there or not.
        case flag
        /// Any text, shown as `<name>` in the help.
        case text(String)
        /// A span of time, see ``DurationText``.
        case duration
        case integer(ClosedRange<Int>)
        /// A number of zero or more.
        case amount(String)
        /// One of these words.
        case choice([String])
        /// Some of these words, separated by commas.
        case choices([String], name: String)
    }

    /// The long name without dashes, which also identifies the option.
    var name: String
    /// The letter or digit of the short form.
    var short: Character?
    var value: Value
    var isRepeatable: Bool
    /// What holds when it is not given; parsed like a value from the command line.
    var defaultValue: String?
    /// What the help says in the place of the default, where it is no single value.
    var defaultText: String?
    /// Names of options that it cannot be given together with.
    var excludes: [String]
    /// What it does, in one sentence or a few.
    var help: String

    init(
        _ name: String, short: Character? = nil, _ value: Value, isRepeatable: Bool = false, default defaultValue: String? = nil,
        defaultText: String? = nil, excludes: [String] = [], help: String
    ) {
        self.name = name
        self.short = short
        self.value = value
        self.isRepeatable = isRepeatable
        self.defaultValue = defaultValue
        self.defaultText = defaultText
        self.excludes = excludes
        self.help = help
    }

    /// The name of its value in the help, without brackets; nil for a flag.
    var valueName: String? {
        switch value {
        case .flag: nil
        case .text(let name), .amount(let name), .choices(_, let name): name
        case .duration: "time"
        case .integer: "n"
        case .choice: name
        }
    }

    /// The words it takes, where they are listed.
    var listedValues: [String] {
        switch value {
        case .choice(let values), .choices(let values, _): values
        case .flag, .text, .duration, .integer, .amount: []
        }
    }

    /// As the user types it: `--output`.
    var display: String { "--" + name }
}

/// Options under a title of their own in the help.
struct OptionGroup: Hashable {
    /// In the help it stands in capitals, followed by `OPTIONS`.
    var title: String
    var options: [OptionSpec]

    init(_ title: String, _ options: [OptionSpec]) {
        self.title = title
        self.options = options
    }
}
