internal import Logging
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1
internal import Testing

@testable internal import EngineIO

/// A listener whose plain requests go to a closure, with one connection; for responders, which are async.
final class PlainServer: Sendable {
    struct Responder: PlainRequestResponder {
        let body: @Sendable (PlainRequest, PlainResponseWriter) async throws -> Void

        func respond(to request: PlainRequest, writer: PlainResponseWriter) async throws {
            try await body(request, writer)
        }
    }

    let loop = NIOAsyncTestingEventLoop()
    let channel: NIOAsyncTestingChannel
    private let loops: EngineListener.Loops

    private init() {
        channel = NIOAsyncTestingChannel(loop: loop)
        loops = EngineListener.Loops(group: loop)
    }

    /// Runs a test with a connection, then closes it and looks for anything left behind.
    static func run(
        limits: HTTPLimits = .init(),
        responder: @escaping @Sendable (PlainRequest, PlainResponseWriter) async throws -> Void,
        _ body: (PlainServer) async throws -> Void
    ) async throws {
        let server = PlainServer()
        let listener = ListenerContext(
            engines: [EngineServer(application: RecordingApplication())], plain: Responder(body: responder),
            limits: limits, isSecure: false, logger: Logger(label: "test"))
        let (channel, loops) = (server.channel, server.loops)
        try await server.loop.executeInContext {
            try EngineListener.install(in: channel, loops: loops, listener: listener)
        }
        try await channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 4000))
        let outcome: Result<Void, any Error>
        do {
            try await body(server)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        if channel.isActive { try await channel.close() }
        await server.loop.run()
        let left = try await server.loop.executeInContext { loops.loops[0].connections.count }
        #expect(left == 0)
        await server.loop.advanceTime(by: .seconds(120))
        await server.loop.shutdownGracefully()
        try outcome.get()
    }

    func send(_ text: String) async throws {
        try await channel.writeInbound(ByteBuffer(string: text))
    }

    /// Waits until as many bytes as `text` has were written, and compares them.
    func expect(_ text: String) async throws {
        var written = ""
        while written.utf8.count < text.utf8.count {
            written += String(buffer: try await channel.waitForOutboundWrite(as: ByteBuffer.self))
        }
        #expect(written == text)
    }
}
