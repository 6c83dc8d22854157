internal import EngineIOProtocol

/// A packet that waits, and how it is to be sent.
struct OutboxEntry: Sendable {
    let packet: OutgoingPacket
    let options: SendOptions

    init(_ packet: OutgoingPacket, _ options: SendOptions = []) {
        self.packet = packet
        self.options = options
    }
}
