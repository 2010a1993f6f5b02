import Sonde
import SondeJSON

/// A request as a line that can be pasted into a shell: the same request with curl, the key read from a variable.
///
/// The exchange may come from a report that somebody forged. Nothing but curl is run, nothing is sent but to the target's own origin,
/// and a vendor's variable is named only where the vendor's key may go.
struct CurlLine {
    let target: Target
    let exchange: Exchange
    /// Takes out of addresses and bodies what the page must not show.
    let redactor: Redactor

    /// The line; nil for what was no request, was made elsewhere, or cannot be written without what must not be shown.
    var text: String? {
        guard !target.isRecorded, exchange.probe.kind != .handshake, let url = address else { return nil }
        var words = ["curl -sSi"]
        if exchange.request.url.contains(where: { "[]{}".contains($0) }) { words.append("-g") }
        if let option = Self.options[target.route.name] { words.append(option) }
        words.append(url)
        if isAPI {
            guard let headers else { return nil }
            words += headers.map { "-H \($0)" }
        }
        if let body { words += ["-H 'Content-Type: application/json'", "--data-binary \(body)"] }
        let line = words.joined(separator: " ")
        return line.utf8.count <= Self.limit ? line : nil
    }

    /// Bytes of a line at most: nobody reads, or pastes, a longer one.
    private static let limit = 4_096

    /// What takes curl the same way; other routes name hosts and addresses, which a forged report could choose.
    private static let options = ["direct": "--noproxy '*'", "ipv4": "-4", "ipv6": "-6"]

    /// Says whether the line goes the way that the request went.
    static func knows(_ route: Route) -> Bool { route.name == "env" || options[route.name] != nil }

    private var isAPI: Bool { exchange.probe.asksAPI && !isStatusPage }

    private var isStatusPage: Bool { exchange.probe.kind == .statusPage }

    // MARK: Address

    /// The variable that stands for a base URL which must not be shown.
    static let baseURLVariable = "BASE_URL"

    private var address: String? {
        let url = exchange.request.url
        guard url.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
        if isStatusPage { return url == target.vendor.statusPage?.api ? ShellText.quoted(url) : nil }
        let rest = url.dropFirst(target.baseURL.origin.utf8.count)
        guard url.hasPrefix(target.baseURL.origin), rest.isEmpty || rest.first == "/" || rest.first == "?" else { return nil }
        if redactor.redact(url) == url { return ShellText.quoted(url) }
        let path = String(url.dropFirst(target.baseURL.text.utf8.count))
        guard url.hasPrefix(target.baseURL.text), redactor.redact(path) == path else { return nil }
        return "\"$\(Self.baseURLVariable)\"" + (path.isEmpty ? "" : ShellText.quoted(path))
    }

    // MARK: Headers

    /// The variable with the user's key: the vendor's own only where a key found there may go.
    static func keyVariable(of target: Target) -> String {
        let vendor = target.vendor
        let isBound = KeyBinding.decide(.environment("", isVendors: true), vendor: vendor, baseURL: target.baseURL) == .allowed
        guard isBound, let first = vendor.key.variables.first else { return "API_KEY" }
        guard case .environment(let name, _) = target.credential?.source, vendor.key.variables.contains(name) else { return first }
        return name
    }

    private var headers: [String]? {
        var headers: [String] = []
        for header in target.plannedHeaders(for: exchange.probe) {
            switch header.value {
            case .plain(let value): headers.append(ShellText.quoted("\(header.name): \(value)"))
            case .key(let prefix):
                switch exchange.request.keyUse {
                case .own: headers.append(ShellText.quoted("\(header.name): \(prefix)", variable: Self.keyVariable(of: target)))
                case .madeUp: headers.append(madeUpKey("\(header.name): \(prefix)"))
                case .none, .untold: break
                }
            case .scope(let scope):
                let variable = target.isOnVendorHost ? scope.variables.first : nil
                headers.append(ShellText.quoted("\(header.name): ", variable: variable ?? scope.scope.uppercased()))
            }
        }
        guard exchange.request.keyUse == .own else { return headers }
        for header in target.headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(Self.isNameByte) else { return nil }
            headers.append(ShellText.quoted("\(header.name): ", variable: Self.variable(ofHeader: header.name)))
        }
        return headers
    }

    /// In three pairs of quotes it is one word for a shell, and no key or token for whoever looks for the shape of one.
    private func madeUpKey(_ text: String) -> String {
        let key = target.vendor.key
        return [text, key.controlPrefix, key.controlText(tail: "0")].filter { !$0.isEmpty }.map { ShellText.quoted($0) }.joined()
    }

    static func variable(ofHeader name: String) -> String { "HEADER_" + name.uppercased().split(separator: "-").joined(separator: "_") }

    /// Letters, digits, hyphens and underscores: what names of headers are made of in practice, and of variables, too.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    // MARK: Body

    /// The file that stands for a body of the user's, which no report holds.
    static let bodyFile = "body.json"

    /// Says whether the request had a body of the user's own.
    var hasOwnBody: Bool { exchange.request.body?["custom_bytes"] != nil }

    private var body: String? {
        guard let body = exchange.request.body, body.objectValue != nil else { return nil }
        return hasOwnBody ? "@" + Self.bodyFile : ShellText.quoted(Self.ascii(redactor.redact(body).text()))
    }

    /// JSON with everything outside ASCII escaped, so that nothing in it can turn the line around.
    private static func ascii(_ json: String) -> String {
        var text = ""
        for unit in json.utf16 {
            if (0x20..<0x7f).contains(unit) {
                text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            } else {
                let digits = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
        }
        return text
    }
}
