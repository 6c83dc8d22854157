internal import EngineIO
internal import EngineIOProtocol
internal import NIOCore
internal import SocketIOCore
internal import Synchronization

/// The sockets of one namespace on one event loop. Confined to that loop.
final class NamespaceShard: @unchecked Sendable {
    let eventLoop: any EventLoop
    let executor: LoopExecutor
    /// The loop's number among the namespace's.
    let place: Int
    /// Nil while recovery is off; see `NamespaceShard+Recovery.swift`.
    let recovery: NamespaceRecovery?
    /// What was taken out of the inbox and is not done yet.
    var jobs: ArraySlice<LoopJob> = []
    /// The log up to here has reached the sockets of this loop.
    var delivered: UInt64 = 0
    private(set) var table = RoomTable<AnySocket>()
    private let size = Atomic<Int>(0)
    /// Who wants to know which rooms come and go; nil costs nothing.
    var roomWatch: RoomWatch?
    /// The broadcasts whose answers are awaited, by ack id.
    private var calls: [UInt64: BroadcastCall] = [:]

    /// A broadcast whose answers are awaited, and the sockets that have not answered.
    private struct BroadcastCall {
        let answers: AnswerCollector
        var waiting: Set<AnySocket>
    }

    /// - Parameter executor: the loop's own for all namespaces, so that nothing hops between them.
    init(executor: LoopExecutor, place: Int, recovery: NamespaceRecovery?) {
        eventLoop = executor.eventLoop
        self.executor = executor
        self.place = place
        self.recovery = recovery
    }

    /// Whether a broadcast has to wake this loop at all. May be asked from anywhere.
    var mayHaveMembers: Bool { size.load(ordering: .acquiring) > 0 }

    /// How many sockets there are. May be asked from anywhere.
    var count: Int { size.load(ordering: .relaxed) }

    /// How many broadcasts wait for answers. To be asked on the loop.
    var callCount: Int { calls.count }

    /// The rooms that have somebody in them, own rooms aside.
    var rooms: some Collection<Room> { table.allRooms }

    /// Runs `work` on the loop: at once when the caller is there already.
    func run(_ work: @escaping @Sendable (NamespaceShard) -> Void) {
        if let recovery {
            runInOrder(work, recovery)
            return
        }
        if eventLoop.inEventLoop { work(self) } else { eventLoop.execute { work(self) } }
    }

    func add(_ socket: AnySocket) {
        table.add(socket, id: socket.id)
        size.store(table.count, ordering: .releasing)
        roomWatch?.joined(Room(socket.id), socket.id, isFirstHere: true)
    }

    func remove(_ socket: AnySocket) -> Set<Room> {
        let rooms = table.remove(socket, id: socket.id)
        size.store(table.count, ordering: .releasing)
        loseCalls(of: socket)
        if let roomWatch {
            roomWatch.left(Room(socket.id), socket.id, wasLastHere: true)
            for room in rooms { roomWatch.left(room, socket.id, wasLastHere: table.count(in: room) == 0) }
        }
        return rooms
    }

    func join(_ socket: AnySocket, _ room: Room) {
        guard socket.isConnectedFlag, table.join(socket, room) else { return }
        socket.recovery?.history.joined(room, at: delivered)
        roomWatch?.joined(room, socket.id, isFirstHere: table.count(in: room) == 1)
    }

    func leave(_ socket: AnySocket, _ room: Room) {
        guard table.leave(socket, room) else { return }
        socket.recovery?.history.left(room, at: delivered)
        roomWatch?.left(room, socket.id, wasLastHere: table.count(in: room) == 0)
    }

    /// A socket whose session goes on is in its rooms again.
    func addAgain(_ socket: AnySocket, rooms: Set<Room>) {
        add(socket)
        for room in rooms where table.join(socket, room) {
            roomWatch?.joined(room, socket.id, isFirstHere: table.count(in: room) == 1)
        }
    }

