import OpenAICompatibleProvider
import OpenAIProvider
import Sonde
import VercelAIGatewayProvider

/// Every provider module of the tool: the registry.
let providers: [any Provider] = [VercelAIGatewayProvider(), OpenAIProvider(), OpenAICompatibleProvider()]
