internal import EngineIO
internal import Foundation
internal import Logging
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1
internal import NIOPosix
internal import ServiceLifecycle
internal import SocketIO
internal import Testing

/// A server that runs by itself or as one of a group's services, over a real socket.
@Suite("Serving", .timeLimit(.minutes(1)))
struct ServingTests {
    /// Says 418, so that it can be told from 404.
    private struct Teapot: PlainRequestResponder {
        func respond(to request: PlainRequest, writer: PlainResponseWriter) async throws {
            try await writer.write(
                head: .init(version: .http1_1, status: .imATeapot, headers: ["Content-Length": "0"]))
            try await writer.writeEnd()
        }
    }

    private struct Lines: LogHandler {
        let lines: Recorder<String>
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        init(_ lines: Recorder<String>) { self.lines = lines }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { lines.add("\(event.message)") }
    }

    private let lines = Recorder<String>()

    private func server() -> SocketIO {
        let lines = lines
        let io = SocketIO(threads: 1, logger: Logger(label: "test", factory: { _ in Lines(lines) }))
        _ = io.namespace()
        return io
    }

    /// The port of the line that says where the server listens.
    private func port() async throws -> Int {
        let line = await lines.next()
        let prefix = "listening on http://127.0.0.1:"
        try #require(line.hasPrefix(prefix), "\(line)")
        return try #require(Int(line.dropFirst(prefix.count)))
    }

    private func ask(_ target: String, field: String = "", port: Int) async throws -> String {
        try await RawRequest.send(
            "GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(field)\r\n", port: port)
    }

    @Test("a service says where it listens, answers, and ends in good order with its group")
    func service() async throws {
        let quiet = Logger(label: "group", factory: { _ in SwiftLogNoOpLogHandler() })
        let group = ServiceGroup(
            services: [server().service(port: 0, plain: Teapot(), drain: .seconds(1))], logger: quiet)
        let running = outcome { try await group.run() }
        let port = try await port()
        #expect(try await ask("/other", port: port).hasPrefix("HTTP/1.1 418 "))
        let open = try await ask("/socket.io/?EIO=4&transport=polling", port: port)
        #expect(open.contains("0{\"sid\":"))
        await group.triggerGracefulShutdown()
        try await running.value.get()
        await #expect(throws: (any Error).self) { try await ask("/other", port: port) }
    }

    @Test("a server ends with its task; the limits are the ones that it was given")
    func serve() async throws {
        var limits = HTTPLimits()
        limits.maxHeaderFields = 3
        let io = server()
        let running = outcome { [limits] in try await io.serve(port: 0, limits: limits) }
        let port = try await port()
        #expect(try await ask("/other", port: port).hasPrefix("HTTP/1.1 404 "))
        #expect(
            try await ask("/other", field: "A: 1\r\nB: 2\r\nC: 3\r\n", port: port).hasPrefix("HTTP/1.1 400 "))
        running.cancel()
        try await running.value.get()
        await #expect(throws: (any Error).self) { try await ask("/other", port: port) }
    }

    @Test("connections that somebody else accepts, here of a Unix socket, share the engine's sessions")
    func accepted() async throws {
        let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let io = SocketIO(logger: quiet)
        _ = io.namespace()
        let engine = io.makeEngine()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try EngineListener.accept(
                        channel, loops: io.loops, engines: [engine], plain: Teapot(), logger: quiet)
                }
            }
            .bind(unixDomainSocketPath: folder + "/s").get()
        let address = try #require(listener.localAddress)
        func ask(_ line: String, _ body: String = "") async throws -> String {
            try await RawRequest.send(
                "\(line) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                    + body, to: address)
        }
        let target = "/socket.io/?EIO=4&transport=polling"
        let sid = try #require(try await ask("GET \(target)").split(separator: "\"").dropFirst(3).first)
        // Each request has a connection of its own, all have the session.
        #expect(try await ask("POST \(target)&sid=\(sid)", "40").hasSuffix("\r\n\r\nok"))
        #expect(try await ask("GET \(target)&sid=\(sid)").contains("40{\"sid\":"))
        #expect(try await ask("GET /other").hasPrefix("HTTP/1.1 418 "))
        #expect(engine.sessionCount == 1)
        engine.closeAll()
        try await listener.close()
        let elsewhere = EmbeddedChannel()
        #expect(throws: ChannelError.inappropriateOperationForState) {
            try EngineListener.accept(elsewhere, loops: io.loops, engines: [engine], logger: quiet)
        }
        _ = try elsewhere.finish()
    }

    @Test("what cannot be served says so")
    func refused() async throws {
        var configuration = Configuration()
        configuration.engine.path = "nowhere"
        await #expect(throws: EngineConfigurationError.self) {
            try await SocketIO(configuration, threads: 1).serve(port: 0)
        }
    }
}
