internal import EngineIOProtocol
internal import Logging
internal import NIOCore
internal import NIOEmbedded
internal import Testing

@testable internal import EngineIO

/// An engine on an event loop whose time the test moves, with connections that have no sockets.
final class TestServer {
    let loop = EmbeddedEventLoop()
    let application = RecordingApplication()
    let engine: EngineServer
    private let loops: EngineListener.Loops
    private let listener: ListenerContext
    private var wires: [Wire] = []

    private init(_ configuration: EngineConfiguration, _ limits: HTTPLimits) {
        engine = EngineServer(configuration: configuration, application: application)
        loops = EngineListener.Loops(group: loop)
        listener = ListenerContext(
            engines: [engine], plain: nil, limits: limits, isSecure: false, logger: Logger(label: "test"))
    }

    /// Runs a test with a server, then lets every client go away and looks for anything left behind.
    static func run(
        _ configuration: EngineConfiguration = .init(), limits: HTTPLimits = .init(),
        _ body: (TestServer) throws -> Void
    ) throws {
        let server = TestServer(configuration, limits)
        do {
            try body(server)
        } catch {
            try server.finish()
            throw error
        }
        try server.finish()
    }

    private func finish() throws {
        for wire in wires { wire.drop() }
        engine.closeAll()
        // Longer than anything waits for a client that is gone.
        advance(60_000)
        #expect(engine.sessionCount == 0, "sessions in the table")
        #expect(loops.loops[0].connections.isEmpty, "HTTP connections on the loop")
        #expect(loops.loops[0].webSockets.isEmpty, "WebSockets on the loop")
        #expect(loops.loops[0].wheel.count == 0, "timers in the wheel")
        wires = []
        #expect(application.sessions.isEmpty, "sessions in memory")
        try loop.syncShutdownGracefully()
    }

    /// How many HTTP connections and WebSockets the loop has.
    var connectionCount: Int { loops.loops[0].connections.count + loops.loops[0].webSockets.count }

    /// The compressors that the loop's WebSockets share.
    var deflatePool: DeflatePool { loops.loops[0].deflatePool }

    /// What the loop has counted.
    var meters: [LoopMeter] { loops.meters.map(\.meter) }

    /// The only session, or the last one.
    var session: EngineSession {
        get throws { try #require(application.sessions.last) }
    }

    /// Lets time pass; everything that is due happens.
    func advance(_ milliseconds: Int64) {
        loop.advanceTime(by: .milliseconds(milliseconds))
    }

    /// A new connection.
    func connect() throws -> Wire {
        let channel = EmbeddedChannel(loop: loop)
        try EngineListener.install(in: channel, loops: loops, listener: listener)
        try channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 4000)).wait()
        let wire = Wire(channel: channel, loop: loop)
        wires.append(wire)
        return wire
    }

    /// Opens a session by polling and takes its open packet; the connection is given to `wire`.
    func openPolling() throws -> (wire: Wire, sid: String) {
        let wire = try connect()
        wire.get("EIO=4&transport=polling")
        let answer = try #require(wire.answer())
        #expect(answer.status == 200)
        return (wire, try Self.sid(in: answer.body))
    }

    /// Opens a session by WebSocket and takes its open packet.
    func openWebSocket() throws -> Wire {
        let wire = try connect()
        wire.upgrade("EIO=4&transport=websocket")
        #expect(try wire.takeUpgradeAnswer() == 101)
        let frames = wire.frames()
        #expect(frames.count == 1)
        _ = try Self.sid(in: try #require(frames.first).text)
        return wire
    }

    /// Opens a WebSocket that probes for a polling session, and takes the 101.
    func openProbe(_ sid: String) throws -> Wire {
        let wire = try connect()
        wire.upgrade("EIO=4&transport=websocket&sid=\(sid)")
        #expect(try wire.takeUpgradeAnswer() == 101)
        return wire
    }

    /// The sid of an open packet.
    static func sid(in packet: String) throws -> String {
        let parts = packet.split(separator: "\"")
        try #require(parts.count > 3 && parts[0] == "0{" && parts[1] == "sid", "\(packet)")
        return String(parts[3])
    }
}
