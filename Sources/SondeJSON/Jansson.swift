import CJansson

/// jansson as far as it is needed: bytes in, one value out, nothing of `json_t` escapes.
enum Jansson {
    /// Why jansson made no value of a text.
    struct Failure: Error {
        /// jansson's own words.
        var message: String
        /// How many bytes it had read.
        var offset: Int
        /// Says whether ``LenientRepair`` mends faults of this sort; text that merely ends too early it does not.
        var isRepairable: Bool
    }

    /// Parses a whole text.
    ///
    /// - Precondition: the text is at most ``NestingDepth/limit`` levels deep, because jansson and the conversion recurse.
    static func load(_ bytes: [UInt8], refusingDuplicates: Bool) throws(Failure) -> JSON {
        _ = usesPools
        var error = json_error_t()
        let flags = refusingDuplicates ? cjansson_strict_flags() : cjansson_lenient_flags()
        // Safe: the pool outlives the tree, which nobody sees but this function, and is closed on the thread that opened it.
        var pool = unsafe cjansson_pool()
        return try unsafe withUnsafeMutablePointer(to: &pool) { (pool) throws(Failure) in
            unsafe cjansson_open(pool)
            defer { cjansson_close() }
            // Safe: jansson reads exactly `count` bytes and keeps none of them.
            let root = unsafe bytes.withUnsafeBytes { buffer in
                unsafe json_loadb(buffer.baseAddress, buffer.count, flags, &error)
            }
            guard let root = unsafe root else { throw Failure(error) }
            return unsafe JSON(root)
        }
    }

    /// Set once, before the first document.
    private static let usesPools: Void = cjansson_use_pools()
}

extension Jansson.Failure {
    fileprivate init(_ error: json_error_t) {
        // Safe: jansson ends `text` with NUL within its fixed length and keeps the code in the last byte.
        var error = error
        message = unsafe withUnsafeBytes(of: &error.text) { text in
            unsafe String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
        offset = max(0, Int(error.position))
        isRepairable =
            switch unsafe json_error_code(&error) {
            case json_error_invalid_utf8, json_error_invalid_syntax, json_error_null_character, json_error_null_byte_in_key,
                json_error_numeric_overflow:
                true
            default: false
            }
    }
}

extension JSON {
    /// Copies a jansson tree.
    ///
    /// Safe as long as the tree lives: jansson gives each text with its length, and nothing of it is kept.
    fileprivate init(_ node: UnsafeMutablePointer<json_t>) {
        switch unsafe cjansson_type(node) {
        case JSON_OBJECT: self = unsafe .object(Object(node))
        case JSON_ARRAY:
            let count = unsafe json_array_size(node)
            var elements: [JSON] = []
            elements.reserveCapacity(count)
            for index in 0..<count {
                if let element = unsafe json_array_get(node, index) { unsafe elements.append(JSON(element)) }
            }
            self = .array(elements)
        case JSON_STRING: self = unsafe .string(String(json_string_value(node), count: json_string_length(node)))
        case JSON_INTEGER: self = unsafe .integer(json_integer_value(node))
        case JSON_REAL: self = unsafe .number(json_real_value(node))
        case JSON_TRUE: self = .bool(true)
        case JSON_FALSE: self = .bool(false)
        default: self = .null
        }
    }
}

extension JSON.Object {
    /// Copies the members in their own order; safe as above, since the tree is not changed while it is walked.
    fileprivate init(_ node: UnsafeMutablePointer<json_t>) {
        self.init()
        unsafe reserveCapacity(json_object_size(node))
        var position = unsafe json_object_iter(node)
        while let current = unsafe position {
            if let value = unsafe json_object_iter_value(current) {
                unsafe append(String(json_object_iter_key(current), count: json_object_iter_key_len(current)), JSON(value))
            }
            unsafe position = json_object_iter_next(node, current)
        }
    }
}

extension String {
    /// Copies `count` bytes of UTF-8, which jansson has validated.
    fileprivate init(_ start: UnsafePointer<CChar>?, count: Int) {
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
        self = unsafe String(decoding: bytes, as: UTF8.self)
    }
}