    /// Begins to tell of rooms; those that are there already are not told again.
    func watchRooms(_ watch: RoomWatch) {
        guard roomWatch == nil else { return }
        roomWatch = watch
        for room in table.allRooms { watch.found(room) }
        table.forEach(matching: BroadcastOptions()) { watch.found(Room($0.id)) }
    }

    func rooms(of socket: AnySocket) -> Set<Room> { table.rooms(of: socket) }

    func members(matching options: BroadcastOptions) -> [AnySocket] {
        var all: [AnySocket] = []
        table.forEach(matching: options) { all.append($0) }
        return all
    }

    // MARK: - Broadcasts that are answered

    /// Gives one encoded packet to everybody concerned and waits for their answers.
    ///
    /// - Returns: who is asked.
    func ask(
        _ packets: [OutgoingPacket], id: UInt64, options: BroadcastOptions, answers: AnswerCollector
    ) -> [SocketID] {
        let sockets = members(matching: options)
        guard !sockets.isEmpty, !answers.hasEnded else { return [] }
        calls[id] = BroadcastCall(answers: answers, waiting: Set(sockets))
        deliver(packets, options: options)
        return sockets.map(\.id)
    }

    /// A socket answered something that it was not asked alone.
    func answered(_ id: UInt64, _ socket: AnySocket, _ arguments: EventArguments) {
        guard let answers = settle(id, socket) else { return }
        answers.answered(arguments.encoded, by: socket.id)
    }

    func forgetCall(_ id: UInt64) { calls[id] = nil }

    private func loseCalls(of socket: AnySocket) {
        guard !calls.isEmpty else { return }
        let lost = calls.keys.compactMap { settle($0, socket) }
        for answers in lost { answers.lost(socket.id) }
    }

    /// Takes a socket out of those that a broadcast waits for, before anybody is told. Nil when it was not among them.
    private func settle(_ id: UInt64, _ socket: AnySocket) -> AnswerCollector? {
        guard calls[id]?.waiting.remove(socket) != nil, let call = calls[id] else { return nil }
        if call.waiting.isEmpty { calls[id] = nil }
        return call.answers
    }

    // MARK: - Broadcasts

    /// Shows a broadcast to those who watch what is sent, for every socket concerned.
    func tell(
        _ watchers: EventListeners<@Sendable (AnySocket, OutgoingEvent) -> Void>, _ event: EventPacket,
        wantsAck: Bool, options: BroadcastOptions
    ) {
        let outgoing = OutgoingEvent(name: event.name, arguments: event.arguments, wantsAck: wantsAck)
        let all = watchers.all
        // Collected first: a watcher may change who is in the rooms.
        for socket in members(matching: options) { for watcher in all { watcher(socket, outgoing) } }
    }

    /// Gives one encoded packet to everybody concerned.
    func deliver(_ packets: [OutgoingPacket], options: BroadcastOptions) {
        let how = options.sendOptions
        if packets.count == 1, !options.isVolatile {
            let packet = packets[0]
            table.forEach(matching: options) { socket in
                socket.session.send(packet, options: how)
                socket.meter.count(.deliveries)
            }
            return
        }
        table.forEach(matching: options) { socket in
            socket.meter.count(.deliveries)
            if options.isVolatile {
                socket.session.sendVolatile(packets, options: how)
            } else {
                socket.session.send(packets, options: how)
            }
        }
    }
}

extension BroadcastOptions {
    /// How the engine is to send what goes to many.
    var sendOptions: SendOptions { isCompressed ? .shared : [.shared, .uncompressed] }
}

extension EncodedPacket {
    /// How the engine is to send it.
    var sendOptions: SendOptions { isCompressed ? [] : .uncompressed }

    /// The packet as engine packets, in order.
    var outgoing: [OutgoingPacket] {
        [.text(text)] + attachments.map { .binary($0) }
    }
}
