internal import ChatDomain
internal import ChatService
internal import Logging
internal import NIOCore
internal import NIOEmbedded
internal import Testing

@testable internal import ChatGateway
@testable internal import EngineIO
@testable internal import SocketIO

/// The whole server around a ``JourneyChat``, on one event loop without a socket.
struct JourneyServer: Sendable {
    let loop = NIOAsyncTestingEventLoop()
    let journey: JourneyChat
    let io: SocketIO
    let realtime: ChatRealtime
    private let listener: ListenerContext

    init() async throws {
        let announcer = SocketAnnouncer()
        journey = try await JourneyChat(announcer: announcer)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        io = SocketIO(.init(), group: loop, loops: .init(group: loop), logger: logger)
        realtime = ChatRealtime(journey.chat, on: io, announcer: announcer, logger: logger)
        listener = ListenerContext(
            engines: [io.makeEngine()], plain: nil, limits: .init(), isSecure: false, logger: logger)
    }

    /// A connection that is signed in, has joined and has read `hello`.
    func connect(_ who: SignedIn) async throws -> JourneyConnection {
        let channel = NIOAsyncTestingChannel(loop: loop)
        try await loop.submit { [io, listener] in
            try EngineListener.install(in: channel, loops: io.loops, listener: listener)
        }.get()
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 4_000)).get()
        let connection = JourneyConnection(channel: channel)
        await connection.send(
            Array(
                ("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: chat.example\r\n"
                    + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").utf8))
        try await connection.skipHead()
        _ = try await connection.frame()
        await connection.send(masking: #"40{"token":""# + who.token.text + #""}"#)
        let joined = try await connection.frame()
        #expect(String(decoding: joined.payload, as: UTF8.self).hasPrefix(#"40{"sid":""#))
        let hello = try await connection.frame()
        #expect(String(decoding: hello.payload, as: UTF8.self).hasPrefix(#"42["hello",{"#))
        return connection
    }
}
