import SondeCommands

@main
enum Main {
    static func main() {
        // First of all, while there is only one thread: signals stay blocked in every thread that starts later.
        let interruption = Interruption.begin()
        App.sonde(providers).main(interruption)
    }
}
