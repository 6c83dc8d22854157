internal import EngineIOProtocol
internal import NIOCore
internal import Testing

@testable internal import EngineIO

/// A broadcast is framed once for all who get the same bytes, and for nobody else.
struct SharedFramesTests {
    private static func text(_ text: String) -> OutgoingPacket { .text(Array(text.utf8)) }

    @Test("Packets of the same length in one tick reach those whom they were sent to")
    func differentPackets() throws {
        try TestServer.run { server in
            let wires = try (0..<5).map { _ in try server.openWebSocket() }
            let sessions = server.application.sessions
            let (one, other) = (Self.text("4one"), Self.text("4two"))
            for session in sessions.prefix(3) { session.send(one, options: .shared) }
            for session in sessions.suffix(3) { session.send(other, options: .shared) }
            server.advance(0)
            for session in sessions.prefix(2) { session.send(other, options: .shared) }
            for session in sessions.suffix(3) { session.send(one, options: .shared) }
            let (first, second) = (["4one", "4two"], ["4two", "4one"])
            #expect(wires.map { $0.packets() } == [first, first, first + ["4one"], second, second])
        }
    }

    @Test("Binary messages have the form that each client's protocol wants")
    func forms() throws {
        try TestServer.run(EngineConfiguration(allowEIO3: true)) { server in
            let new = try server.openWebSocket()
            let old = try server.connect()
            old.upgrade("EIO=3&transport=websocket")
            #expect(try old.takeUpgradeAnswer() == 101)
            server.advance(10)
            #expect(old.frames().count == 1)
            let packet = OutgoingPacket.binary([1, 2, 3])
            for session in server.application.sessions { session.send(packet, options: .shared) }
            #expect(new.frames().map(\.payload) == [[1, 2, 3]])
            #expect(old.frames().map(\.payload) == [[4, 1, 2, 3]])
        }
    }

    @Test("Frames are made once, and kept for nobody when the loop has flushed")
    func madeOnce() {
        let frames = SharedFrames()
        let packet = Self.text("4a")
        let (mine, theirs) = (
            [OutboxEntry(packet, .shared)], [OutboxEntry(packet, [.shared, .uncompressed])]
        )
        #expect(frames.frames(of: mine, .v4) == nil)
        frames.keep(ByteBuffer(string: "x"), of: mine, .v4)
        #expect(frames.frames(of: theirs, .v4) == ByteBuffer(string: "x"))
        #expect(frames.frames(of: theirs, .v3) == nil)
        #expect(frames.frames(of: mine + theirs, .v4) == nil)
        #expect(
            frames.frames(of: [OutboxEntry(Self.text("4a"), .shared)], .v4) == nil, "equal is not the same")
        frames.forget()
        #expect(frames.frames(of: mine, .v4) == nil)
    }

    @Test("Only what goes to many is kept")
    func ownPackets() {
        let frames = SharedFrames()
        let entries = [OutboxEntry(Self.text("4a"), .shared), OutboxEntry(Self.text("4mine"))]
        frames.keep(ByteBuffer(string: "x"), of: entries, .v4)
        #expect(frames.frames(of: entries, .v4) == nil)
    }
}
