internal import SocketIOProtocol
internal import Testing

/// The packets that the protocol's text and the reference's behaviour are described with.
@Suite struct WireExampleTests {
    @Test(arguments: [
        (#"0"#, SocketPacketType.connect), (#"0{"token":"1"}"#, .connect), (#"0/admin,"#, .connect),
        (#"0/admin"#, .connect), (#"1"#, .disconnect), (#"1/a,"#, .disconnect), (#"1/a"#, .disconnect),
    ])
    func `control packets are legal with and without comma and payload`(text: String, type: SocketPacketType)
        throws
    {
        #expect(try PacketDecoder().decode(Array(text.utf8).span).type == type)
    }
}
