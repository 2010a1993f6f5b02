public import Sonde
import SondeHTTP

extension App {
    /// The tool with all its commands, in the order of the help.
    ///
    /// - Parameter providers: The modules that speak to services.
    public static func sonde(_ providers: [any Provider]) -> App {
        App(
            commands: [
                CheckCommand.self, ExplainCommand.self, DemoCommand.self, SimulateCommand.self, VendorsCommand.self, CausesCommand.self, HelpCommand.self,
            ], providers: providers, libraries: { [CurlLibrary.version] })
    }
}
