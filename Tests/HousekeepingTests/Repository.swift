import Foundation

/// The files of this repository, named by their path from its top.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path())
    }

    /// Names in a folder, sorted, hidden ones left out.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path()).filter { !$0.hasPrefix(".") }.sorted()
    }

    /// Names of the folders in a folder, sorted.
    static func folders(in folder: String) throws -> [String] {
        try names(in: folder).filter {
            try root.appending(path: "\(folder)/\($0)").resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true
        }
    }

    /// Paths of all files with this ending below folders, sorted.
    static func files(below folders: String..., ending: String) -> [String] {
        folders.flatMap { folder -> [String] in
            let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
            return (names?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }
        }.sorted()
    }

    /// A JSON file whose top is an object.
    static func json(_ path: String) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(contentsOf: root.appending(path: path)))
        guard let object = value as? [String: Any] else { throw CocoaError(.propertyListReadCorrupt) }
        return object
    }

    /// Every `path:line: text` of these files that has one of the words, in any case, and fits.
    static func lines(of paths: [String], with words: String..., where fits: (String) -> Bool = { _ in true }) throws -> [String] {
        let words = words.map { $0.lowercased() }
        let hasWord = { (text: String) in
            let text = text.lowercased()
            return words.contains { text.contains($0) }
        }
        // Whole files first: few have any of the words, and expressions are slow.
        return try paths.flatMap { path -> [String] in
            let text = try text(path)
            guard hasWord(text) else { return [] }
            return text.components(separatedBy: "\n").enumerated().filter { hasWord($0.element) && fits($0.element) }.map {
                "\(path):\($0.offset + 1): \($0.element.trimmingCharacters(in: .whitespaces))"
            }
        }
    }
}
