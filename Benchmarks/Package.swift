// swift-tools-version: 6.2
import PackageDescription

// Servers for measuring and for other people's test suites; nothing that anybody installs.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let library: [Target.Dependency] = [
    "ServerOptions",
    .product(name: "SocketIO", package: "parley"),
    .product(name: "SocketIOCore", package: "parley"),
    .product(name: "SocketIOProtocol", package: "parley"),
    .product(name: "EngineIO", package: "parley"),
    .product(name: "EngineIOProtocol", package: "parley"),
    .product(name: "ArgumentParser", package: "swift-argument-parser"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
]

let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(name: "parley", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.8.0"),
    ],
    targets: [
        .target(
            name: "ServerOptions",
            dependencies: [
                .product(name: "SocketIO", package: "parley"),
                .product(name: "SocketIOTLS", package: "parley"),
                .product(name: "EngineIO", package: "parley"),
                .product(name: "EngineIOProtocol", package: "parley"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .executableTarget(name: "bench-app", dependencies: library, swiftSettings: strict),
        .executableTarget(name: "behaviour-server", dependencies: library, swiftSettings: strict),
        .executableTarget(name: "conformance-server", dependencies: library, swiftSettings: strict),
        .executableTarget(name: "interop-server", dependencies: library, swiftSettings: strict),
        .executableTarget(
            name: "load",
            dependencies: [
                .product(name: "SocketIOClient", package: "parley"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "websocket-echo",
            dependencies: library + [.product(name: "WebSocketProtocol", package: "parley")],
            swiftSettings: strict),
    ]
)
