// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func parley(_ product: String) -> Target.Dependency { .product(name: product, package: "parley") }
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")

/// One program, one file: `swift run --package-path Examples NAME`.
func example(_ name: String, _ dependencies: [Target.Dependency] = [parley("SocketIO")]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "examples",
    dependencies: [
        .package(name: "parley", path: ".."),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: []),
    ],
    targets: [
        example("hello"),
        example("rooms"),
        example("acks"),
        example("auth"),
        example("dynamic-namespaces"),
        example("recovery"),
        example("parsers", [parley("SocketIO"), parley("SocketIOProtocol")]),
        example("beside-hummingbird", [parley("SocketIO"), parley("SocketIOHummingbird"), hummingbird]),
        example("swift-client", [parley("SocketIOClient")]),
        .executableTarget(
            name: "seed-demo",
            dependencies: [
                parley("SocketIO"), parley("EngineIO"), parley("SocketIOHummingbird"), hummingbird,
            ],
            resources: [.copy("Page")],
            swiftSettings: strict),
        // The code of the documentation, so that it compiles; dev/check-snippets compares.
        .target(
            name: "doc-snippets",
            dependencies: [
                parley("SocketIO"), parley("SocketIOClient"), parley("SocketIOCore"),
                parley("SocketIOTesting"), parley("SocketIOHummingbird"), parley("SocketIOTLS"),
                parley("SocketIOMetrics"), parley("SocketIOTracing"),
                parley("EngineIO"), parley("EngineIOProtocol"), hummingbird,
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
    ]
)
