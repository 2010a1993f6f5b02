public import SondeJSON

/// A module that speaks one API family: request out, reading in; no I/O, clock, environment or logging.
///
/// The defaults are the dialect that most services copy (a list of models, chat completions, `{"error": …}`). A provider
/// overrides what its family does otherwise; what differs only in names or addresses belongs in a vendor manifest.
public protocol Provider: Sendable {
    /// The name that manifests use in `provider`.
    var id: String { get }

    /// The manifests of the vendors that this module speaks for, as JSON documents.
    var manifests: [VendorManifest] { get }

    /// The body of the smallest inference request.
    func inferenceBody(model: String, vendor: Vendor) -> JSON.Object

    /// The body of the smallest request to one of the vendor's endpoints; empty for those that are only read.
    func requestBody(for endpoint: Vendor.EndpointName, model: String, vendor: Vendor) -> JSON.Object

    /// The body of a request for inference whose answer comes in pieces.
    ///
    /// - Parameter asksUsage: Asks for a count of the tokens, where the dialect does not send one by itself.
    func streamBody(model: String, vendor: Vendor, asksUsage: Bool) -> JSON.Object

    /// What one event of a streamed answer adds to it; nil when it is none.
    func streamPiece(in event: JSON, vendor: Vendor) -> StreamPiece?

    /// What a body says of an error, the outermost speaker first; empty when it says nothing of one.
    ///
    /// - Parameter status: The status it came with; some forms are errors only under an error status.
    func errorLayers(in body: JSON, status: Int) -> [ErrorLayer]

    /// What a body of success states.
    func facts(in body: JSON, for probe: Probe, vendor: Vendor) -> Facts

    /// Where the vendor's network took the request, as its header tells.
    func edge(in headers: Headers, vendor: Vendor) -> EdgeLocation?

    /// Last word on a reading: what this family knows beyond its vendors' signs.
    func refine(_ reading: Reading, of answer: Answer, probe: Probe, target: Target) -> Reading
}

/// A vendor manifest as text, with the name that errors give it.
public struct VendorManifest: Sendable {
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

extension Provider {
    public func inferenceBody(model: String, vendor: Vendor) -> JSON.Object {
        switch vendor.inference.form {
        case .chat: ChatDialect.smallestRequest(model: model, rules: vendor.inference)
        case .responses: ResponsesDialect.smallestRequest(model: model, rules: vendor.inference)
        }
    }

    public func requestBody(for endpoint: Vendor.EndpointName, model: String, vendor: Vendor) -> JSON.Object {
        switch endpoint {
        case .inference: inferenceBody(model: model, vendor: vendor)
        case .responses: ResponsesDialect.smallestRequest(model: model)
        case .embeddings: JSON.Object([("model", .string(model)), ("input", "ok")])
        case .models, .key, .balance: JSON.Object()
        }
    }

    public func streamBody(model: String, vendor: Vendor, asksUsage: Bool) -> JSON.Object {
        switch vendor.inference.form {
        case .chat: ChatDialect.streamRequest(model: model, rules: vendor.inference, asksUsage: asksUsage)
        case .responses: ResponsesDialect.streamRequest(model: model, rules: vendor.inference)
        }
    }

    public func streamPiece(in event: JSON, vendor: Vendor) -> StreamPiece? {
        var piece = ChatDialect.piece(in: event) ?? ResponsesDialect.piece(in: event)
        piece?.cost = vendor.inference.cost(in: event["response"] ?? event)
        return piece
    }

    public func errorLayers(in body: JSON, status: Int) -> [ErrorLayer] {
        ErrorForms.layers(in: body, status: status)
    }

    public func facts(in body: JSON, for probe: Probe, vendor: Vendor) -> Facts {
        var facts = Facts()
        switch probe.endpoint {
        case .models: facts.models = ChatDialect.models(in: body, prices: vendor.endpoints[.models]?.prices)
        case .inference:
            // Recorded calls may be from the time before a vendor changed its form.
            facts.inference = ChatDialect.inference(in: body)
            if facts.inference == nil, vendor.inference.form == .responses { facts.inference = ResponsesDialect.inference(in: body) }
        case .responses: facts.inference = ResponsesDialect.inference(in: body)
        case .embeddings: facts.embedding = Facts.Embedding(in: body)
        case .key, .balance: break
        }
        if let cost = vendor.inference.cost(in: body) {
            facts.inference?.cost = cost
            facts.embedding?.cost = cost
        }
        if let fields = vendor.endpoints[probe.endpoint]?.balance {
            facts.balance = Facts.Balance(in: body, fields: fields)
        }
        return facts
    }

    public func edge(in headers: Headers, vendor: Vendor) -> EdgeLocation? { nil }

    public func refine(_ reading: Reading, of answer: Answer, probe: Probe, target: Target) -> Reading { reading }
}
