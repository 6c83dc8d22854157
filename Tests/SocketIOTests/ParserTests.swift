internal import EngineIO
internal import NIOCore
internal import SocketIOEvents
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// A server whose packets are not the standard ones.
@Suite("Packet parsers", .timeLimit(.minutes(5)))
struct ParserTests {
    private func read(_ message: WebSocketClient.Message) throws -> StandardPacket {
        guard case .binary(let bytes) = message else { throw WebSocketClient.Broken(what: "not binary") }
        return try MessagePackParser().decode(bytes.span, isBinary: true, limits: .init())
    }

    private func write(_ text: String, _ attachments: [[UInt8]] = []) throws -> [UInt8] {
        let messages = try MessagePackParser().encode(
            StandardPacket(text: Array(text.utf8), attachments: attachments))
        guard case .binary(let bytes) = messages[0] else { return [] }
        return bytes
    }

    private func text(_ message: WebSocketClient.Message) throws -> String {
        String(decoding: try read(message).text, as: UTF8.self)
    }

    @Test("msgpack: joining, events both ways, acks, binary, broadcasts, refusals, leaving")
    func messagePack() async throws {
        let stack = Stack(Configuration(packetParser: MessagePackParser()))
        let root = stack.io.namespace()
        root.on(Event<Bytes, Int>("bin").returning(Bytes.self)) { _, bytes, number in
            Bytes(bytes.bytes + [UInt8(number)])
        }
        root.on(Event<String>("say")) { socket, text in root.emit(Event<String>("said"), text) }
        let client = try await stack.webSocket()
        await client.send(binary: try write("0"))
        #expect(try text(try await client.next()).hasPrefix(#"0{"sid":""#))
        await client.send(
            binary: try write(#"51-7["bin",{"_placeholder":true,"num":0},9]"#, [[1, 2]]))
        let ack = try read(try await client.next())
        #expect(String(decoding: ack.text, as: UTF8.self) == #"61-7[{"_placeholder":true,"num":0}]"#)
        #expect(ack.attachments == [[1, 2, 9]])
        await client.send(binary: try write(#"2["say","hé"]"#))
        #expect(try text(try await client.next()) == #"2["said","hé"]"#)
        await client.send(binary: try write("0/nope,"))
        #expect(try text(try await client.next()) == #"4/nope,{"message":"Invalid namespace"}"#)
        root.everyone.disconnect()
        #expect(try text(try await client.next()) == "1")
    }

    @Test("a message that is none of the parser's closes the connection", arguments: [true, false])
    func broken(_ isBinary: Bool) async throws {
        let stack = Stack(Configuration(packetParser: MessagePackParser()))
        _ = stack.io.namespace()
        let client = try await stack.webSocket()
        if isBinary { await client.send(binary: [0xC1]) } else { await client.send("40") }
        #expect(stack.engine.sessionCount == 0)
    }

    /// Standard packets in upper case brackets, to show what a parser of one's own takes.
    private struct Wrapped: PacketParser {
        func decode(
            _ message: Span<UInt8>, isBinary: Bool, limits: ParserLimits
        ) throws(SocketIOViolation) -> StandardPacket {
            guard !isBinary, message.count > 1, message[0] == 0x3C else { throw .unknownPacketType }
            var text: [UInt8] = []
            for index in 1..<message.count { text.append(message[index]) }
            return StandardPacket(text: text)
        }

        func encode(_ packet: StandardPacket) throws(SocketIOViolation) -> [ParserMessage] {
            guard packet.attachments.isEmpty else { throw .tooManyAttachments }
            return [.text([0x3C] + packet.text)]
        }
    }

    @Test("a parser of one's own; what it cannot say is not sent")
    func custom() async throws {
        let stack = Stack(Configuration(packetParser: Wrapped()))
        let root = stack.io.namespace()
        root.on(Event<Int>("e").returning(Int.self)) { socket, number in
            socket.emit(Event<Bytes>("raw"), Bytes([1]))
            return number
        }
        let client = try await stack.webSocket()
        await client.send("4<0")
        #expect(try await client.texts(1)[0].hasPrefix(#"4<0{"sid":""#))
        await client.send(#"4<21["e",5]"#)
        #expect(try await client.texts(1) == ["4<31[5]"])
    }
}
