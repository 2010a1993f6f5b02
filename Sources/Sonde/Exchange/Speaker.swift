/// Who wrote an answer.
public enum Speaker: String, Sendable, Hashable, CaseIterable {
    /// The API itself, in its own form.
    case api
    /// The vendor's edge or load balancer, before the API.
    case edge
    /// The service behind a gateway, whose answer was passed on.
    case upstream
    /// The proxy that was asked to carry the request.
    case proxy
    /// Somebody on the way who was not asked.
    case middlebox
    case unknown

    /// How a sentence names the speaker.
    public var phrase: String {
        switch self {
        case .api: "the API"
        case .edge: "the vendor's edge"
        case .upstream: "the service behind the gateway"
        case .proxy: "the proxy"
        case .middlebox: "somebody in between"
        case .unknown: "an unknown speaker"
        }
    }
}
