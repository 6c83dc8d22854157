internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

/// What adapters hand around, as they make it.
struct SmallValueTests {
    @Test("a packet is compressed unless somebody says no, and that is part of what it is")
    func packet() {
        let packet = EncodedPacket(text: Array("42[1]".utf8))
        #expect(packet.attachments.isEmpty && packet.isCompressed)
        var other = packet
        other.isCompressed = false
        #expect(other != packet)
        #expect(EncodedPacket(text: packet.text, attachments: [[1]]) != packet)
    }

    @Test("the same answer of two servers is two answers")
    func answers() {
        let arguments = EncodedArguments(json: Array("1".utf8))
        let answer = ServerAnswer(arguments, node: NodeID("one"))
        #expect(answer.arguments == arguments && answer.node == NodeID("one"))
        #expect(answer == ServerAnswer(arguments, node: NodeID("one")))
        #expect(answer != ServerAnswer(arguments, node: NodeID("two")))
        #expect(answer != ServerAnswer(arguments, node: nil))
    }
}
