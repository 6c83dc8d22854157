internal import EngineIOProtocol
internal import NIOCore
internal import NIOEmbedded
internal import Testing

@testable internal import EngineIO

/// What a client sends before it has the answer to what it sent before that.
struct PipeliningTests {
    /// Counts how often the channel below reads.
    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        var reads = 0

        func read(context: ChannelHandlerContext) {
            reads += 1
            context.read()
        }
    }

    private static let opening = Wire.request("GET", "EIO=4&transport=polling")

    private static func poll(_ sid: String) -> String {
        Wire.request("GET", "EIO=4&transport=polling&sid=\(sid)")
    }

    @Test("Who sends ahead is read again when what was sent is answered")
    func holdsReading() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            let counter = ReadCounter()
            try wire.channel.pipeline.syncOperations.addHandler(counter, position: .first)
            wire.send(Self.poll(sid))
            wire.channel.read()
            #expect(counter.reads == 1, "a poll alone holds nothing up")
            wire.send(Self.opening)
            wire.channel.read()
            #expect(counter.reads == 1)
            try server.session.send(.text(Array("4a".utf8)))
            #expect(wire.answer()?.body == "4a")
            #expect(wire.answer()?.body.hasPrefix("0{") == true)
            #expect(counter.reads == 2)
            wire.channel.read()
            #expect(counter.reads == 3)
        }
    }

    @Test("Nonsense behind a poll that is held is refused after its answer")
    func nonsenseBehindPoll() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            wire.send(Self.poll(sid) + "nonsense\r\n\r\n")
            #expect(wire.isOpen)
            #expect(wire.answer() == nil)
            try server.session.send(.text(Array("4a".utf8)))
            #expect(wire.answer()?.body == "4a")
            #expect(wire.answer()?.status == 400)
            #expect(!wire.isOpen)
        }
    }

    @Test("Nonsense behind requests that wait is refused after them")
    func nonsenseBehindMany() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            wire.send(Self.poll(sid) + Self.opening + Self.opening + "nonsense\r\n\r\n")
            try server.session.send(.text(Array("4a".utf8)))
            #expect(wire.answer()?.body == "4a")
            for _ in 0..<2 { #expect(wire.answer()?.body.hasPrefix("0{") == true) }
            #expect(wire.answer()?.status == 400)
            #expect(!wire.isOpen)
        }
    }

    @Test("A body that becomes nonsense after its answer gets no second one")
    func nonsenseAfterAnswer() throws {
        try TestServer.run(EngineConfiguration(maxPayload: 4)) { server in
            let (wire, sid) = try server.openPolling()
            let head = Wire.request(
                "POST", "EIO=4&transport=polling&sid=\(sid)", headers: ["Transfer-Encoding: chunked"])
            wire.send(head + "6\r\n4abcde\r\n")
            #expect(wire.answer()?.status == 413)
            wire.send("zz\r\n")
            #expect(wire.bytes().isEmpty)
            #expect(!wire.isOpen)
        }
    }

    @Test("What was sent behind the request that ends the connection is forgotten with it")
    func forgotten() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            let last = Wire.request("GET", "EIO=4&transport=polling", headers: ["Connection: close"])
            wire.send(Self.poll(sid) + last + Self.opening)
            try server.session.send(.text(Array("4a".utf8)))
            #expect(wire.answer()?.body == "4a")
            #expect(wire.answer()?.body.hasPrefix("0{") == true)
            #expect(!wire.isOpen)
            #expect(server.application.takeEvents() == ["open", "open"])
        }
    }

    @Test("A WebSocket that was asked for ahead opens when its turn comes, with the frames behind it")
    func upgradeBehindPoll() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            let upgrade = Wire.upgrade("EIO=4&transport=websocket")
            wire.send(Array((Self.poll(sid) + upgrade).utf8) + Frame.client(Frame.text, "4late"))
            #expect(wire.answer() == nil)
            try server.session.send(.text(Array("4a".utf8)))
            #expect(wire.answer()?.body == "4a")
            #expect(try wire.takeUpgradeAnswer() == 101)
            #expect(server.application.takeEvents() == ["open", "open", "text late"])
        }
    }

    @Test("An answer too long to be copied arrives whole", arguments: [16_000, 16_384, 20_000, 100_000])
    func longAnswer(length: Int) throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            let text = String(repeating: "x", count: length)
            try server.session.send(.text(Array("4\(text)".utf8)))
            wire.send(Self.poll(sid))
            #expect(wire.answer()?.body == "4\(text)")
        }
    }

    @Test(
        "Answers that are written straight away are those that are put together", arguments: ["", "a", "äöü"])
    func usualAnswers(text: String) throws {
        func answers(_ configuration: EngineConfiguration) throws -> [String] {
            var answers: [String] = []
            try TestServer.run(configuration) { server in
                let (wire, sid) = try server.openPolling()
                try server.session.send(.text(Array("4\(text)".utf8)))
                wire.send(Self.poll(sid))
                answers.append(wire.text())
                wire.post(sid, "4\(text)")
                answers.append(wire.text())
            }
            return answers
        }
        var together = EngineConfiguration()
        together.hooks.headers = { _, _ in }
        let straight = try answers(EngineConfiguration())
        #expect(straight == (try answers(together)))
        #expect(
            straight[0].hasPrefix("HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Type: text/plain"))
    }
}
