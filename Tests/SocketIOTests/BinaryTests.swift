internal import NIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Attachments, both ways and at any depth.
@Suite("Binary", .timeLimit(.minutes(5)))
struct BinaryTests {
    private struct Upload: Codable, Sendable, Equatable {
        struct Part: Codable, Sendable, Equatable {
            var name: String
            var data: Bytes
        }

        var title: String
        var parts: [Part]
    }

    private let upload = Upload(
        title: "t", parts: [.init(name: "a", data: Bytes([1, 2])), .init(name: "b", data: Bytes([]))])

    @Test("attachments reach the place of their placeholder")
    func incoming() async throws {
        let stack = Stack()
        let seen = Recorder<Upload>()
        let bytes = Recorder<Bytes>()
        stack.io.namespace().on(Event<Upload, Bytes>("up")) { _, value, extra in
            seen.add(value)
            bytes.add(extra)
        }
        let client = try await stack.client()
        let packet =
            #"453-["up",{"title":"t","parts":[{"name":"a","data":{"_placeholder":true,"num":1}},"#
            + #"{"name":"b","data":{"num":2,"_placeholder":true}}]},{"_placeholder":true,"num":0}]"#
        await client.send(packet)
        await client.send(binary: [9])
        await client.send(binary: [1, 2])
        #expect(seen.all.isEmpty)
        await client.send(binary: [])
        #expect(await seen.next() == upload)
        #expect(await bytes.next() == Bytes([9]))
    }

    @Test("one attachment may be used twice, an unused one is dropped")
    func reuse() async throws {
        let stack = Stack()
        let seen = Recorder<[Bytes]>()
        stack.io.namespace().on(Event<Bytes, Bytes>("two")) { _, first, second in seen.add([first, second]) }
        let client = try await stack.client()
        await client.send([
            .text(#"452-["two",{"_placeholder":true,"num":1},{"_placeholder":true,"num":1}]"#), .binary([7]),
            .binary([8]),
        ])
        #expect(await seen.next() == [Bytes([8]), Bytes([8])])
    }

    @Test("a binary packet without attachments is complete at once, and keeps nothing")
    func none() async throws {
        let stack = Stack()
        let seen = Recorder<Int>()
        stack.io.namespace().on(Event<Int>("e")) { _, number in seen.add(number) }
        let client = try await stack.client()
        await client.send(#"450-["e",1]"#, #"42["e",2]"#)
        #expect(seen.all == [1, 2])
        await client.send(binary: [1])
        #expect(try await client.next() == .close(nil))
    }

    @Test("a placeholder in a packet without attachments is plain data")
    func plain() async throws {
        let stack = Stack()
        let seen = Recorder<JSONValue>()
        let errors = Recorder<Bool>()
        let root = stack.io.namespace()
        root.on(Event<JSONValue>("any")) { _, value in seen.add(value) }
        root.on(Event<Bytes>("bytes")) { _, _ in seen.add(.null) }
        root.onError { _, _ in errors.add(true) }
        let client = try await stack.client()
        await client.send(
            #"42["any",{"_placeholder":true,"num":0}]"#, #"42["bytes",{"_placeholder":true,"num":0}]"#)
        #expect(seen.all == [.object(["_placeholder": .bool(true), "num": .integer(0)])])
        #expect(errors.all == [true])
    }

    @Test("any value: binary is found wherever it stands")
    func anyValue() async throws {
        let stack = Stack()
        let seen = Recorder<JSONValue>()
        stack.io.namespace().on(Event<JSONValue>("any")) { _, value in seen.add(value) }
        let client = try await stack.client()
        await client.send([
            .text(#"451-["any",{"a":[1,-2.5,"x",null,true,{"_placeholder":true,"num":0}],"b":{}}]"#),
            .binary([4, 5]),
        ])
        #expect(
            await seen.next()
                == .object([
                    "a": .array([
                        .integer(1), .number(-2.5), .string("x"), .null, .bool(true), .bytes(Bytes([4, 5])),
                    ]),
                    "b": .object([:]),
                ]))
    }

    @Test("outgoing bytes become placeholders and frames that nothing comes between")
    func outgoing() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        let client = try await stack.client()
        let socket = try #require(await root.everyone.sockets().first)
        socket.emit(Event<Bytes, [Bytes]>("e"), Bytes([1]), [Bytes([2, 3]), Bytes([])])
        socket.emit(Event<Int>("n"), 1)
        let expectedText =
            #"453-["e",{"_placeholder":true,"num":0},[{"_placeholder":true,"num":1},{"_placeholder":true,"num":2}]]"#
        let messages = [try await client.next(), try await client.next(), try await client.next()]
        #expect(Self.sameJSON(messages[0], expectedText))
        #expect(messages[1...] == [.binary([1]), .binary([2, 3])])
        #expect(try await client.next() == .binary([]))
        #expect(try await client.next() == .text(#"42["n",1]"#))
    }

    @Test("binary goes to rooms, in acks, and back in the answers of calls")
    func acksAndRooms() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        root.on(Event<Bytes>("twice").returning(Bytes.self)) { _, value in Bytes(value.bytes + value.bytes) }
        let client = try await stack.client()
        await client.send([.text(#"451-7["twice",{"_placeholder":true,"num":0}]"#), .binary([1, 2])])
        #expect(Self.sameJSON(try await client.next(), #"461-7[{"_placeholder":true,"num":0}]"#))
        #expect(try await client.next() == .binary([1, 2, 1, 2]))
        root.emit(Event<Bytes>("all"), Bytes([5]))
        #expect(Self.sameJSON(try await client.next(), #"451-["all",{"_placeholder":true,"num":0}]"#))
        #expect(try await client.next() == .binary([5]))
        let socket = try #require(await root.everyone.sockets().first)
        let call = Task { try await socket.call(Request<Bytes, Int>("give"), 3, timeout: .seconds(1)) }
        #expect(try await client.texts(1) == [#"420["give",3]"#])
        await client.send([.text(#"461-0[{"_placeholder":true,"num":0}]"#), .binary([6, 6, 6])])
        #expect(try await call.value == Bytes([6, 6, 6]))
    }

    @Test("an echo of what came keeps its attachments")
    func rawEcho() async throws {
        let stack = Stack()
        stack.io.namespace().on(raw: "echo") { socket, arguments in
            socket.emit("echo", arguments.encoded)
            return nil
        }
        let client = try await stack.client()
        await client.send([.text(#"451-["echo",{"_placeholder":true,"num":0}]"#), .binary([1])])
        #expect(try await client.next() == .text(#"451-["echo",{"_placeholder":true,"num":0}]"#))
        #expect(try await client.next() == .binary([1]))
    }

    /// The encoder may write the two keys of a placeholder in either order.
    private static func sameJSON(_ message: WebSocketClient.Message, _ expected: String) -> Bool {
        guard case .text(let text) = message else { return false }
        var normal = text
        for number in 0..<3 {
            let other = "{\"num\":\(number),\"_placeholder\":true}"
            while let found = normal.firstRange(of: other) {
                normal.replaceSubrange(found, with: "{\"_placeholder\":true,\"num\":\(number)}")
            }
        }
        return normal == expected
    }
}
