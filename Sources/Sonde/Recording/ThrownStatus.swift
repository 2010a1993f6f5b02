/// Finds the status in what an SDK threw.
enum ThrownStatus {
    /// `Error code: 403`, `status code 429`, `"statusCode": 402`, `HTTP 401`, `(HTTP status 500)`, `403 {"error"…`.
    static func find(in text: String) -> Int? {
        let bytes = FoldedText(text).bytes
        for mark in marks {
            var start = 0
            while let place = bytes[start...].firstRange(of: mark) {
                if let code = code(in: bytes[place.upperBound...].drop { " :=[(-\"'".utf8.contains($0) }) { return code }
                start = place.upperBound
            }
        }
        // A line that begins with the status, as many clients print it.
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            if let code = code(in: line.drop { $0 == 0x20 }) { return code }
        }
        return nil
    }

    private static let marks: [[UInt8]] = [
        "error code:", "status code:", "status code", "statuscode:", "statuscode\":", "statuscode':", "statuscode=", "status:", "status\":",
        "status':", "status=",
        "http/1.1", "http/2", "http status", "http error", "http", "code:", "response code", "apierror:", "error:", "failed with",
        "returned", "status ", "exception:",
    ].map { Array($0.utf8) }

    /// Three digits that are a status of failure and no part of something longer.
    private static func code(in bytes: ArraySlice<UInt8>) -> Int? {
        let digits = bytes.prefix { $0.isASCIIDigit }
        guard digits.count == 3, let code = Int(String(decoding: digits, as: UTF8.self)), (400..<600).contains(code) else { return nil }
        if let next = bytes.dropFirst(3).first, next == UInt8(ascii: "_") || next == UInt8(ascii: "-") || next.isASCIIAlphanumeric {
            return nil
        }
        return code
    }

    /// Classes whose name states the status, or that no answer came.
    static let classes: [(name: String, status: Int?)] = [
        ("PermissionDeniedError", 403), ("AuthenticationError", 401), ("RateLimitError", 429), ("NotFoundError", 404),
        ("BadRequestError", 400),
        ("ContentPolicyViolationError", 400), ("ContextWindowExceededError", 400), ("UnprocessableEntityError", 422),
        ("ConflictError", 409),
        ("InternalServerError", 500), ("ServiceUnavailableError", 503), ("GatewayInvalidRequestError", 400), ("GatewayForbiddenError", 403),
        ("UnauthorizedException", 401), ("PermissionDeniedException", 403), ("RateLimitException", 429),
        ("APITimeoutError", nil), ("APIConnectionTimeoutError", nil), ("APIConnectionError", nil), ("IoException", nil),
        ("TransporterException", nil),
    ]

    static func knownClass(in text: String) -> (name: String, status: Int?)? {
        classes.first { known in
            guard text.contains(known.name) else { return false }
            return !homonyms.contains { $0.hasSuffix(known.name) && text.contains($0) }
        }
    }

    /// Classes of other things, whose names end like those of answers.
    private static let homonyms = ["ModuleNotFoundError", "FileNotFoundError", "PackageNotFoundError"]
}
