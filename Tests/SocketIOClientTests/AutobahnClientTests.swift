internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import Testing
internal import WebSocketProtocol

@testable internal import SocketIOClient

/// The client's WebSocket against Autobahn's fuzzing server, whose cases it answers with an echo.
///
/// `AUTOBAHN_SERVER` is the server's `host:port`; `dev/autobahn --client` sets it and reads the verdicts afterwards.
@Suite(
    .enabled(if: ProcessInfo.processInfo.environment["AUTOBAHN_SERVER"] != nil), .serialized,
    .timeLimit(.minutes(30)))
struct AutobahnClientTests {
    /// Sends every message back; tells the first one, and the end.
    private final class Echo: ClientWebSocketOwner {
        let ended: EventLoopPromise<String>
        private var first = ""

        init(_ eventLoop: any EventLoop) { ended = eventLoop.makePromise() }

        func webSocketOpened(_ webSocket: ClientWebSocket) {}

        func webSocketReceived(
            _ webSocket: ClientWebSocket, _ kind: MessageKind, _ payload: ByteBuffer
        ) {
            if first.isEmpty { first = String(buffer: payload) }
            webSocket.write([(kind, Array(payload.readableBytesView))], promise: nil)
        }

        func webSocketBecameWritable(_ webSocket: ClientWebSocket) {}

        func webSocketEnded(_ webSocket: ClientWebSocket, _ end: ClientWebSocket.End) { ended.succeed(first) }
    }

    /// One WebSocket from its opening to its end.
    ///
    /// - Returns: its first message.
    private func run(_ target: String, at server: String) async throws -> String {
        let place = try #require(server.firstIndex(of: ":"))
        let port = try #require(Int(server[server.index(after: place)...]))
        let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
        let dialer = TCPDialer(
            host: String(server[..<place]), port: port, timeout: .seconds(10), encryption: nil)
        return try await eventLoop.flatSubmit {
            let echo = Echo(eventLoop)
            var random = SystemRandomNumberGenerator()
            let handshake = ClientHandshake(using: &random)
            // 16 MiB is the suite's longest message, 65,536 fragments its most.
            let webSocket = ClientWebSocket(
                owner: echo, handshake: handshake,
                request: handshake.request(target: target, host: server, headers: []), maxMessage: 17 << 20,
                maxFragments: 100_000)
            let isolated = NIOLoopBound(webSocket, eventLoop: eventLoop)
            let ended = echo.ended
            dialer.dial(on: eventLoop) { try $0.pipeline.syncOperations.addHandler(isolated.value) }
                .whenFailure { ended.fail($0) }
            // The socket does not keep its owner alive.
            let owner = NIOLoopBound(echo, eventLoop: eventLoop)
            return ended.futureResult.always { _ in withExtendedLifetime(owner) {} }
        }.get()
    }

    @Test func everyCase() async throws {
        let server = try #require(ProcessInfo.processInfo.environment["AUTOBAHN_SERVER"])
        let count = try #require(Int(try await run("/getCaseCount", at: server)))
        #expect(count > 0)
        for number in 1...count {
            _ = try await run("/runCase?case=\(number)&agent=SocketIOClient", at: server)
        }
        _ = try await run("/updateReports?agent=SocketIOClient", at: server)
    }
}
