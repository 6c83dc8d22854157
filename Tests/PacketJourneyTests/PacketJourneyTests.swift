internal import ChatDomain
internal import ChatService
internal import EngineIOProtocol
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization
internal import Testing
internal import WebSocketProtocol

@testable internal import ChatGateway
@testable internal import SocketIO

/// One message through every room, by hand: each room gets the value that the room before it gave.
///
/// The numbers are the steps of the straight line in `ARCHITECTURE.md`.
@Suite("The journey of one message", .timeLimit(.minutes(5)))
struct PacketJourneyTests {
    /// The payload of `send`, as the client writes it.
    private struct Send: Decodable, Equatable {
        let c: String
        let cid: String
        let body: String
    }

    /// Keeps what the chat announces.
    private final class Ears: Announcer {
        let heard = Mutex<[Announcement]>([])

        func announce(_ announcement: Announcement) { heard.withLock { $0.append(announcement) } }
    }

    /// Who is in a room.
    private final class Member: Hashable {
        let name: String

        init(_ name: String) { self.name = name }

        static func == (left: Member, right: Member) -> Bool { left === right }

        func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }

    @Test("bytes become an event: steps 1 to 5")
    func inwards() throws {
        let event = try event(ofFrame: FixedMessage.frame)
        #expect(event.name == "send")
        #expect(event.ackID == 7)
        #expect(event.arguments.count == 1)
        #expect(
            try event.arguments.decode(Send.self)
                == Send(c: FixedMessage.room, cid: FixedMessage.cid, body: FixedMessage.body))
    }

    @Test("an event becomes a row, an announcement and frames: steps 6 to 12")
    func outwards() async throws {
        let ears = Ears()
        let journey = try await JourneyChat(announcer: ears)
        ears.heard.withLock { $0 = [] }
        let alice = journey.alice.account.user.id
        #expect("\(alice)" == FixedMessage.alice)
        #expect("\(journey.bob.account.user.id)" == FixedMessage.bob)

        // 6: the gateway's command.
        let request = try event(ofFrame: FixedMessage.frame).arguments.decode(Send.self)
        let room = try Parsing.conversation(request.c)
        let cid = try Parsing.value { () throws(InvalidValue) in try ClientMessageID(request.cid) }
        let body = try Parsing.value { () throws(InvalidValue) in try MessageBody(request.body) }
        #expect(room == ConversationID(FixedMessage.room))
        #expect(cid.bits == 0x11111111_2222_4333_8444_555555555555)
        #expect(body.text == FixedMessage.body)

        // 7 and 8: the use case and the store.
        #expect(try await journey.messagesOnDisk().map(\.seq.rawValue) == [1, 2])
        let sent = try await journey.chat.sendMessage(body, cid: cid, to: room, by: alice)
        #expect(sent.seq == MessageSeq(3))
        #expect(sent.id == FixedMessage.room + "/3")
        #expect(sent.sentAt.milliseconds == FixedMessage.now)
        #expect(!sent.isDuplicate)
        var message = Message(
            conversation: room, seq: MessageSeq(3), clientID: cid, sender: alice, senderName: "Alice",
            sentAt: Timestamp(milliseconds: FixedMessage.now), body: FixedMessage.body, kind: .text)
        message.count = 1
        #expect(try await journey.messagesOnDisk().last == message)

        // 9: the announcement.
        #expect(ears.heard.withLock { $0 } == [.message(message)])

        // 10: encoded once.
        let core = SocketIO().namespace().core
        let packet = core.encode("msg", try EncodedArguments(WireMessage(message)), ackID: nil)
        #expect(packet.attachments.isEmpty)
        #expect(try canonical(packet.text) == FixedMessage.announced)

        // 11: who gets it.
        let members = ["alice", "bob", "carol"].map { Member($0) }
        var table = RoomTable<Member>()
        for member in members { table.add(member, id: SocketID(member.name)) }
        for member in members.dropLast() { table.join(member, ChatRooms.conversation(room)) }
        var receivers: Set<String> = []
        table.forEach(matching: BroadcastOptions(rooms: [ChatRooms.conversation(room)])) {
            receivers.insert($0.name)
        }
        #expect(receivers == ["alice", "bob"])

        // 12: frames.
        let frame = FrameEncoder.frame(opcode: .text, payload: packet.text)
        #expect(Array(frame.prefix(4)) == FixedMessage.announcedHeader)
        #expect(try canonical(frame.dropFirst(4)) == FixedMessage.announced)
        try await journey.remove()
    }

    /// Steps 1 to 5, each room's value checked.
    private func event(ofFrame frame: [UInt8]) throws -> IncomingEvent {
        // 1: a buffer of the connection.
        let buffer = ByteBuffer(bytes: frame)

        // 2: frame, message.
        let decoded = try FrameDecoder(role: .server, maxPayload: 1_000_000)
            .decodeHeader(buffer.readableBytesUInt8Span)
        let header = try #require(decoded)
        #expect(
            header
                == FrameHeader(
                    fin: true, opcode: .text, maskingKey: 0x3D21_FA37, payloadLength: 125, headerLength: 6))
        var assembler = MessageAssembler(maxMessage: 1_000_000)
        let order = try assembler.receive(header)
        #expect(order == .message(.text))
        var payload = Array(frame[header.headerLength...])
        try payload.withUnsafeMutableBytes {
            Masking.apply(key: try #require(header.maskingKey), offset: 0, to: $0)
        }
        #expect(String(decoding: payload, as: UTF8.self) == FixedMessage.sent)
        let isText = UTF8Validator.isValid(payload.span)
        #expect(isText)

        // 3: engine packet.
        let type = try EngineIOProtocol.PacketDecoder.type(ofText: payload.span)
        #expect(type == .message)
        var session = SessionStateMachine(transport: .websocket, timings: SessionTimings(), now: 0)
        let onPacket = session.received(type, now: 1)
        #expect(onPacket == .deliver)

        // 4: socket packet.
        let text = Array(payload.dropFirst())
        let view = try SocketIOProtocol.PacketDecoder().decode(text.span)
        #expect(
            view
                == PacketView(
                    type: .event, ackID: 7, payload: 2..<124,
                    event: EventView(nameToken: 3..<9, name: "send", arguments: 10..<123, argumentCount: 1),
                    arguments: 10..<123, argumentCount: 1))
        var namespaces = NamespaceStateMachine()
        let joining = try namespaces.receivedAtRoot(.connect)
        #expect(joining == .authenticate)
        let isJoined = namespaces.accepted(namespace: "/")
        #expect(isJoined)
        let onEvent = try namespaces.receivedAtRoot(view.type)
        #expect(onEvent == .deliverEvent)

        // 5: event.
        let event = try #require(view.event)
        let arguments = EventArguments(
            packet: ByteBuffer(bytes: text), range: event.arguments, count: event.argumentCount,
            attachments: [])
        return IncomingEvent(name: event.name, arguments: arguments, ackID: view.ackID)
    }
}
