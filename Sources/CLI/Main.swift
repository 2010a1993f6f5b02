import SondeCommands

@main
enum Main {
    static func main() async {
        // First of all, while there is only one thread: signals stay blocked in every thread that starts later.
        let interruption = Interruption.begin()
        await App.sonde(providers).main(interruption)
    }
}
