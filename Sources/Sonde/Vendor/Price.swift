import SondeJSON

/// What a model costs, in US dollars.
public struct Price: Sendable, Hashable {
    /// For one token of the request.
    public var input: Double
    /// For one token of the answer.
    public var output: Double
    /// For a request as such.
    public var request: Double

    public init(input: Double, output: Double, request: Double = 0) {
        self.input = input
        self.output = output
        self.request = request
    }

    func cost(inputTokens: Int, outputTokens: Int) -> Double {
        request + Double(inputTokens) * input + Double(outputTokens) * output
    }

    static let free = Price(input: 0, output: 0)
}

extension Price {
    /// Reads the price of one entry of a list; nil when it tells none, or one that cannot be.
    init?(in entry: JSON, fields: Vendor.PriceFields) {
        let number = { (path: String?) -> Double? in
            guard let value = path.flatMap(entry.member) else { return nil }
            // Some say -1 where it depends on the request.
            return (value.doubleValue ?? value.stringValue.flatMap(Double.init)).flatMap { $0 >= 0 && $0 < 1000 ? $0 : nil }
        }
        guard let input = number(fields.input) else { return nil }
        let isTold = fields.output.flatMap(entry.member) != nil
        // What generates nothing has no price for an answer.
        guard let output = isTold ? number(fields.output) : 0 else { return nil }
        self.init(input: input, output: output, request: number(fields.request) ?? 0)
    }
}

extension Vendor.InferenceRules {
    /// What an answer says itself that it cost, in US dollars.
    func cost(in body: JSON) -> Double? {
        costField.flatMap(body.member)?.doubleValue.flatMap { (0..<1000).contains($0) ? $0 : nil }
    }
}

extension JSON {
    /// The value at a path of member names separated by dots; a number is a place in a list.
    func member(_ path: String) -> JSON? {
        path.split(separator: ".").reduce(Optional(self)) { value, name in
            Int(name).map { value?[$0] } ?? value?[String(name)]
        }
    }
}
