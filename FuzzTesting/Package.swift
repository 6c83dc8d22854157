// swift-tools-version: 6.2
import PackageDescription

// One libFuzzer program for all decoders that read what a peer sent. Built and run by dev/fuzz, which passes the
// sanitizers: without them there is no LLVMFuzzerRunDriver to link. The main package's FuzzCorpusTests compile the
// targets too, and give them the kept inputs.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func parley(_ product: String) -> Target.Dependency { .product(name: product, package: "parley") }

let package = Package(
    name: "fuzz-testing",
    dependencies: [
        .package(name: "parley", path: ".."),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    ],
    targets: [
        .target(name: "CFuzzer"),
        .target(name: "FuzzDriver", dependencies: ["CFuzzer"], swiftSettings: strict),
        .target(
            name: "FuzzTargets",
            dependencies: [
                parley("WebSocketProtocol"), parley("EngineIOProtocol"), parley("SocketIOProtocol"),
                parley("SocketIOCore"), parley("EngineIO"), .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict),
        // gold, the default on Linux, fails on the debug information of an instrumented release build.
        .executableTarget(
            name: "fuzz", dependencies: ["FuzzDriver", "FuzzTargets"], swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
    ]
)
