internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization
internal import Testing

@testable internal import SocketIO

/// One request to many clients: who answered what, and who did not.
@Suite("Broadcasts that are answered", .timeLimit(.minutes(1)))
struct BroadcastAnswerTests {
    private let question = Event<String>("q").returning(Int.self)

    /// Clients that have joined, every second one on the last loop, and their ids.
    private struct Crowd {
        let stack: Stack
        let root: Namespace<Void>
        var clients: [WebSocketClient] = []
        var ids: [SocketID] = []

        init(_ count: Int, loops: Int = 1, _ configuration: Configuration = .init()) async throws {
            stack = Stack(configuration, loops: loops)
            root = stack.io.namespace()
            for index in 0..<count {
                let client = try await stack.webSocket(loop: index % loops)
                ids.append(SocketID(try await client.join()))
                clients.append(client)
            }
        }

        /// Nothing waits any more: neither in the namespace nor on a loop.
        func expectNothingPending() async {
            await stack.settle()
            #expect(root.core.pendingAsks.load(ordering: .relaxed) == 0)
            for shard in root.core.shards {
                let count = try? await shard.eventLoop.submit { shard.callCount }.get()
                #expect(count == 0)
            }
        }
    }

    @Test("everybody answers: one packet with one ack id for all", arguments: [1, 2])
    func complete(_ loops: Int) async throws {
        let crowd = try await Crowd(3, loops: loops)
        let (root, question) = (crowd.root, question)
        let call = outcome { try await root.everyone.timeout(.seconds(5)).call(question, "x") }
        for (index, client) in crowd.clients.enumerated() {
            #expect(try await client.texts(1) == [#"420["q","x"]"#])
            await client.send("430[\(index)]")
        }
        let report = try await call.value.get()
        #expect(report.replies == [crowd.ids[0]: 0, crowd.ids[1]: 1, crowd.ids[2]: 2])
        #expect(report.isComplete)
        #expect(report.missing.isEmpty)
        await crowd.expectNothingPending()
    }

