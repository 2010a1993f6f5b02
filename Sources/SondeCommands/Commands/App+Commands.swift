public import Sonde
import SondeHTTP

extension App {
    /// The tool with all its commands, in the order of the help.
    ///
    /// - Parameter providers: The modules that speak to services.
    public static func sonde(_ providers: [any Provider]) -> App {
        App(commands: allCommands, providers: providers, libraries: { [CurlLibrary.version] })
    }

    static let allCommands: [any Command.Type] = [
        CheckCommand.self, CompareCommand.self, GateCommand.self, ProfileCommand.self, VerifyCommand.self, EvidenceCommand.self,
        ExplainCommand.self, RenderCommand.self, WatchCommand.self,
        DemoCommand.self, SimulateCommand.self, VendorsCommand.self,
        CausesCommand.self,
        CompletionsCommand.self, HelpCommand.self,
    ]
}
