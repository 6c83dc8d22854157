internal import EngineIO
internal import EngineIOProtocol
internal import NIOCore
internal import SocketIOCore
internal import Synchronization

/// The sockets of one namespace on one event loop. Confined to that loop.
final class NamespaceShard: @unchecked Sendable {
    let eventLoop: any EventLoop
    let executor: LoopExecutor
    private var table = RoomTable<AnySocket>()
    private let size = Atomic<Int>(0)

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        executor = LoopExecutor(eventLoop: eventLoop)
    }

    /// Whether a broadcast has to wake this loop at all. May be asked from anywhere.
    var mayHaveMembers: Bool { size.load(ordering: .acquiring) > 0 }

    /// How many sockets there are. May be asked from anywhere.
    var count: Int { size.load(ordering: .relaxed) }

    func add(_ socket: AnySocket) {
        table.add(socket, id: socket.id)
        size.store(table.count, ordering: .releasing)
    }

    func remove(_ socket: AnySocket) -> Set<Room> {
        let rooms = table.remove(socket, id: socket.id)
        size.store(table.count, ordering: .releasing)
        return rooms
    }

    func join(_ socket: AnySocket, _ room: Room) {
        guard socket.isConnectedOnLoop else { return }
        table.join(socket, room)
    }

    func leave(_ socket: AnySocket, _ room: Room) { table.leave(socket, room) }

    func rooms(of socket: AnySocket) -> Set<Room> { table.rooms(of: socket) }

    func members(matching options: BroadcastOptions) -> [AnySocket] {
        var all: [AnySocket] = []
        table.forEach(matching: options) { all.append($0) }
        return all
    }

    /// Gives one encoded packet to everybody concerned.
    func deliver(_ packet: EncodedPacket, options: BroadcastOptions) {
        if packet.attachments.isEmpty, !options.isVolatile {
            let text = OutgoingPacket.text(packet.text)
            table.forEach(matching: options) { $0.session.send(text) }
            return
        }
        let packets = packet.outgoing
        table.forEach(matching: options) { socket in
            if options.isVolatile {
                socket.session.sendVolatile(packets)
            } else {
                socket.session.send(packets)
            }
        }
    }
}

extension EncodedPacket {
    /// The packet as engine packets, in order.
    var outgoing: [OutgoingPacket] {
        [.text(text)] + attachments.map { .binary($0) }
    }
}
