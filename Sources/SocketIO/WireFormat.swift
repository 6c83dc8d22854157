internal import EngineIO
internal import EngineIOProtocol
internal import Logging
internal import SocketIOCore
internal import SocketIOEvents
internal import SocketIOProtocol
internal import Synchronization

/// How a server's packets go out: as they are, or in the words of its parser.
final class WireFormat: Sendable {
    let parser: (any PacketParser)?
    /// Whether packets are the standard's. Asked for each: to look into an optional existential copies it.
    let isStandard: Bool
    let coding: JSONCoding?
    let logger: Logger
    private let broadcastCount = Atomic<Int>(0)

    /// How many events were sent to many.
    var broadcasts: Int { broadcastCount.load(ordering: .relaxed) }

    /// An event is sent to many: counted once, whichever thread it is.
    func countBroadcast() { broadcastCount.wrappingAdd(1, ordering: .relaxed) }

    init(parser: (any PacketParser)?, coding: JSONCoding?, logger: Logger) {
        self.parser = parser
        isStandard = parser == nil
        self.coding = coding
        self.logger = logger
    }

    /// Sends a packet to one client.
    func send(_ packet: EncodedPacket, to session: EngineSession) {
        if isStandard, packet.attachments.isEmpty {
            session.send(.text(packet.text), options: packet.sendOptions)
        } else {
            session.send(messages(packet), options: packet.sendOptions)
        }
    }

    /// The engine packets that a packet is, in order; to be made once for a broadcast.
    func messages(_ packet: EncodedPacket) -> [OutgoingPacket] {
        guard !isStandard, let parser else { return packet.outgoing }
        do {
            let standard = StandardPacket(
                text: Array(packet.text.dropFirst()), attachments: packet.attachments)
            return try parser.encode(standard).map { message in
                switch message {
                case .text(let bytes): .text([UInt8(ascii: "4")] + bytes)
                case .binary(let bytes): .binary(bytes)
                }
            }
        } catch {
            logger.error("packet not sent: the parser refused it", metadata: ["error": "\(error)"])
            return []
        }
    }
}
