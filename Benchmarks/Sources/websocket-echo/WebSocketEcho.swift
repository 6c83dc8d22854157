internal import ArgumentParser
internal import EngineIO
internal import Logging
internal import NIOCore
internal import ServerOptions
internal import WebSocketProtocol

/// The server that the Autobahn test suite fuzzes: it sends every message back, compressed where agreed.
@main
struct WebSocketEcho: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "websocket-echo", abstract: "A WebSocket echo under /, without Engine.IO.")

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 takes any free one.")
    var port = 0

    @Flag(help: "Keep the compression window between messages, both ways.")
    var contextTakeover = false

    func run() async throws {
        let (group, loops) = EngineListener.Loops.onThreads(1)
        let policy = DeflatePolicy(
            serverContextTakeover: contextTakeover, clientContextTakeover: contextTakeover)
        // The suite sends messages of 16 MiB, and 4 MiB in 65,536 fragments.
        let endpoint = WebSocketEndpoint(
            path: "/", maxMessage: 17 << 20, maxFragments: 100_000,
            compression: MessageCompression(policy: policy, threshold: 0, level: 1)
        ) { socket, _ in Echo(socket: socket) }
        let listener = try await EngineListener.bind(
            host: host, port: port, group: group, loops: loops, engines: [], webSockets: [endpoint],
            logger: Logger(label: "websocket-echo"))
        try await serveUntilSignal(listener, host: host)
    }
}

private final class Echo: WebSocketHandler {
    private let socket: BareWebSocket

    init(socket: BareWebSocket) {
        self.socket = socket
    }

    func received(text: ByteBuffer) { socket.send(text: Array(text.readableBytesView)) }

    func received(binary: ByteBuffer) { socket.send(binary: Array(binary.readableBytesView)) }

    func closed() {}
}
