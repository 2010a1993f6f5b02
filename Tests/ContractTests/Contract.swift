import OpenAICompatibleProvider
import OpenAIProvider
import Sonde
import SondeJSON
import TestSupport
import VercelAIGatewayProvider

/// Every provider and every vendor that ships.
enum Contract {
    static let providers: [any Provider] = [VercelAIGatewayProvider(), OpenAIProvider(), OpenAICompatibleProvider()]

    /// Reasons that a provider gives by itself, beyond the signs of its vendors.
    static let reasonsOfProviders: Set = ["token_expired"]

    /// The vendor of a manifest, or the place of what is wrong with it.
    static func vendor(_ manifest: VendorManifest) throws -> Vendor {
        do {
            return try Vendor(JSONReader(.parse(manifest.bytes)))
        } catch {
            throw Broken(text: error.located(in: manifest.bytes).description(file: manifest.name))
        }
    }

    struct Broken: Error { let text: String }

    static func vendors() throws -> [(vendor: Vendor, provider: any Provider)] {
        try providers.flatMap { provider in try provider.manifests.map { (try vendor($0), provider) } }
    }

    static func catalog() throws -> VendorCatalog {
        VendorCatalog(vendors: try vendors().map(\.vendor), providers: providers)
    }

    /// A target of a vendor that ships.
    static func target(
        _ id: String, key: String?, model: String? = nil, baseURL: String? = nil, scopes: [String: String] = [:]
    ) throws -> Target {
        let catalog = try catalog()
        guard let vendor = catalog.vendor(named: id) else { throw Broken(text: "no vendor \(id)") }
        return try Sample.target(
            of: vendor, provider: catalog.provider(of: vendor), key: key, model: model, baseURL: baseURL, scopes: scopes)
    }
}
