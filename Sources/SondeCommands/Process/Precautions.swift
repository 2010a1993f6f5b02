/// What is done once, before anything else, so that keys stay where they belong.
enum Precautions {
    /// Forbids core files, forgets where TLS keys should be logged to, and lets a closed pipe be an error instead of a signal.
    ///
    /// - Returns: The environment as it is afterwards.
    static func take() -> [String: String] {
        System.forbidCoreDumps()
        // libcurl would write the session keys of every connection into that file.
        System.unsetEnvironment("SSLKEYLOGFILE")
        System.ignoreBrokenPipes()
        return System.environment()
    }
}
