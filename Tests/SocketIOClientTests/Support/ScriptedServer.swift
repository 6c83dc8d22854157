internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A server that says what a test wants, to whatever comes.
final class ScriptedServer: Sendable {
    /// What a connection does with what arrives: the bytes so far, and a way to answer.
    typealias Script = @Sendable (_ request: String, _ connection: Connection) -> Void

    /// One connection, for the script.
    final class Connection: Sendable {
        private let channel: any Channel

        init(_ channel: any Channel) { self.channel = channel }

        func write(_ text: String) { write(Array(text.utf8)) }

        func write(_ bytes: [UInt8]) { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }

        func close() { channel.close(promise: nil) }

        /// A whole HTTP answer.
        func answer(_ status: String = "200 OK", _ body: String, headers: String = "") {
            write("HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }

        /// Takes the WebSocket handshake of a request.
        func acceptWebSocket(_ request: String, accept: (String) -> String) {
            let key = request.split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Key: ") }
            let value = accept(String(key?.dropFirst(19) ?? ""))
            write(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: \(value)\r\n\r\n")
        }

        /// An unmasked frame.
        func frame(_ opcode: UInt8, _ payload: [UInt8]) {
            var frame = [0x80 | opcode]
            if payload.count < 126 {
                frame.append(UInt8(payload.count))
            } else {
                frame += [126, UInt8(payload.count >> 8 & 0xFF), UInt8(payload.count & 0xFF)]
            }
            write(frame + payload)
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let script: Script
        private let connection: Connection

        init(_ script: @escaping Script, _ channel: any Channel) {
            self.script = script
            connection = Connection(channel)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            script(String(buffer: unwrapInboundIn(data)), connection)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    private let channel: any Channel
    let url: String

    init(_ script: @escaping Script) async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(script, channel))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        url = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
    }

    func stop() async throws { try await channel.close() }
}
