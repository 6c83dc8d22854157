internal import SocketIOCore
internal import Testing

@testable internal import SocketIO

/// Rooms that come and go.
@Suite("Room events", .timeLimit(.minutes(1)))
struct RoomEventTests {
    private func watched(_ root: Namespace<Void>) -> Recorder<String> {
        let seen = Recorder<String>()
        root.onRoomCreated { seen.add("create \($0)") }
            .onRoomDeleted { seen.add("delete \($0)") }
            .onRoomJoined { seen.add("join \($0) \($1)") }
            .onRoomLeft { seen.add("leave \($0) \($1)") }
        return seen
    }

    @Test("each room comes with its first socket and goes with its last", arguments: [1, 2])
    func events(_ loops: Int) async throws {
        let stack = Stack(loops: loops)
        let root = stack.io.namespace()
        let seen = watched(root)
        let first = try await stack.webSocket()
        let a = try await first.join()
        let second = try await stack.webSocket(loop: loops - 1)
        let b = try await second.join()
        await stack.settle()
        #expect(seen.all == ["create \(a)", "join \(a) \(a)", "create \(b)", "join \(b) \(b)"])
        let sockets = await root.everyone.sockets()
        let socketOfA = try #require(sockets.first { $0.id.description == a })
        let socketOfB = try #require(sockets.first { $0.id.description == b })
        socketOfA.join("red")
        await stack.settle()
        socketOfB.join("red", "red")
        await stack.settle()
        socketOfA.leave("red")
        socketOfA.leave("red")
        await stack.settle()
        await second.wire.cut()
        await stack.settle()
        #expect(
            seen.all.dropFirst(4) == [
                "create red", "join red \(a)", "join red \(b)", "leave red \(a)", "leave \(b) \(b)",
                "delete \(b)", "leave red \(b)", "delete red",
            ])
    }

    @Test("rooms that were there before anybody watched go like the others", arguments: [1, 2])
    func late(_ loops: Int) async throws {
        let stack = Stack(loops: loops)
        let root = stack.io.namespace()
        let clients = [try await stack.client(), try await stack.client(loop: loops - 1)]
        root.everyone.join("red")
        await stack.settle()
        let seen = watched(root)
        await stack.settle()
        #expect(seen.all == [])
        await clients[0].wire.cut()
        #expect(!seen.all.contains("delete red"))
        await clients[1].wire.cut()
        #expect(seen.all.filter { $0 == "delete red" }.count == 1)
        #expect(seen.all.filter { $0.hasPrefix("leave red ") }.count == 2)
    }
}
