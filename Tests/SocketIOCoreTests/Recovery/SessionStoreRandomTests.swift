internal import SocketIOCore
internal import Testing

/// Random lives of some clients, against a model that remembers everything for ever: whoever recovers has
/// got exactly what was for it, each packet once and in order, whatever was lost on the way.
@Suite("Recovery against a model")
struct SessionStoreRandomTests {
    /// One client and its socket.
    private struct Client {
        enum Phase { case gone, here, away }
        var phase = Phase.gone
        var pid = ""
        var rooms: Set<Room> = []
        /// Every packet that was for it in this session.
        var meant: [Int] = []
        /// How many of them it has received.
        var received = 0
        var offset: RecoveryClaim.Offset = .none
        // What the server keeps in the socket.
        var history = RoomHistory(from: 0)
        var startedAt: UInt64 = 0
        var lastSent: UInt64 = 0
    }

    private static let rooms: [Room] = ["a", "b", "c"]

    @Test("nothing is lost or doubled", arguments: [UInt64](1...60))
    func exactlyOnce(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let isTight = seed.isMultiple(of: 2)
        var store = SessionStore<Int, Int>(
            limits: RecoveryLimits(
                maxDisconnection: isTight ? 40 : 1_000_000, maxPackets: isTight ? 12 : 100_000,
                maxSessions: isTight ? 3 : 100), tag: 1)
        var clients = [Client](repeating: Client(), count: 5)
        var positions: [Int: UInt64] = [:]
        var now: Int64 = 0
        var packet = 0
        var names = 0
        var recovered = 0

        func some(_ random: inout SeededGenerator) -> [Room] {
            Self.rooms.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
        }

        for _ in 0..<600 {
            now += Int64.random(in: 0...2, using: &random)
            let index = Int.random(in: 0..<clients.count, using: &random)
            switch (Int.random(in: 0..<12, using: &random), clients[index].phase) {
            case (0...4, _):
                packet += 1
                var to = some(&random)
                if Int.random(in: 0..<6, using: &random) == 0 { to = [Room("id-" + clients[index].pid)] }
                let except = Int.random(in: 0..<3, using: &random) == 0 ? some(&random) : []
                let position = store.append(packet, rooms: to, except: except, byteCount: 10, now: now)
                positions[packet] = position
                for number in clients.indices where clients[number].phase != .gone {
                    let own = Room("id-" + clients[number].pid)
                    let mine = clients[number].rooms.union([own])
                    guard to.isEmpty || !mine.isDisjoint(with: to), mine.isDisjoint(with: except) else {
                        continue
                    }
                    clients[number].meant.append(packet)
                    if clients[number].phase == .here { clients[number].lastSent = position }
                }
            case (5, .here), (6, .here):
                // Rooms change; so they do for somebody who is away, by a target.
                let room = Self.rooms[index % 3]
                if clients[index].rooms.remove(room) != nil {
                    clients[index].history.left(room, at: store.log.end)
                } else {
                    clients[index].rooms.insert(room)
                    clients[index].history.joined(room, at: store.log.end)
                }
            case (5, .away):
                let room = Self.rooms[index % 3]
                store.join([room], rooms: [Room("id-" + clients[index].pid)], except: [])
                clients[index].rooms.insert(room)
            case (6, .away):
                let room = Self.rooms[index % 3]
                store.leave([room], rooms: [Room("id-" + clients[index].pid)], except: [])
                clients[index].rooms.remove(room)
            case (7...8, .here):
                // The connection breaks; the last packets that were written got lost.
                let client = clients[index]
                let inFlight = Int.random(in: 0...3, using: &random)
                let received = max(client.received, client.meant.count - inFlight)
                clients[index].received = received
                if received > 0, let last = positions[client.meant[received - 1]] {
                    clients[index].offset = .at(store.offset(at: last))
                }
                clients[index].phase = .away
                store.disconnected(
                    RecoverySession(
                        id: SocketID("id-" + client.pid), pid: client.pid, state: index, rooms: client.rooms,
                        history: client.history, startedAt: client.startedAt, lastSent: client.lastSent,
                        endedAt: store.log.end, disconnectedAt: now), now: now)
            case (9, .here):
                store.left(pid: clients[index].pid)
                clients[index] = Client(offset: clients[index].offset)
            case (_, .gone):
                names += 1
                // A client keeps the offset of its former session, as the official one does.
                clients[index] = Client(phase: .here, pid: "\(names)", offset: clients[index].offset)
                clients[index].startedAt = store.log.end
                clients[index].lastSent = store.log.end
                clients[index].history = RoomHistory(from: store.log.end)
                store.connected(SocketID("id-\(names)"), pid: "\(names)", place: 0)
            case (_, .away):
                let client = clients[index]
                let claim = RecoveryClaim(pid: client.pid, offset: client.offset)
                guard let resumed = store.resume(claim, place: 0, now: now) else {
                    #expect(isTight)
                    clients[index] = Client(offset: client.offset)
                    continue
                }
                let (session, resumption) = (resumed.session, resumed.resumption)
                #expect(session.state == index && session.rooms == client.rooms)
                recovered += 1
                let received = client.meant.prefix(client.received)
                #expect(received + resumption.missed.map(\.packet) == client.meant)
                // It may lose some of these again.
                clients[index].phase = .here
                clients[index].history = session.history
                clients[index].startedAt = resumption.start
                clients[index].lastSent = resumption.lastSent
            case (_, .here): break
            }
            #expect(store.log.count <= (isTight ? 12 : 100_000) && store.awayCount <= (isTight ? 3 : 100))
        }
        #expect(recovered > (isTight ? 0 : 20))
        #expect(store.counters.recovered == recovered)
        store.expire(now: .max)
        #expect(store.awayCount == 0)
    }
}
