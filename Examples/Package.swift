// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "examples",
    dependencies: [
        .package(name: "parley", path: ".."),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "swift-client",
            dependencies: [.product(name: "SocketIOClient", package: "parley")],
            swiftSettings: strict),
        .executableTarget(
            name: "seed-demo",
            dependencies: [
                .product(name: "SocketIO", package: "parley"),
                .product(name: "EngineIO", package: "parley"),
                .product(name: "SocketIOHummingbird", package: "parley"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ],
            resources: [.copy("Page")],
            swiftSettings: strict),
    ]
)
