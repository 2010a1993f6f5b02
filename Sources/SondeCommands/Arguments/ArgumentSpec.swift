/// One argument that is recognized by its place.
struct ArgumentSpec: Hashable {
    /// How many of it there may be.
    enum Count: Hashable {
        case one, optional, any
    }

    /// Its name in the help, without brackets.
    var name: String
    var count: Count
    var help: String

    init(_ name: String, _ count: Count, help: String) {
        self.name = name
        self.count = count
        self.help = help
    }

    /// As in a usage line: `[<target> ...]`.
    var usage: String {
        switch count {
        case .one: "<\(name)>"
        case .optional: "[<\(name)>]"
        case .any: "[<\(name)> ...]"
        }
    }
}
