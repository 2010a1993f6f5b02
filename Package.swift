// swift-tools-version: 6.2
import PackageDescription

// Provider modules live in Plugins/. They are ordinary targets, not SwiftPM plugins; see Plugins/README.md.
// Folder name -> vendor manifests in its Vendors/ folder, embedded so that the tool stays one file.
let providers: [(folder: String, vendors: [String])] = [
    (
        "OpenAICompatible",
        [
            "anthropic", "azure-openai", "cerebras", "cloudflare-ai-gateway", "deepseek", "fireworks", "gemini",
            "groq", "huggingface", "litellm", "llama-cpp", "lm-studio", "mistral", "ollama", "openai-compatible",
            "openrouter", "perplexity", "sglang", "tgi", "together", "vllm", "workers-ai", "xai",
        ]
    ),
    ("OpenAI", ["openai"]),
    ("VercelAIGateway", ["vercel"]),
]

let package = Package(
    name: "sonde",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "sonde", targets: ["CLI"])],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
        .systemLibrary(name: "CMicrohttpd", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .target(name: "SondeJSON", dependencies: ["CJansson"]),
        .target(
            name: "Sonde", dependencies: ["SondeJSON"],
            resources: [
                .embedInCode("Provider/vocabulary.json"), .embedInCode("Verdict/advice.json"), .embedInCode("Comparison/places.json"),
                .embedInCode("Verification/undo.json"),
            ]),
        .target(name: "SondeHTTP", dependencies: ["Sonde", "CCurl"]),
        .target(
            name: "SondeSimulator", dependencies: ["SondeJSON", "CMicrohttpd"],
            exclude: ["README.md"], resources: [.embedInCode("Scenarios")]),
        .target(name: "SondeCommands", dependencies: ["Sonde", "SondeJSON", "SondeHTTP", "SondeSimulator"]),
        .executableTarget(name: "CLI", dependencies: ["SondeCommands"]),
        .target(name: "CSpawn", path: "Tests/CSpawn"),
        .target(name: "TestSupport", dependencies: ["Sonde", "SondeJSON"], path: "Tests/TestSupport"),
        .testTarget(name: "SondeJSONTests", dependencies: ["SondeJSON"]),
        .testTarget(name: "SondeTests", dependencies: ["Sonde", "SondeJSON", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(name: "ContractTests", dependencies: ["Sonde", "SondeJSON", "TestSupport"]),
        .testTarget(name: "SondeHTTPTests", dependencies: ["SondeHTTP", "Sonde", "TestSupport"]),
        .testTarget(
            name: "SondeSimulatorTests", dependencies: ["SondeSimulator", "SondeJSON"], exclude: ["Fixtures"]),
        .testTarget(
            name: "SondeCommandsTests", dependencies: ["SondeCommands", "Sonde", "SondeJSON", "TestSupport"], exclude: ["Renderings"]),
        .testTarget(name: "HousekeepingTests", dependencies: ["Sonde"]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["CLI", "Sonde", "SondeSimulator", "SondeJSON", "TestSupport", "CSpawn"],
            exclude: ["Screens", "Renderings"]),
    ],
    swiftLanguageModes: [.v6]
)

for provider in providers {
    let name = provider.folder + "Provider"
    package.targets.append(
        .target(
            name: name, dependencies: ["Sonde", "SondeJSON"], path: "Plugins/\(provider.folder)",
            exclude: ["README.md", "Tests"], sources: ["Sources"],
            resources: provider.vendors.map { .embedInCode("Vendors/\($0).json") }))
    package.targets.append(
        .testTarget(
            name: name + "Tests", dependencies: [.target(name: name), "Sonde", "SondeJSON", "TestSupport"],
            path: "Plugins/\(provider.folder)/Tests"))
    for target in package.targets where ["CLI", "EndToEndTests", "ContractTests"].contains(target.name) {
        target.dependencies.append(.target(name: name))
    }
}

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
