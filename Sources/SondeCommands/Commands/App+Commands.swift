extension App {
    /// The tool with all its commands, in the order of the help.
    public static let sonde = App(commands: [HelpCommand.self])
}
