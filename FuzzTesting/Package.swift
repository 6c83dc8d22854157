// swift-tools-version: 6.2
import PackageDescription

// One libFuzzer program for each decoder that reads what a peer sent. Built and run by dev/fuzz, which passes the
// sanitizers: without them there is no LLVMFuzzerRunDriver to link.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// gold, the default on Linux, fails on the debug information of an instrumented release build.
func fuzzer(_ name: String, _ rooms: String...) -> Target {
    .executableTarget(
        name: name, dependencies: ["FuzzDriver"] + rooms.map { .product(name: $0, package: "parley") },
        swiftSettings: strict, linkerSettings: [.unsafeFlags(["-use-ld=lld"])])
}

let package = Package(
    name: "fuzz-testing",
    dependencies: [.package(name: "parley", path: "..")],
    targets: [
        .target(name: "CFuzzer"),
        .target(name: "FuzzDriver", dependencies: ["CFuzzer"], swiftSettings: strict),
        fuzzer("fuzz-frames", "WebSocketProtocol"),
        fuzzer("fuzz-opening-handshake", "WebSocketProtocol"),
        fuzzer("fuzz-engine-payload", "EngineIOProtocol"),
        fuzzer("fuzz-engine-request", "EngineIOProtocol"),
        fuzzer("fuzz-socket-packet", "SocketIOProtocol"),
        fuzzer("fuzz-json", "SocketIOProtocol"),
        fuzzer("fuzz-extensions", "WebSocketProtocol"),
        fuzzer("fuzz-msgpack", "SocketIOProtocol"),
        fuzzer("fuzz-namespaces", "SocketIOProtocol"),
        fuzzer("fuzz-jsonp", "EngineIOProtocol"),
        fuzzer("fuzz-session", "EngineIOProtocol"),
        fuzzer("fuzz-recovery", "SocketIOCore"),
    ]
)
