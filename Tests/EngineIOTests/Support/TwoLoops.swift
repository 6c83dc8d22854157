internal import Dispatch
internal import Logging
internal import NIOCore
internal import NIOEmbedded
internal import Testing

@testable internal import EngineIO

/// An engine on two event loops, with connections on either.
final class TwoLoops {
    /// The client's end of one connection.
    final class Connection {
        let channel: NIOAsyncTestingChannel
        private var unread: [UInt8] = []

        init(channel: NIOAsyncTestingChannel) {
            self.channel = channel
        }

        func write(_ bytes: [UInt8]) async throws {
            try await channel.writeInbound(ByteBuffer(bytes: bytes))
        }

        /// Waits for a whole HTTP answer.
        func answer() async throws -> Answer {
            while true {
                if let answer = Answer(takenFrom: &unread) { return answer }
                unread += Array(try await channel.waitForOutboundWrite(as: ByteBuffer.self).readableBytesView)
            }
        }

        /// Waits for a whole frame.
        func frame() async throws -> Frame {
            while true {
                if let frame = Frame(takenFrom: &unread) { return frame }
                unread += Array(try await channel.waitForOutboundWrite(as: ByteBuffer.self).readableBytesView)
            }
        }
    }

    /// Both loops as a group, which is how a listener takes them.
    private final class Group: EventLoopGroup {
        let loops: [NIOAsyncTestingEventLoop]

        init(_ loops: [NIOAsyncTestingEventLoop]) { self.loops = loops }

        func next() -> any EventLoop { loops[0] }
        func any() -> any EventLoop { loops[0] }
        func makeIterator() -> EventLoopIterator { EventLoopIterator(loops) }

        func shutdownGracefully(queue: DispatchQueue, _ callback: @escaping @Sendable ((any Error)?) -> Void)
        {
            queue.async { callback(nil) }
        }
    }

    private let group = Group([NIOAsyncTestingEventLoop(), NIOAsyncTestingEventLoop()])
    private let loops: EngineListener.Loops
    private let engine: EngineServer
    private let listener: ListenerContext
    private var connections: [Connection] = []

    init(application: any EngineApplication) async throws {
        loops = EngineListener.Loops(group: group)
        engine = EngineServer(application: application)
        listener = ListenerContext(
            engines: [engine], plain: nil, limits: .init(), isSecure: false, logger: Logger(label: "test"))
    }

    /// A new connection on the loop with this number.
    func connect(_ number: Int) async throws -> Connection {
        let loop = group.loops[number]
        let channel = NIOAsyncTestingChannel(loop: loop)
        let (loops, listener) = (self.loops, self.listener)
        try await loop.executeInContext {
            try EngineListener.install(in: channel, loops: loops, listener: listener)
        }
        try await channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 4000))
        let connection = Connection(channel: channel)
        connections.append(connection)
        return connection
    }

    /// Runs both loops until what one handed to the other is done: a hop there, a hop back, and a flush.
    func settle() async throws {
        for _ in 0..<4 { for loop in group.loops { await loop.run() } }
    }

    /// Closes what is open and looks for anything left behind.
    func finish() async throws {
        for connection in connections where connection.channel.isActive {
            try await connection.channel.close()
        }
        try await settle()
        for loop in group.loops { await loop.advanceTime(by: .seconds(120)) }
        try await settle()
        #expect(engine.sessionCount == 0)
        for (number, loop) in group.loops.enumerated() {
            let engineLoop = loops.loops[number]
            let left = try await loop.executeInContext {
                engineLoop.connections.count + engineLoop.webSockets.count + engineLoop.wheel.count
            }
            #expect(left == 0, "loop \(number)")
        }
        for loop in group.loops { await loop.shutdownGracefully() }
    }
}
