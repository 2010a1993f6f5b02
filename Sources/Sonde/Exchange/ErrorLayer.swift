/// What an API says of an error, in the fields that services share.
public struct ErrorLayer: Sendable, Hashable {
    public var message: String?
    public var type: String?
    /// As text, also where the service sends a number.
    public var code: String?
    public var param: String?
    /// The service behind, when a gateway passes an error on and says whose.
    public var origin: String?

    public init(message: String? = nil, type: String? = nil, code: String? = nil, param: String? = nil, origin: String? = nil) {
        self.message = message
        self.type = type
        self.code = code
        self.param = param
        self.origin = origin
    }

    public var isEmpty: Bool { message == nil && type == nil && code == nil && param == nil }
}
