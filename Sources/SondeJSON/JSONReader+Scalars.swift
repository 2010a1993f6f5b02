// Each type comes three times: of this value, of the value under a key, and of the value under a key that may be missing.

extension JSONReader {
    /// The text this reader stands on.
    public func string() throws(JSONError) -> String {
        guard let value = value.stringValue else { throw mismatch("a string") }
        return value
    }

    /// The text under a key.
    public func string(_ key: String) throws(JSONError) -> String { try member(key).string() }

    /// The text under a key; nil when there is none.
    public func optionalString(_ key: String) throws(JSONError) -> String? { try optionalMember(key)?.string() }

    /// The truth value this reader stands on.
    public func bool() throws(JSONError) -> Bool {
        guard let value = value.boolValue else { throw mismatch("true or false") }
        return value
    }

    /// The truth value under a key.
    public func bool(_ key: String) throws(JSONError) -> Bool { try member(key).bool() }

    /// The truth value under a key; nil when there is none.
    public func optionalBool(_ key: String) throws(JSONError) -> Bool? { try optionalMember(key)?.bool() }

    /// The whole number this reader stands on.
    ///
    /// - Parameter range: What is allowed; nil for everything.
    public func int(in range: ClosedRange<Int>? = nil) throws(JSONError) -> Int {
        guard let value = value.intValue, range?.contains(value) ?? true else {
            throw mismatch("a whole number" + (range.map { Self.words($0, .min, .max) } ?? ""))
        }
        return value
    }

    /// The whole number under a key.
    public func int(_ key: String, in range: ClosedRange<Int>? = nil) throws(JSONError) -> Int {
        try member(key).int(in: range)
    }

    /// The whole number under a key; nil when there is none.
    public func optionalInt(_ key: String, in range: ClosedRange<Int>? = nil) throws(JSONError) -> Int? {
        try optionalMember(key)?.int(in: range)
    }

    /// The number this reader stands on, whole or not.
    ///
    /// - Parameter range: What is allowed; nil for everything.
    public func double(in range: ClosedRange<Double>? = nil) throws(JSONError) -> Double {
        guard let value = value.doubleValue, range?.contains(value) ?? true else {
            throw mismatch("a number" + (range.map { Self.words($0, -.infinity, .infinity) } ?? ""))
        }
        return value
    }

    /// The number under a key.
    public func double(_ key: String, in range: ClosedRange<Double>? = nil) throws(JSONError) -> Double {
        try member(key).double(in: range)
    }

    /// The number under a key; nil when there is none.
    public func optionalDouble(_ key: String, in range: ClosedRange<Double>? = nil) throws(JSONError) -> Double? {
        try optionalMember(key)?.double(in: range)
    }

    /// The case of a closed list that the text this reader stands on names.
    public func choice<Value>(of type: Value.Type = Value.self) throws(JSONError) -> Value
    where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
        let text = try string()
        if let value = Value(rawValue: text) { return value }
        let names = Value.allCases.map(\.rawValue)
        // Of a long list only what was probably meant helps.
        if let meant = closestMatch(to: text, among: names) { throw error("unknown value \(value.excerpt); did you mean \"\(meant)\"?") }
        throw error("expected one of \(names.joined(separator: ", ")), found \(value.excerpt)")
    }

    /// The case of a closed list that the text under a key names.
    public func choice<Value>(_ key: String, of type: Value.Type = Value.self) throws(JSONError) -> Value
    where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
        try member(key).choice()
    }

    /// The case of a closed list that the text under a key names; nil when there is none.
    public func optionalChoice<Value>(_ key: String, of type: Value.Type = Value.self) throws(JSONError) -> Value?
    where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
        try optionalMember(key)?.choice()
    }

    /// The texts of the array this reader stands on.
    public func strings() throws(JSONError) -> [String] {
        try elements().map { (element) throws(JSONError) in try element.string() }
    }

    /// The texts of the array under a key.
    public func strings(_ key: String) throws(JSONError) -> [String] { try member(key).strings() }

    /// The texts of the array under a key; nil when there is none.
    public func optionalStrings(_ key: String) throws(JSONError) -> [String]? { try optionalMember(key)?.strings() }

    /// The members of the object this reader stands on, all of them texts, in order; keys differ.
    public func stringMap() throws(JSONError) -> [(key: String, value: String)] {
        try members().map { (member) throws(JSONError) in (member.key, try member.value.string()) }
    }

    /// The members of the object under a key, all of them texts, in order; keys differ.
    public func stringMap(_ key: String) throws(JSONError) -> [(key: String, value: String)] { try member(key).stringMap() }

    /// The members of the object under a key, all of them texts, in order; nil when there is none.
    public func optionalStringMap(_ key: String) throws(JSONError) -> [(key: String, value: String)]? {
        try optionalMember(key)?.stringMap()
    }

    private static func words<Bound>(_ range: ClosedRange<Bound>, _ least: Bound, _ greatest: Bound) -> String {
        switch (range.lowerBound == least, range.upperBound == greatest) {
        case (true, true): ""
        case (true, false): " of at most \(range.upperBound)"
        case (false, true): " of at least \(range.lowerBound)"
        case (false, false): " from \(range.lowerBound) to \(range.upperBound)"
        }
    }
}
