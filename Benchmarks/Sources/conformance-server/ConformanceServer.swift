internal import ArgumentParser
internal import EngineIO
internal import EngineIOProtocol
internal import Logging
internal import NIOCore
internal import ServerOptions
internal import SocketIO

/// The server that the official protocol suites of Engine.IO and Socket.IO expect.
@main
struct ConformanceServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance-server",
        abstract: "An Engine.IO echo under /engine.io/ and the suites' Socket.IO server under /socket.io/.")

    @OptionGroup var options: ServerOptions

    func run() async throws {
        var timings = SessionTimings()
        timings.pingInterval = .milliseconds(300)
        timings.pingTimeout = .milliseconds(200)
        let base = EngineConfiguration(timings: timings, maxPayload: 1_000_000)
        let io = SocketIO(
            try options.socketIO(Configuration(engine: base, connectTimeout: .seconds(1))),
            threads: options.threads
        )
        let root = io.namespace()
        Self.greet(root)
        Self.greet(io.namespace("/custom"))
        root.on(raw: "message") { socket, arguments in
            socket.emit("message-back", arguments.encoded)
            return nil
        }
        root.on(raw: "message-with-ack") { _, arguments in arguments.encoded }
        let echo = EngineServer(
            configuration: try options.engine(base, path: "/engine.io/"), application: Echo())
        let tls = try options.tls()
        let listener = try await io.listen(
            host: options.host, port: options.port, beside: [echo], limits: options.limits, tls: tls)
        try await serveUntilSignal(
            listener, host: options.host, io, isSecure: tls != nil, drain: options.drain,
            spread: options.spread)
    }

    private static func greet(_ namespace: Namespace<Void>) {
        namespace.onConnect { socket in
            socket.emit("auth", EncodedArguments(json: socket.handshake.authJSON))
        }
    }
}

/// Sends every message back as it came.
private struct Echo: EngineApplication {
    func sessionOpened(_ session: EngineSession) -> any EngineSessionHandler { Handler(session: session) }

    private final class Handler: EngineSessionHandler {
        private let session: EngineSession

        init(session: EngineSession) { self.session = session }

        func received(text: ByteBuffer) {
            session.send(.text([EnginePacketType.message.digit] + Array(text.readableBytesView)))
        }

        func received(binary: ByteBuffer) {
            session.send(.binary(Array(binary.readableBytesView)))
        }

        func closed(_ reason: CloseReason) {}
    }
}
