import Sonde

/// An order with its address, which decides where keys and headers may go.
struct LocatedOrder {
    var order: TargetOrder
    var baseURL: BaseURL
    /// What was noticed while the address was looked up.
    var findings: [Finding]

    /// Looks up the address: the one that was given, then the variables SDKs obey, then the vendor's own.
    init(_ order: TargetOrder, environment: [String: String]) throws(UsageError) {
        self.order = order
        findings = []
        if let text = order.baseURL {
            baseURL = try Self.parse(text)
            return
        }
        for name in order.vendor.baseURLVariables {
            guard let text = environment[name], !text.isEmpty else { continue }
            baseURL = try Self.parse(text, place: name)
            if baseURL != order.vendor.baseURL {
                findings.append(
                    Finding(
                        "environment", .warning, reason: "base_url_variable",
                        "\(name) sends every request to \(baseURL.text), here and in SDKs; unset it for \(order.vendor.name)'s own address."
                    ))
            }
            return
        }
        if let template = order.vendor.baseURLTemplate {
            guard let text = template.filled(from: environment) else { throw Self.unfilled(template, order.vendor, environment) }
            baseURL = try Self.parse(text, place: "the base URL of \(order.vendor.name)")
            return
        }
        guard let own = order.vendor.baseURL else {
            throw UsageError(
                .missingArgument, "\(own: order.vendor.name) has no address of its own",
                help: "Give the base URL as the target, as in 'sonde check https://llm.example.com/v1'.")
        }
        baseURL = own
    }

    private static func unfilled(_ template: BaseURLTemplate, _ vendor: Vendor, _ environment: [String: String]) -> UsageError {
        let missing = template.missing(in: environment)
        let verb = missing.count == 1 ? "is" : "are"
        return UsageError(
            .missingArgument,
            "\(own: vendor.name) has an address for each customer, and \(own: missing.joined(separator: ", ")) \(own: verb) not set",
            help: "Set what is missing, or give the base URL itself (\(own: template.text)) together with --vendor \(own: vendor.id).")
    }

    /// - Parameter place: What the text was read from; nil where that is plain.
    private static func parse(_ text: String, place: String? = nil) throws(UsageError) -> BaseURL {
        do throws(BaseURL.Invalid) {
            return try BaseURL(parsing: text)
        } catch {
            throw UsageError(.invalidValue, "\(outside: place.map { "\($0): " } ?? "")\(own: error.message)")
        }
    }

    /// Refuses what is no address.
    static func check(_ text: String) throws(UsageError) { _ = try parse(text) }
}

extension Collection<LocatedOrder> {
    /// The origins of all of them, each once, in order.
    var origins: [String] {
        var seen: Set<String> = []
        return map(\.baseURL.origin).filter { seen.insert($0).inserted }
    }
}
