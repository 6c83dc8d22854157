internal import NIOCore
internal import NIOHTTP1
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Several servers that know of each other through their adapters only.
@Suite("A cluster", .timeLimit(.minutes(1)))
struct ClusterTests {
    private struct Profile: Codable, Sendable, Equatable {
        var name: String
    }

    private let question = Event<String>("q").returning(Int.self)

    /// Three servers, each with one client that has joined `/`; its state is the name that it gave.
    private struct Three {
        let cluster = TestCluster()
        var stacks: [Stack] = []
        var namespaces: [Namespace<Profile>] = []
        var clients: [WebSocketClient] = []
        var ids: [SocketID] = []

        init() async throws {
            for name in ["one", "two", "three"] {
                var configuration = Configuration(adapter: cluster.factory(name))
                configuration.unixTime = { 1_700_000_000.5 }
                let stack = Stack(configuration)
                let namespace = stack.io.namespace("/") { try $0.auth(Profile.self) }
                let client = try await stack.webSocket(headers: ["Origin": "http://chat.example"])
                ids.append(SocketID(try await client.join(auth: #"{"name":"\#(name)"}"#)))
                stacks.append(stack)
                namespaces.append(namespace)
                clients.append(client)
            }
        }

        func settle() async { for stack in stacks { await stack.settle() } }

        func received() async throws -> [[WebSocketClient.Message]] {
            await settle()
            var all: [[WebSocketClient.Message]] = []
            for client in clients { all.append(try await client.received()) }
            return all
        }
    }

    private func nodes(_ names: String...) -> Set<NodeID> { Set(names.map { NodeID($0) }) }

    @Test("a broadcast reaches everybody once, a local one only here")
    func broadcast() async throws {
        let three = try await Three()
        three.namespaces[0].emit(Event<Bytes>("e"), Bytes([7]))
        let whole: [WebSocketClient.Message] = [
            .text(#"451-["e",{"_placeholder":true,"num":0}]"#), .binary([7]),
        ]
        #expect(try await three.received().map { $0.map(\.normal) } == [whole, whole, whole])
        three.namespaces[1].everyone.local.emit(Event<Int>("e"), 1)
        #expect(try await three.received() == [[], [.text(#"42["e",1]"#)], []])
        three.namespaces[2].everyone.except(Room(three.ids[0])).emit(Event<Int>("e"), 2)
        #expect(try await three.received() == [[], [.text(#"42["e",2]"#)], [.text(#"42["e",2]"#)]])
    }

    @Test("rooms are joined, left and closed, sockets disconnected, wherever they are")
    func rooms() async throws {
        let three = try await Three()
        let namespace = three.namespaces[0]
        namespace.to(Room(three.ids[1]), Room(three.ids[2])).join("red", "blue")
        await three.settle()
        #expect(await namespace.rooms() == ClusterAnswer(["red", "blue"]))
        #expect(await three.namespaces[1].rooms(of: three.ids[1]) == ["red", "blue", Room(three.ids[1])])
        #expect(await namespace.rooms(of: three.ids[1]) == nil)
        namespace.to("red", "blue").emit(Event<Int>("e"), 1)
        #expect(try await three.received() == [[], [.text(#"42["e",1]"#)], [.text(#"42["e",1]"#)]])
        namespace.to(Room(three.ids[2])).leave("blue")
        namespace.closeRoom("red")
        await three.settle()
        #expect(await namespace.rooms() == ClusterAnswer(["blue"]))
        namespace.to("blue").disconnect()
        #expect(try await three.received() == [[], [.text("41")], []])
        namespace.to(Room(three.ids[2])).disconnect(close: true)
        #expect(try await three.received()[2].prefix(1) == [.text("41")])
        #expect(await three.namespaces[2].everyone.sockets().isEmpty)
    }

    @Test("sockets of all servers are fetched with handshake, rooms and data")
    func fetch() async throws {
        let three = try await Three()
        three.namespaces[1].to(Room(three.ids[1])).join("red")
        await three.settle()
        let all = await three.namespaces[0].fetchSockets()
        #expect(all.isComplete)
        #expect(Set(all.value.map(\.id)) == Set(three.ids))
        let two = try #require(all.value.first { $0.id == three.ids[1] })
        #expect(two.node == NodeID("two"))
        #expect(two.rooms == ["red", Room(three.ids[1])])
        #expect(try two.state() == Profile(name: "two"))
        #expect(two.handshake.headers["origin"] == ["http://chat.example"])
        #expect(two.handshake.isCrossDomain)
        #expect(!two.handshake.isSecure)
        #expect(two.handshake.issued == 1_700_000_000_500)
        #expect(two.handshake.query == ["EIO": "4", "transport": "websocket"])
        #expect(two.handshake.url == "/socket.io/?EIO=4&transport=websocket")
        #expect(String(decoding: two.handshake.authJSON, as: UTF8.self) == #"{"name":"two"}"#)
        let socket = try #require(await three.namespaces[1].everyone.sockets().first)
        try socket.setData([1, 2])
        let red = await three.namespaces[0].to("red").fetchSockets()
        #expect(try red.value.map { try $0.data(as: [Int].self) } == [[1, 2]])
        #expect(try await socket.data(as: [Int].self) == [1, 2])
        #expect(await three.namespaces[0].everyone.local.fetchSockets().value.map(\.id) == [three.ids[0]])
        #expect(await three.namespaces[0].everyone.except("red").fetchSockets().value.count == 2)
    }

    @Test("a fetched socket is emitted to, asked, moved and disconnected through the cluster")
    func remoteSocket() async throws {
        let three = try await Three()
        let all = await three.namespaces[0].fetchSockets().value
        let remote = try #require(all.first { $0.id == three.ids[2] })
        remote.emit(Event<Int>("e"), 1)
        remote.join("red")
        let question = question
        let call = outcome { try await remote.call(question, "x") }
        #expect(try await three.clients[2].texts(2) == [#"42["e",1]"#, #"420["q","x"]"#])
        await three.clients[2].send("430[5]")
        #expect(try await call.value.get() == 5)
        #expect(await three.namespaces[2].rooms(of: remote.id)?.contains("red") == true)
        remote.leave("red")
        await three.settle()
        #expect(await three.namespaces[2].rooms(of: remote.id)?.contains("red") == false)
        let wrong = outcome { try await remote.call(question, "x") }
        _ = try await three.clients[2].texts(1)
        await three.clients[2].send("431[\"x\"]")
        #expect(await wrong.value.error as? CallError == .unexpectedReply("of another type"))
        let slow = outcome { try await remote.call(question, "x", timeout: .seconds(1)) }
        _ = try await three.clients[2].texts(1)
        for stack in three.stacks { await stack.advance(by: .seconds(1)) }
        #expect(await slow.value.error as? CallError == .timeout)
        remote.disconnect()
        #expect(try await three.received()[2] == [.text("41")])
        await #expect(throws: CallError.disconnected) { try await remote.call(question, "x") }
        #expect(three.cluster.pendingCount == 0)
    }

    @Test("answers come from all servers")
    func answers() async throws {
        let three = try await Three()
        let (namespace, question) = (three.namespaces[0], question)
        let call = outcome { try await namespace.everyone.call(question, "x") }
        for (index, client) in three.clients.enumerated() {
            #expect(try await client.texts(1) == [#"420["q","x"]"#])
            await client.send("430[\(index)]")
        }
        let report = try await call.value.get()
        #expect(report.replies == [three.ids[0]: 0, three.ids[1]: 1, three.ids[2]: 2])
        #expect(report.isComplete)
        await three.settle()
        #expect(three.cluster.pendingCount == 0)
    }

    @Test("a server that hears nothing, or dies, does not take the others' answers with it")
    func answersPartial() async throws {
        let three = try await Three()
        three.cluster.setDeaf("three")
        let (namespace, question) = (three.namespaces[0], question)
        let call = outcome { try await namespace.everyone.timeout(.seconds(1)).call(question, "x") }
        for client in three.clients.prefix(2) {
            _ = try await client.texts(1)
            await client.send("430[1]")
        }
        await three.settle()
        for stack in three.stacks { await stack.advance(by: .seconds(1)) }
        let report = try await call.value.get()
        #expect(report.replies == [three.ids[0]: 1, three.ids[1]: 1])
        #expect(report.missingNodes == nodes("three"))
        #expect(report.missing.isEmpty)
        three.cluster.setDeaf("three", false)
        let second = outcome { try await namespace.everyone.timeout(.seconds(1)).call(question, "x") }
        for client in three.clients { _ = try await client.texts(1) }
        await three.clients[0].send("431[1]")
        await three.clients[1].wire.cut()
        await three.settle()
        three.cluster.kill("three")
        // No clock was moved.
        let rest = try await second.value.get()
        #expect(rest.replies == [three.ids[0]: 1])
        #expect(rest.missing == [three.ids[1], three.ids[2]])
        #expect(rest.disconnected == [three.ids[1], three.ids[2]])
        #expect(rest.missingNodes == nodes("three"))
        await three.settle()
        #expect(three.cluster.pendingCount == 0)
    }

    @Test("servers that do not answer are named, what the others said is kept")
    func partialQueries() async throws {
        let three = try await Three()
        three.cluster.setDeaf("two")
        let namespace = three.namespaces[0]
        let fetch = outcome { await namespace.fetchSockets() }
        while three.cluster.said.all.count < 2 { await three.settle() }
        three.cluster.expire()
        let sockets = try await fetch.value.get()
        #expect(sockets.missing == nodes("two"))
        #expect(!sockets.isComplete)
        #expect(Set(sockets.value.map(\.id)) == [three.ids[0], three.ids[2]])
        let rooms = outcome { await namespace.rooms() }
        while three.cluster.said.all.count < 4 { await three.settle() }
        three.cluster.kill("two")
        #expect(try await rooms.value.get() == ClusterAnswer([], missing: nodes("two")))
        #expect(three.cluster.pendingCount == 0)
    }

    @Test("servers tell each other events, and answer them")
    func serverSide() async throws {
        let three = try await Three()
        let heard = Recorder<String>()
        for (index, namespace) in three.namespaces.enumerated() {
            namespace.onServerEvent(Event<String, Int>("news")) { text, number in
                heard.add("\(index) \(text) \(number)")
            }
            namespace.onServerEvent(Event<Int>("double").returning(Int.self)) { $0 * 2 + index }
        }
        three.namespaces[0].serverSideEmit(Event<String, Int>("news"), "n", 1)
        #expect(Set([await heard.next(), await heard.next()]) == ["1 n 1", "2 n 1"])
        let double = Event<Int>("double").returning(Int.self)
        let report = try await three.namespaces[0].serverSideCall(double, 10)
        #expect(report.replies == [NodeID("two"): 21, NodeID("three"): 22])
        #expect(report.isComplete)
        #expect(heard.all.count == 2)
        #expect(try await three.received() == [[], [], []])
        // Of another type, refused, from nobody.
        let text = try await three.namespaces[0].serverSideCall(
            Event<Int>("double").returning(String.self), 1)
        #expect(text.unexpected == nodes("two", "three"))
        #expect(!text.isComplete)
        for name in ["connect", "connection", "new_namespace"] {
            await #expect(throws: EmitError.reservedName(name)) {
                try await three.namespaces[0].serverSideCall(Event<Int>(name).returning(Int.self), 1)
            }
        }
        let before = three.cluster.said.all.count
        three.namespaces[0].serverSideEmit(Event<Int>("connection"), 1)
        #expect(three.cluster.said.all.count == before)
    }

    @Test("a lone server has nobody to tell")
    func alone() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        root.onServerEvent(Event<Int>("e")) { _ in Issue.record("told itself") }
        root.serverSideEmit(Event<Int>("e"), 1)
        let report = try await root.serverSideCall(Event<Int>("e").returning(Int.self), 1)
        #expect(report.replies.isEmpty)
        #expect(report.isComplete)
        #expect(await root.serverCount() == 1)
    }

    @Test("servers come and go")
    func membership() async throws {
        let cluster = TestCluster()
        let changes = Recorder<String>()
        let first = Stack(Configuration(adapter: cluster.factory("one")))
        let root = first.io.namespace()
        root.onNodeJoined { changes.add("+\($0)") }.onNodeLeft { changes.add("-\($0)") }
        let second = Stack(Configuration(adapter: cluster.factory("two")))
        let other = second.io.namespace()
        #expect(await changes.next() == "+two")
        #expect(await root.serverCount() == 2)
        #expect(await other.serverCount() == 2)
        other.core.adapter.close()
        #expect(await changes.next() == "-two")
        #expect(await root.serverCount() == 1)
    }
}
