/// The version of this tool, as releases are numbered (semver.org).
enum Version {
    static let number = "0.1.0"
}
