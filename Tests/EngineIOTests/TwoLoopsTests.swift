internal import EngineIOProtocol
internal import NIOCore
internal import NIOEmbedded
internal import Synchronization
internal import Testing

@testable internal import EngineIO

/// A session on one event loop whose WebSocket, polls and bodies arrive on another.
@Suite(.timeLimit(.minutes(3)))
struct TwoLoopsTests {
    /// Keeps what a session hears, and echoes it.
    private final class Echo: EngineApplication, EngineSessionHandler {
        let events = Mutex<[String]>([])
        private let session = Mutex<EngineSession?>(nil)

        func sessionOpened(_ session: EngineSession) -> any EngineSessionHandler {
            self.session.withLock { $0 = session }
            return self
        }

        private func echo(_ packet: OutgoingPacket, _ event: String) {
            events.withLock { $0.append(event) }
            session.withLock { $0 }?.send(packet)
        }

        func received(text: ByteBuffer) {
            let bytes = Array(text.readableBytesView)
            echo(.text([0x34] + bytes), "text \(String(decoding: bytes, as: UTF8.self))")
        }

        func received(binary: ByteBuffer) {
            let bytes = Array(binary.readableBytesView)
            echo(.binary(bytes), "binary \(bytes)")
        }

        func closed(_ reason: CloseReason) {
            events.withLock { $0.append("closed \(reason.description)") }
            session.withLock { $0 = nil }
        }
    }

    @Test("Handshake here, everything else there")
    func upgrade() async throws {
        let echo = Echo()
        let network = try await TwoLoops(application: echo)
        let first = try await network.connect(0)
        try await first.write(Array(Wire.request("GET", "EIO=4&transport=polling").utf8))
        let sid = try TestServer.sid(in: try await first.answer().body)

        let second = try await network.connect(1)
        try await second.write(Wire.post(sid, Array("4by post".utf8)))
        #expect(try await second.answer().body == "ok")
        try await second.write(Array(Wire.request("GET", "EIO=4&transport=polling&sid=\(sid)").utf8))
        #expect(try await second.answer().body == "4by post")

        let webSocket = try await network.connect(1)
        try await webSocket.write(Array(Wire.upgrade("EIO=4&transport=websocket&sid=\(sid)").utf8))
        #expect(try await webSocket.answer().status == 101)
        try await webSocket.write(Frame.client(Frame.text, "2probe"))
        #expect(try await webSocket.frame().text == "3probe")
        try await webSocket.write(Frame.client(Frame.text, "5"))
        let numbers = 0..<50
        for number in numbers { try await webSocket.write(Frame.client(Frame.text, "4\(number)")) }
        try await webSocket.write(Frame.client(Frame.binary, [1, 2]))
        for number in numbers { #expect(try await webSocket.frame().text == "4\(number)") }
        #expect(try await webSocket.frame() == Frame(Frame.binary, [1, 2]))

        try await webSocket.write(Frame.client(Frame.close, [0x03, 0xE8]))
        #expect(try await webSocket.frame().closeCode == 1000)
        try await network.finish()
        #expect(
            echo.events.withLock { $0 } == ["text by post"] + numbers.map { "text \($0)" }
                + ["binary [1, 2]", "closed transport close"])
    }

    @Test("A poll held for a session of another loop: its connection goes, the session ends")
    func droppedPoll() async throws {
        let echo = Echo()
        let network = try await TwoLoops(application: echo)
        let first = try await network.connect(0)
        try await first.write(Array(Wire.request("GET", "EIO=4&transport=polling").utf8))
        let sid = try TestServer.sid(in: try await first.answer().body)
        let second = try await network.connect(1)
        try await second.write(Array(Wire.request("GET", "EIO=4&transport=polling&sid=\(sid)").utf8))
        try await network.settle()
        try await second.channel.close()
        try await network.settle()
        #expect(echo.events.withLock { $0 } == ["closed transport error"])
        try await network.finish()
    }
}
