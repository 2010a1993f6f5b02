import Sonde
import SondeJSON

/// A profile with the file it came from, so that errors name the place.
struct ProfileFile {
    var path: String
    var bytes: [UInt8]
    var profile: Profile

    /// Reads `--profile FILE`; nil without one.
    static func load(_ path: String?) throws(UsageError) -> ProfileFile? {
        guard let path else { return nil }
        let bytes = try InputFile.read(path, purpose: "profile", limit: 16 << 20)
        do throws(JSONError) {
            return ProfileFile(path: path, bytes: bytes, profile: try Profile(JSONReader(.parse(bytes))))
        } catch {
            throw UsageError(.configuration, "\(outside: error.located(in: bytes).description(file: path))")
        }
    }

    /// File and path, `profile.json: targets[2]`, for errors found after the file was read.
    func place(_ path: String) -> String {
        "\(self.path): \(path)"
    }

    /// The same error, with its place in front.
    func error(_ error: UsageError, at path: String) -> UsageError {
        let position = JSONError("", path: path).located(in: bytes).position
        var placed = error
        placed.message = "\(outside: self.path)\(own: position.map { ":\($0.line):\($0.column)" } ?? ""): \(error.message)"
        return placed
    }
}
