// swift-tools-version: 6.2
import PackageDescription

// Every arrow here points down; dev/check-imports holds the same table against the sources.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioHTTP2: Target.Dependency = .product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

func room(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// Everything from bytes to disk, for the tests that walk the whole line.
let chatStack: [Target.Dependency] = [
    "ChatGateway", "ChatService", "ChatStoreSQLite", "ChatDomain", "SocketIO", "SocketIOCore",
    "SocketIOHummingbird", "SocketIOProtocol", "EngineIO", "EngineIOProtocol", "WebSocketProtocol",
    nio, nioPosix, nioEmbedded, nioHTTP1, log, hummingbird,
    .product(name: "HTTPTypes", package: "swift-http-types"),
]

let package = Package(
    name: "parley",
    products: [
        .library(name: "SocketIO", targets: ["SocketIO"]),
        .library(name: "SocketIOClient", targets: ["SocketIOClient"]),
        .library(name: "SocketIOTesting", targets: ["SocketIOTesting"]),
        .library(name: "SocketIOEvents", targets: ["SocketIOEvents"]),
        .library(name: "SocketIOTLS", targets: ["SocketIOTLS"]),
        .library(name: "SocketIOMetrics", targets: ["SocketIOMetrics"]),
        .library(name: "SocketIOTracing", targets: ["SocketIOTracing"]),
        .library(name: "EngineIO", targets: ["EngineIO"]),
        .library(name: "SocketIOHummingbird", targets: ["SocketIOHummingbird"]),
        .library(name: "WebSocketProtocol", targets: ["WebSocketProtocol"]),
        .library(name: "EngineIOProtocol", targets: ["EngineIOProtocol"]),
        .library(name: "SocketIOProtocol", targets: ["SocketIOProtocol"]),
        .library(name: "SocketIOCore", targets: ["SocketIOCore"]),
        .executable(name: "parley", targets: ["parley"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.1"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.5.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.8.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.7.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing.git", from: "1.2.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    ],
    targets: [
        // Pure protocol: bytes and values, no I/O.
        room("WebSocketProtocol"),
        room("EngineIOProtocol"),
        room("SocketIOProtocol"),
        // The library.
        room("SocketIOCore", ["SocketIOProtocol"]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CMalloc"),
        room("EngineIO", ["WebSocketProtocol", "EngineIOProtocol", "CMalloc", "CZlib", nio, nioPosix, nioHTTP1, log]),
        room("SocketIOEvents", ["SocketIOProtocol", nio]),
        room(
            "SocketIO",
            [
                "EngineIO", "EngineIOProtocol", "SocketIOCore", "SocketIOEvents", "SocketIOProtocol", nio,
                log,
                lifecycle,
            ]),
        room("SocketIOTLS", ["EngineIO", nio, nioPosix, nioSSL, nioTLS, nioHTTP2, log]),
        room("SocketIOMetrics", ["SocketIO", .product(name: "CoreMetrics", package: "swift-metrics")]),
        room(
            "SocketIOTracing",
            [
                "SocketIO", nioHTTP1, .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "Instrumentation", package: "swift-distributed-tracing"),
            ]),
        room(
            "SocketIOClient",
            [
                "SocketIOEvents", "SocketIOProtocol", "EngineIOProtocol", "WebSocketProtocol", nio, nioPosix,
                nioHTTP1, nioSSL, log,
            ]),
        room(
            "SocketIOTesting",
            ["SocketIO", "SocketIOClient", "SocketIOEvents", "EngineIO", "EngineIOProtocol", nio, log]),
        room(
            "SocketIOHummingbird",
            [
                "SocketIO", "EngineIO", hummingbird, nio, nioHTTP1, log,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ]),
        // The chat.
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        room("ChatDomain"),
        room("ChatService", ["ChatDomain", "CArgon2", crypto]),
        room("ChatOutbound", ["ChatService", "ChatDomain", nio, nioPosix, nioHTTP1, nioSSL]),
        room("ChatImport", ["ChatService", "ChatDomain", "CZlib"]),
        room("ChatStoreSQLite", ["ChatService", "ChatDomain", grdb]),
        room(
            "ChatGateway",
            [
                "SocketIO", "SocketIOCore", "SocketIOHummingbird", "EngineIO", "EngineIOProtocol",
                "ChatService", "ChatDomain", hummingbird, nio, log,
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ], resources: [.embedInCode("REST/openapi.json")]),
        .executableTarget(
            name: "parley",
            dependencies: [
                "ChatGateway", "ChatImport", "ChatOutbound", "ChatService", "ChatDomain", "ChatStoreSQLite",
                "SocketIO",
                "SocketIOTLS", "EngineIO", "EngineIOProtocol",
                arguments, log, lifecycle, nio, nioPosix,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        // Tests: a folder a room. The servers for other people's suites are in Benchmarks/.
        tests("WebSocketProtocolTests", ["WebSocketProtocol"]),
        tests("EngineIOProtocolTests", ["EngineIOProtocol"]),
        tests("SocketIOProtocolTests", ["SocketIOProtocol"]),
        tests("SocketIOCoreTests", ["SocketIOCore", "SocketIOProtocol"]),
        tests(
            "EngineIOTests",
            [
                "EngineIO", "EngineIOProtocol", "WebSocketProtocol", "CZlib", nio, nioPosix, nioEmbedded,
                nioHTTP1, log,
            ]),
        tests(
            "SocketIOTests",
            [
                "SocketIO", "SocketIOCore", "SocketIOProtocol", "EngineIO", "EngineIOProtocol",
                "WebSocketProtocol", nio, nioPosix, nioEmbedded, nioHTTP1, log, lifecycle,
                "SocketIOMetrics", "SocketIOTracing",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "Instrumentation", package: "swift-distributed-tracing"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
            ]),
        tests(
            "SocketIOClientTests",
            [
                "SocketIOClient", "SocketIO", "SocketIOEvents", "SocketIOProtocol", "EngineIO",
                "EngineIOProtocol", "WebSocketProtocol", nio, nioPosix, nioHTTP1, log,
            ]),
        tests(
            "SocketIOTLSTests",
            [
                "SocketIOTLS", "SocketIOClient", "SocketIO", "SocketIOEvents", "EngineIO", "EngineIOProtocol",
                nio,
                nioPosix, nioSSL, nioTLS, nioHTTP1, log,
            ]),
        tests(
            "SocketIOTestingTests",
            [
                "SocketIOTesting", "SocketIOClient", "SocketIO", "SocketIOCore", "SocketIOEvents",
                "EngineIOProtocol", nio,
            ]),
        tests(
            "AdvisoryTests",
            [
                "SocketIO", "SocketIOCore", "SocketIOProtocol", "EngineIO", "EngineIOProtocol",
                "WebSocketProtocol", nio, nioPosix, nioHTTP1, log,
            ]),
        // The fuzzer's targets (dev/fuzz), compiled here too to give them the inputs that were kept.
        .testTarget(
            name: "FuzzCorpusTests",
            dependencies: [
                "EngineIO", "SocketIOCore", "SocketIOProtocol", "EngineIOProtocol", "WebSocketProtocol", nio,
            ],
            path: "FuzzTesting",
            exclude: ["Package.swift", "Sources/CFuzzer", "Sources/FuzzDriver", "Sources/fuzz", "Corpus"],
            sources: ["Sources/FuzzTargets", "Tests"], swiftSettings: strict),
        tests("ChatDomainTests", ["ChatDomain"]),
        tests("ChatServiceTests", ["ChatService", "ChatStoreSQLite", "ChatDomain", grdb, crypto]),
        tests("ChatStoreSQLiteTests", ["ChatStoreSQLite", "ChatService", "ChatDomain", grdb]),
        tests(
            "ChatOutboundTests",
            ["ChatOutbound", "ChatService", "ChatDomain", nio, nioPosix, nioHTTP1, nioSSL]),
        tests(
            "ChatImportTests", ["ChatImport", "ChatService", "ChatStoreSQLite", "ChatDomain", "CZlib"]),
        tests("ChatGatewayTests", chatStack),
        tests("PacketJourneyTests", chatStack),
    ]
)