    @Test("the time is up: what came is kept, who is missing is named", arguments: [1, 2])
    func partial(_ loops: Int) async throws {
        let crowd = try await Crowd(3, loops: loops)
        let (root, question) = (crowd.root, question)
        let call = outcome { try await root.everyone.timeout(.seconds(5)).call(question, "x") }
        for client in crowd.clients { _ = try await client.texts(1) }
        await crowd.clients[1].send("430[7]")
        await crowd.clients[2].send("430[\"no number\"]")
        await crowd.stack.settle()
        await crowd.stack.advance(by: .seconds(5))
        let report = try await call.value.get()
        #expect(report.replies == [crowd.ids[1]: 7])
        #expect(report.missing == [crowd.ids[0]])
        #expect(report.disconnected.isEmpty)
        #expect(Set(report.unexpected.keys) == [crowd.ids[2]])
        #expect(try #require(report.unexpected[crowd.ids[2]]).decode(String.self) == "no number")
        #expect(!report.isComplete)
        // A late answer counts for nothing and breaks nothing.
        await crowd.clients[0].send("430[1]", #"42["e"]"#)
        await crowd.expectNothingPending()
        #expect(crowd.root.socketCount == 3)
    }

    @Test("a client that goes is missing at once", arguments: ["41", ""])
    func disconnected(_ packet: String) async throws {
        let crowd = try await Crowd(2, loops: 2)
        let (root, question) = (crowd.root, question)
        let call = outcome { try await root.everyone.timeout(.seconds(5)).call(question, "x") }
        for client in crowd.clients { _ = try await client.texts(1) }
        await crowd.clients[0].send("430[1]")
        if packet.isEmpty { await crowd.clients[1].wire.cut() } else { await crowd.clients[1].send(packet) }
        // No clock was moved.
        let report = try await call.value.get()
        #expect(report.replies == [crowd.ids[0]: 1])
        #expect(report.missing == [crowd.ids[1]])
        #expect(report.disconnected == [crowd.ids[1]])
        await crowd.expectNothingPending()
    }

    @Test("nobody to ask is answered at once", arguments: [0, 2])
    func nobody(_ clients: Int) async throws {
        let crowd = try await Crowd(clients)
        let report = try await crowd.root.to("nobody").call(question, "x")
        #expect(report.replies.isEmpty)
        #expect(report.isComplete)
        await crowd.expectNothingPending()
    }

    @Test("only a socket's first answer counts; a stranger's does not")
    func firstAnswer() async throws {
        let crowd = try await Crowd(3)
        for socket in await crowd.root.everyone.sockets() where socket.id != crowd.ids[2] {
            socket.join("red")
        }
        let (root, question) = (crowd.root, question)
        let call = outcome { try await root.to("red").call(question, "x") }
        for client in crowd.clients.prefix(2) { _ = try await client.texts(1) }
        await crowd.clients[2].send("430[9]")
        await crowd.clients[0].send("430[1]", "430[2]")
        await crowd.clients[1].send("430[3]")
        #expect(try await call.value.get().replies == [crowd.ids[0]: 1, crowd.ids[1]: 3])
    }

    @Test("answers of several values, and of bytes")
    func values() async throws {
        let crowd = try await Crowd(1)
        let root = crowd.root
        let pair = Event<Int>("pair").returning(Several<Int, String>.self)
        let first = outcome { try await root.everyone.call(pair, 1) }
        _ = try await crowd.clients[0].texts(1)
        await crowd.clients[0].send("430[5,\"five\"]")
        let values = try #require(try await first.value.get().replies[crowd.ids[0]]).values
        #expect(values == (5, "five"))
        let bytes = outcome {
            try await root.everyone.call(Event<Bytes>("b").returning(Bytes.self), Bytes([1]))
        }
        #expect(
            try await crowd.clients[0].next().normal == .text(#"451-1["b",{"_placeholder":true,"num":0}]"#))
        #expect(try await crowd.clients[0].next() == .binary([1]))
        await crowd.clients[0].send(#"461-1[{"_placeholder":true,"num":0}]"#)
        await crowd.clients[0].send(binary: [2, 3])
        #expect(try await bytes.value.get().replies == [crowd.ids[0]: Bytes([2, 3])])
        let raw = outcome { try await root.everyone.call("raw", EncodedArguments(json: Array("1".utf8))) }
        #expect(try await crowd.clients[0].texts(1) == [#"422["raw",1]"#])
        await crowd.clients[0].send("432[1,2,3]")
        #expect(try await raw.value.get().replies[crowd.ids[0]]?.count == 3)
    }

    @Test("a broadcast and a call of the same socket wait for different acks")
    func oneIDSpace() async throws {
        let crowd = try await Crowd(1)
        let (root, question) = (crowd.root, question)
        let socket = try #require(await root.everyone.sockets().first)
        let one = outcome { try await socket.call(question, "one") }
        #expect(try await crowd.clients[0].texts(1) == [#"420["q","one"]"#])
        let all = outcome { try await root.everyone.call(question, "all") }
        #expect(try await crowd.clients[0].texts(1) == [#"421["q","all"]"#])
        await crowd.clients[0].send("431[2]", "430[1]")
        #expect(try await one.value.get() == 1)
        #expect(try await all.value.get().replies == [crowd.ids[0]: 2])
    }

    @Test("a cancelled task gets what has come")
    func cancelled() async throws {
        let crowd = try await Crowd(2)
        let (root, question) = (crowd.root, question)
        let call = outcome { try await root.everyone.timeout(.seconds(5)).call(question, "x") }
        for client in crowd.clients { _ = try await client.texts(1) }
        await crowd.clients[0].send("430[1]")
        await crowd.stack.settle()
        call.cancel()
        let report = try await call.value.get()
        #expect(report.replies == [crowd.ids[0]: 1])
        #expect(report.missing == [crowd.ids[1]])
        await crowd.expectNothingPending()
    }

    @Test("more pending broadcasts than allowed, and reserved names, are refused before anything is sent")
    func refused() async throws {
        let crowd = try await Crowd(1, Configuration(maxPendingCalls: 1))
        let (root, question) = (crowd.root, question)
        let first = outcome { try await root.everyone.call(question, "x") }
        _ = try await crowd.clients[0].texts(1)
        await #expect(throws: CallError.tooManyPending) { try await root.everyone.call(question, "y") }
        await #expect(throws: EmitError.reservedName("disconnect")) {
            try await root.everyone.call(Event<Int>("disconnect").returning(Int.self), 1)
        }
        #expect(try await crowd.clients[0].received() == [])
        await crowd.clients[0].send("430[1]")
        #expect(try await first.value.get().isComplete)
        await crowd.expectNothingPending()
    }

    @Test("without a time of its own a broadcast waits as long as the configuration says")
    func defaultTimeout() async throws {
        let crowd = try await Crowd(1, Configuration(ackTimeout: .seconds(2)))
        let (root, question) = (crowd.root, question)
        let ended = Recorder<Bool>()
        let call = outcome {
            defer { ended.add(true) }
            return try await root.everyone.call(question, "x")
        }
        _ = try await crowd.clients[0].texts(1)
        await crowd.stack.advance(by: .milliseconds(1_999))
        #expect(ended.all.isEmpty)
        await crowd.stack.advance(by: .milliseconds(1))
        #expect(try await call.value.get().missing == [crowd.ids[0]])
    }

    @Test("a stream yields each answer as it comes, then who did not answer")
    func stream() async throws {
        let crowd = try await Crowd(4)
        let stream = try crowd.root.everyone.timeout(.seconds(5)).answers(to: question, "x")
        for client in crowd.clients { _ = try await client.texts(1) }
        var answers = stream.makeAsyncIterator()
        await crowd.clients[2].send("430[2]")
        var next = try #require(await answers.next())
        #expect(next.socket == crowd.ids[2])
        #expect(next.result == .success(2))
        await crowd.clients[0].wire.cut()
        next = try #require(await answers.next())
        #expect(next.socket == crowd.ids[0])
        #expect(next.result == .failure(.disconnected))
        await crowd.clients[1].send("430[null]")
        next = try #require(await answers.next())
        #expect(next.socket == crowd.ids[1])
        guard case .failure(.unexpectedReply) = next.result else {
            Issue.record("\(next)")
            return
        }
        await crowd.stack.advance(by: .seconds(5))
        next = try #require(await answers.next())
        #expect(next.socket == crowd.ids[3])
        #expect(next.result == .failure(.timeout))
        #expect(await answers.next() == nil)
        await crowd.expectNothingPending()
    }

    @Test("whoever stops listening to the stream ends the collection")
    func streamAbandoned() async throws {
        let crowd = try await Crowd(2)
        do {
            let stream = try crowd.root.everyone.answers(to: question, "x")
            for client in crowd.clients { _ = try await client.texts(1) }
            await crowd.clients[0].send("430[2]")
            for await answer in stream {
                #expect(answer.result == .success(2))
                break
            }
        }
        await crowd.expectNothingPending()
    }
}
