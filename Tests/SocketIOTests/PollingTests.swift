internal import EngineIO
internal import NIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// The same server by long-polling.
@Suite("By long-polling", .timeLimit(.minutes(5)))
struct PollingTests {
    @Test("join, events, acks, binary and leaving")
    func everything() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        let reasons = Recorder<DisconnectReason>()
        root.onConnect { $0.emit(Event<String>("welcome"), "you") }
        root.on(Event<Int>("add").returning(Int.self)) { _, number in number + 1 }
        root.on(Event<Bytes>("twice").returning(Bytes.self)) { _, value in Bytes(value.bytes + value.bytes) }
        root.onDisconnect { _, reason in reasons.add(reason) }
        let client = try await stack.polling()
        #expect(try await client.send("40") == PollingClient.Answer(status: 200, body: "ok"))
        let first = try await client.poll()
        #expect(first.count == 2)
        #expect(first.first?.hasPrefix(#"40{"sid":""#) == true)
        #expect(first.last == #"42["welcome","you"]"#)
        _ = try await client.send(#"421["add",1]"#, #"422["add",2]"#)
        #expect(try await client.poll() == ["431[2]", "432[3]"])
        _ = try await client.send(#"451-3["twice",{"_placeholder":true,"num":0}]"#, "bAQI=")
        let answer = try await client.poll()
        #expect(answer.count == 2)
        #expect(answer.first?.hasPrefix("461-3[{") == true)
        #expect(answer.last == "bAQIBAg==")
        await client.beginPoll()
        root.emit(Event<Int>("pushed"), 7)
        #expect(try await client.pollAnswer() == [#"42["pushed",7]"#])
        _ = try await client.send("41")
        #expect(reasons.all == [.clientNamespaceDisconnect])
        #expect(root.socketCount == 0)
    }

    @Test("a poll that is cut ends the session")
    func cutPoll() async throws {
        let stack = Stack()
        let reasons = Recorder<DisconnectReason>()
        let root = stack.io.namespace()
        root.onDisconnect { _, reason in reasons.add(reason) }
        let client = try await stack.polling()
        _ = try await client.send("40")
        _ = try await client.poll()
        await client.beginPoll()
        await client.reading.cut()
        #expect(reasons.all == [.transportError])
        #expect(stack.engine.sessionCount == 0)
    }

    @Test("a client that stops polling is found out by the heartbeat")
    func silent() async throws {
        let stack = Stack()
        let reasons = Recorder<DisconnectReason>()
        let root = stack.io.namespace()
        root.onDisconnect { _, reason in reasons.add(reason) }
        let client = try await stack.polling()
        _ = try await client.send("40")
        _ = try await client.poll()
        await stack.advance(by: .milliseconds(44_900))
        #expect(reasons.all.isEmpty)
        await stack.advance(by: .milliseconds(200))
        #expect(reasons.all == [.pingTimeout])
        #expect(stack.engine.sessionCount == 0)
    }

    @Test("disconnecting with close answers the held poll with everything that was sent before")
    func closing() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        let client = try await stack.polling()
        _ = try await client.send("40")
        _ = try await client.poll()
        await client.beginPoll()
        let socket = try #require(await root.everyone.sockets().first)
        socket.eventLoop.execute {
            socket.emit(Event<Int>("last"), 1)
            socket.disconnect(close: true)
        }
        #expect(try await client.pollAnswer() == [#"42["last",1]"#, "41", "1"])
        #expect(stack.engine.sessionCount == 0)
    }
}
