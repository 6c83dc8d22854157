internal import Logging
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1

@testable internal import EngineIO
@testable internal import SocketIO

/// A whole server without a socket: its connections are testing channels, its clock is the test's.
final class Stack: Sendable {
    let io: SocketIO
    let engine: EngineServer
    let loops: TestingLoops
    private let listener: ListenerContext

    init(
        _ configuration: Configuration = .init(), loops count: Int = 1,
        logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        loops = TestingLoops(count)
        io = SocketIO(configuration, group: loops, loops: .init(group: loops), logger: logger)
        engine = io.makeEngine()
        listener = ListenerContext(
            engines: [engine], plain: nil, limits: .init(), isSecure: false, logger: logger)
    }

    func settle() async { await loops.settle() }

    func advance(by amount: TimeAmount) async { await loops.advance(by: amount) }

    /// A connection that has sent nothing yet.
    func connect(loop index: Int = 0) async throws -> Wire {
        let channel = NIOAsyncTestingChannel(loop: loops.loops[index])
        try await channel.testingEventLoop.submit { [io, listener] in
            try EngineListener.install(in: channel, loops: io.loops, listener: listener)
        }.get()
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 4_000)).get()
        return Wire(channel, self)
    }

    /// A client by WebSocket that has read the engine's handshake.
    func webSocket(loop index: Int = 0, headers: HTTPHeaders = [:]) async throws -> WebSocketClient {
        let client = WebSocketClient(try await connect(loop: index))
        try await client.open(headers: headers)
        return client
    }

    /// A client by WebSocket that has joined a namespace.
    func client(_ namespace: String = "/", loop index: Int = 0, auth: String = "") async throws
        -> WebSocketClient
    {
        let client = try await webSocket(loop: index)
        try await client.join(namespace, auth: auth)
        return client
    }

    /// A client by long-polling that has read the engine's handshake.
    func polling(loop index: Int = 0) async throws -> PollingClient {
        let client = PollingClient(
            reading: try await connect(loop: index), writing: try await connect(loop: index))
        try await client.open()
        return client
    }
}
