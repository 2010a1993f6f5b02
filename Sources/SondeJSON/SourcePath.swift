/// The way from the top of a text to a value, written `targets[2].timeout`; unusual keys are quoted, `hosts["a.b"]`.
public enum SourcePath {
    enum Step: Sendable, Equatable {
        case key(String)
        case index(Int)
    }

    /// One step further, to the value under a key.
    public static func appending(key: String, to path: String) -> String {
        let isPlain = !key.isEmpty && key.utf8.allSatisfy { $0.isPlainInKeys }
        if !isPlain { return "\(path)[\(JSON.string(key).text())]" }
        return path.isEmpty ? key : "\(path).\(key)"
    }

    static func appending(index: Int, to path: String) -> String {
        "\(path)[\(index)]"
    }

    /// Takes a written path apart; what is not well formed ends it.
    static func steps(of path: String) -> [Step] {
        var steps: [Step] = []
        var rest = Array(path.utf8)[...]
        while let first = rest.first {
            if first == UInt8(ascii: "[") {
                rest.removeFirst()
                let inside: ArraySlice<UInt8>
                if rest.first == UInt8(ascii: "\"") {
                    inside = rest.prefix(quotedLength(rest))
                    guard case .string(let key)? = try? JSON.parse(Array(inside)) else { return steps }
                    steps.append(.key(key))
                } else {
                    inside = rest.prefix { $0.isDecimalDigit }
                    guard let index = Int(String(decoding: inside, as: UTF8.self)) else { return steps }
                    steps.append(.index(index))
                }
                rest = rest.dropFirst(inside.count + 1)
            } else {
                if first == UInt8(ascii: ".") { rest.removeFirst() }
                let key = rest.prefix { $0.isPlainInKeys }
                guard !key.isEmpty else { return steps }
                steps.append(.key(String(decoding: key, as: UTF8.self)))
                rest = rest.dropFirst(key.count)
            }
        }
        return steps
    }

    private static func quotedLength(_ bytes: ArraySlice<UInt8>) -> Int {
        var index = bytes.startIndex + 1
        while index < bytes.endIndex, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return index + 1 - bytes.startIndex
    }
}

extension JSON {
    /// What stands at a path such as `targets[2].model`; nil where nothing does.
    public func value(at path: String) -> JSON? {
        SourcePath.steps(of: path).reduce(self) { value, step in
            switch step {
            case .key(let key): value?[key]
            case .index(let index): value?[index]
            }
        }
    }
}

extension UInt8 {
    fileprivate var isPlainInKeys: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"):
            true
        default: false
        }
    }
}
