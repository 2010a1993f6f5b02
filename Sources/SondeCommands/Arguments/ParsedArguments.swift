/// What a command line said, checked against the command's description.
///
/// The accessors take the same ``OptionSpec`` values the help is made of; asking for one the command does not have, or in a
/// type it does not hold, is a mistake in this program and stops it.
struct ParsedArguments: Hashable {
    var tool: ToolSpec
    var command: CommandSpec
    /// Arguments recognized by their place, in order.
    private(set) var positionals: [String] = []
    private var given: [Given] = []

    private struct Given: Hashable {
        var name: String
        var value: String
    }

    init(tool: ToolSpec, command: CommandSpec) {
        self.tool = tool
        self.command = command
    }

    mutating func append(_ value: String, for option: OptionSpec) {
        given.append(Given(name: option.name, value: value))
    }

    mutating func append(positional: String) {
        positionals.append(positional)
    }

    /// Whether it stands on the command line, whatever its default.
    func isGiven(_ option: OptionSpec) -> Bool {
        given.contains { $0.name == option.name }
    }

    /// Whether any option was given, so that a command is more than its targets.
    var hasOptions: Bool { !given.isEmpty }

    /// Whether a flag was given.
    func flag(_ option: OptionSpec) -> Bool {
        precondition(option.value == .flag, "--\(option.name) takes a value")
        return isGiven(option)
    }

    /// The value given last, or the default.
    func string(_ option: OptionSpec) -> String? {
        precondition(command.option(named: option.name) != nil, "\(command.name) has no --\(option.name)")
        return given.last { $0.name == option.name }?.value ?? option.defaultValue
    }

    /// The value of an option that only some commands have; nil where this one does not.
    func stringIfOffered(_ option: OptionSpec) -> String? {
        command.option(named: option.name) == nil ? nil : string(option)
    }

    /// The values of an option that only some commands have; none where this one does not.
    func stringsIfOffered(_ option: OptionSpec) -> [String] {
        command.option(named: option.name) == nil ? [] : strings(option)
    }

    /// All values in the order given; for a list option each word of each.
    func strings(_ option: OptionSpec) -> [String] {
        precondition(command.option(named: option.name) != nil, "\(command.name) has no --\(option.name)")
        let values = given.filter { $0.name == option.name }.map(\.value)
        guard case .choices = option.value else { return values }
        return values.flatMap { $0.split(separator: ",").map(String.init) }
    }

    func duration(_ option: OptionSpec) -> Duration? {
        string(option).map {
            guard let value = DurationText.parse($0) else { preconditionFailure("--\(option.name) is not a duration option") }
            return value
        }
    }

    func integer(_ option: OptionSpec) -> Int? {
        string(option).map {
            guard let value = Int($0) else { preconditionFailure("--\(option.name) is not an integer option") }
            return value
        }
    }

    /// One of a closed list, as the enum whose raw values the option lists.
    func choice<Choice: RawRepresentable<String>>(_ option: OptionSpec, as type: Choice.Type = Choice.self) -> Choice? {
        string(option).map {
            guard let value = Choice(rawValue: $0) else { preconditionFailure("--\(option.name) lists a value \(type) lacks") }
            return value
        }
    }

    /// Whichever of two options or more was given last, as curl decides between `-4` and `-6`.
    func last(of options: [OptionSpec]) -> OptionSpec? {
        given.last { one in options.contains { $0.name == one.name } }.flatMap { command.option(named: $0.name) }
    }
}
