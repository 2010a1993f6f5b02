/// A file of `NAME=VALUE` lines, as Docker Compose and others read it.
///
/// UTF-8; `export ` may stand in front; `#` begins a comment on a line of its own or after a blank; single quotes are
/// literal; within double quotes `\n \r \t \\ \"` are escapes. Nothing is ever executed or substituted.
/// Source: docs.docker.com/compose/how-tos/environment-variables/variable-interpolation
enum DotenvFile {
    struct Entry: Hashable {
        var name: String
        /// May be a secret.
        var value: String
        /// Counted from 1.
        var line: Int
    }

    /// Bytes at most; such files are small.
    static let limit = 1 << 20

    /// The environment with the variables of these files: the environment wins over files, a later file over an earlier one.
    static func merge(_ paths: [String], into environment: [String: String]) throws(UsageError) -> [String: String] {
        var result: [String: String] = [:]
        for path in paths {
            for entry in try load(path) { result[entry.name] = entry.value }
        }
        return result.merging(environment) { _, real in real }
    }

    static func load(_ path: String) throws(UsageError) -> [Entry] {
        try parse(InputFile.read(path, purpose: "environment file", limit: limit), path: path)
    }

    /// - Parameter path: For messages only; they name the line and never show its value.
    static func parse(_ bytes: [UInt8], path: String) throws(UsageError) -> [Entry] {
        var entries: [Entry] = []
        for (index, line) in lines(of: bytes).enumerated() {
            do throws(Fault) {
                if let (name, value) = try parse(line: line) {
                    entries.append(Entry(name: name, value: value, line: index + 1))
                }
            } catch {
                throw UsageError(
                    .configuration, "\(outside: path):\(index + 1): \(own: error.rawValue)",
                    help: "Each line reads NAME=VALUE, with quotes around a value that holds blanks before a '#'.")
            }
        }
        return entries
    }

    /// The names that a file defines with some value, as far as its lines can be read; for pointing at a file nobody named.
    static func names(in path: String) -> [String] {
        guard let bytes = InputFile.glance(path, limit: limit) else { return [] }
        return lines(of: bytes).compactMap { line in
            guard let (name, value) = try? parse(line: line), !value.isEmpty else { return nil }
            return name
        }
    }

    /// The files beside us that give one of these variables a value, with the names of those; nothing is loaded from them.
    static func files(with variables: some Sequence<String>, in folder: String = ".") -> [(file: String, names: [String])] {
        let wanted = Set(variables)
        return [".env", ".env.local", ".env.development", ".env.development.local"].compactMap { file in
            let names = names(in: folder + "/" + file).filter(wanted.contains)
            return names.isEmpty ? nil : (file, names)
        }
    }

    private enum Fault: String, Error {
        case encoding = "this line is not UTF-8, or holds a NUL byte"
        case noEquals = "there is no '=' in this line"
        case name = "the name before the '=' is not a variable name"
        case quote = "the quotation mark is never closed"
        case afterQuote = "something follows the closing quotation mark"
    }

    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        let bytes = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        return bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map { $0.last == 0x0d ? $0.dropLast() : $0 }
    }

    private static func parse(line: ArraySlice<UInt8>) throws(Fault) -> (name: String, value: String)? {
        guard let text = String(validating: line, as: UTF8.self), !line.contains(0) else { throw .encoding }
        var rest = text.unicodeScalars[...].drop(while: isBlank)
        if rest.isEmpty || rest.first == "#" { return nil }
        let export = "export".unicodeScalars
        if rest.starts(with: export), rest.dropFirst(export.count).first.map(isBlank) ?? false {
            rest = rest.dropFirst(export.count).drop(while: isBlank)
        }
        guard let equals = rest.firstIndex(of: "=") else { throw .noEquals }
        var name = rest[..<equals]
        while let last = name.last, isBlank(last) { name = name.dropLast() }
        guard VariableName.isValid(String(name)) else { throw .name }
        return (String(name), try value(rest[rest.index(after: equals)...].drop(while: isBlank)))
    }

    private static func value(_ text: Substring.UnicodeScalarView) throws(Fault) -> String {
        guard let quote = text.first, quote == "'" || quote == "\"" else { return unquoted(text) }
        var result = String.UnicodeScalarView()
        var rest = text.dropFirst()
        while let scalar = rest.popFirst() {
            if scalar == quote {
                let tail = rest.drop(while: isBlank)
                guard tail.isEmpty || tail.first == "#" && tail.startIndex != rest.startIndex else { throw .afterQuote }
                return String(result)
            }
            if scalar == "\\", quote == "\"", let next = rest.first, let escape = escapes[next] {
                rest.removeFirst()
                result.append(escape)
            } else {
                result.append(scalar)
            }
        }
        throw .quote
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = ["n": "\n", "r": "\r", "t": "\t", "\\": "\\", "\"": "\""]

    private static func unquoted(_ text: Substring.UnicodeScalarView) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text {
            if scalar == "#", result.last.map(isBlank) ?? true { break }
            result.append(scalar)
        }
        while let last = result.last, isBlank(last) { result.removeLast() }
        return String(result)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t"
    }
}

/// Names of environment variables, as shells have them.
enum VariableName {
    /// A letter or underscore, then letters, digits, underscores; ASCII only.
    static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy {
            (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f
        }
    }
}
