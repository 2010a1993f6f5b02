import SondeJSON

/// The lines of a profile in which its targets stand.
struct ProfilePlaces {
    let path: String
    /// Name of a target to line, from 1.
    let lines: [String: Int]

    init(path: String, lines: [String: Int]) {
        self.path = path
        self.lines = lines
    }

    /// Reads a profile once more, only for its lines; one that cannot be read has none.
    init(path: String) {
        self.path = path
        guard let bytes = try? InputFile.read(path, purpose: "profile", limit: 16 << 20), let json = try? JSON.parse(bytes) else {
            lines = [:]
            return
        }
        let names = (json["targets"]?.arrayValue ?? []).enumerated().compactMap { index, target in
            target["name"]?.stringValue.map { ($0, index) }
        }
        lines = Dictionary(names, uniquingKeysWith: { first, _ in first }).compactMapValues { index in
            JSONError("", path: "targets[\(index)]").located(in: bytes).position?.line
        }
    }
}
