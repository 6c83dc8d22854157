internal import EngineIOProtocol

/// The packets that wait for a session's transport, in order, counted in bytes and bounded.
struct Outbox {
    private(set) var packets: [OutgoingPacket] = []
    private(set) var byteCount = 0

    var isEmpty: Bool { packets.isEmpty }

    mutating func append(_ packet: OutgoingPacket) {
        byteCount += packet.byteCount
        packets.append(packet)
    }

    /// Everything that waits; the outbox is empty afterwards and keeps no memory.
    mutating func takeAll() -> [OutgoingPacket] {
        let all = packets
        packets = []
        byteCount = 0
        return all
    }
}
