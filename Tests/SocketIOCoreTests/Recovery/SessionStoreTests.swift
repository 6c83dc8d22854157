internal import Testing

@testable internal import SocketIOCore

@Suite("Sessions that wait for their client")
struct SessionStoreTests {
    typealias Store = SessionStore<Int, String>

    private func store(
        packets: Int = 100, bytes: Int = 10_000, sessions: Int = 100, age: Int64 = 100
    ) -> Store {
        SessionStore(
            limits: RecoveryLimits(
                maxDisconnection: age, maxPackets: packets, maxBytes: bytes, maxSessions: sessions), tag: 7)
    }

    private func session(
        _ name: String = "p", rooms: Set<Room> = [], startedAt: UInt64 = 0, lastSent: UInt64 = 0,
        endedAt: UInt64 = 0, at time: Int64 = 0, history: RoomHistory? = nil
    ) -> RecoverySession<String> {
        RecoverySession(
            id: SocketID("id-" + name), pid: name, state: "state-" + name, rooms: rooms,
            history: history ?? RoomHistory(from: startedAt), startedAt: startedAt, lastSent: lastSent,
            endedAt: endedAt, disconnectedAt: time)
    }

    private func take(
        _ store: inout Store, _ pid: String = "p", _ offset: RecoveryClaim.Offset = .none, place: Int = 0,
        now: Int64 = 0
    ) -> Store.Resumed? {
        store.resume(RecoveryClaim(pid: pid, offset: offset), place: place, now: now)
    }

    private func emit(_ store: inout Store, _ packet: Int, _ rooms: [Room] = [], except: [Room] = []) {
        _ = store.append(packet, rooms: rooms, except: except, byteCount: 1, now: 0)
    }

    private func at(_ position: UInt64, tag: UInt32 = 7) -> RecoveryClaim.Offset {
        .at(RecoveryOffset(tag: tag, position: position))
    }

    @Test("a session is handed out once")
    func once() {
        var store = store()
        store.connected(SocketID("id-p"), pid: "p", place: 1)
        store.disconnected(session(), now: 0)
        #expect(store.liveCount == 0 && store.awayCount == 1)
        #expect(store.isAway(pid: "p") && !store.isAway(pid: "q"))
        let found = take(&store)
        #expect(!store.isAway(pid: "p"))
        #expect(found?.session.id == SocketID("id-p") && found?.session.state == "state-p")
        #expect(store.awayCount == 0 && store.liveCount == 1)
        #expect(take(&store) == nil && store.counters.unknown == 1)
        store.left(pid: "p")
        #expect(take(&store) == nil && store.counters.unknown == 2)
    }

    @Test("a live socket is named, not handed out")
    func live() {
        var store = store()
        store.connected(SocketID("id-p"), pid: "p", place: 3)
        guard case .live(let live) = store.find(pid: "p", now: 0) else {
            Issue.record("not live")
            return
        }
        #expect(live.id == SocketID("id-p") && live.place == 3 && store.place(of: "p") == live)
        store.left(pid: "p")
        guard case .nothing = store.find(pid: "p", now: 0) else {
            Issue.record("still there")
            return
        }
        #expect(store.place(of: "p") == nil)
    }

    @Test(
        "a session waits as long as it may, not longer",
        arguments: [(Int64(110), true), (111, false), (.max, false)])
    func expiry(now: Int64, isThere: Bool) {
        var store = store()
        store.disconnected(session(at: 10), now: 10)
        if case .away = store.find(pid: "p", now: now) { #expect(isThere) } else { #expect(!isThere) }
        #expect((take(&store, now: now) != nil) == isThere)
        #expect(store.counters.expired == (isThere ? 0 : 1))
    }

    @Test("what expires is forgotten without anybody asking; the counters agree")
    func sweep() {
        var store = store()
        store.connected(SocketID("x"), pid: "x", place: 0)
        for number in 0..<10 {
            store.disconnected(session("\(number)", at: Int64(number)), now: Int64(number))
        }
        emit(&store, 1)
        #expect(store.awayCount == 10 && !store.isIdle)
        store.expire(now: 104)
        #expect(store.awayCount == 6 && store.counters.expired == 4)
        store.expire(now: 1_000)
        #expect(store.awayCount == 0 && store.counters.expired == 10 && store.isIdle)
    }

    @Test("the one that waits longest makes room")
    func eviction() {
        var store = store(sessions: 2)
        for name in ["a", "b", "c"] { store.disconnected(session(name), now: 0) }
        #expect(store.awayCount == 2 && store.counters.evicted == 1)
        #expect(take(&store, "a") == nil && take(&store, "b") != nil && take(&store, "c") != nil)
        var none = self.store(sessions: 0)
        none.disconnected(session(), now: 0)
        #expect(none.awayCount == 0 && none.counters.evicted == 1)
    }

    @Test("whoever came back meanwhile does not count as waiting when room is made")
    func evictionAfterReturn() {
        var store = store(sessions: 2)
        for name in ["a", "b"] { store.disconnected(session(name), now: 0) }
        #expect(take(&store, "a") != nil)
        store.disconnected(session("c"), now: 0)
        #expect(store.awayCount == 2 && store.counters.evicted == 0)
        store.disconnected(session("d"), now: 0)
        #expect(store.awayCount == 2 && store.counters.evicted == 1)
        #expect(!store.isAway(pid: "b") && store.isAway(pid: "c") && store.isAway(pid: "d"))
    }

    @Test("coming and going leaves nothing behind, and does not evict those who wait")
    func churn() {
        var store = store(sessions: 3)
        store.disconnected(session("waits"), now: 0)
        for number in 0..<1_000 {
            store.disconnected(session("\(number)"), now: 0)
            #expect(take(&store, "\(number)") != nil)
            #expect(store.order.count <= 128)
        }
        #expect(store.awayCount == 1 && store.counters.evicted == 0)
        #expect(take(&store, "waits") != nil)
    }

    @Test("everything after the offset that was for the socket, in order")
    func missed() throws {
        var store = store()
        store.connected(SocketID("id-p"), pid: "p", place: 0)
        emit(&store, 1)
        emit(&store, 2, ["r"])
        emit(&store, 3, ["other"])
        emit(&store, 4, ["id-p"])
        emit(&store, 5, except: ["r"])
        emit(&store, 6, except: ["id-p"])
        emit(&store, 7, ["r", "other"], except: ["x"])
        store.disconnected(session(rooms: ["r"], lastSent: 4, endedAt: 4), now: 0)
        let resumed = take(&store, "p", at(1), place: 2)
        let resumption = try #require(resumed).resumption
        #expect(resumption.missed.map(\.packet) == [2, 4, 7])
        #expect(resumption.start == 1 && resumption.lastSent == 7)
        #expect(store.place(of: "p")?.place == 2 && store.counters.recovered == 1)
        #expect(store.offset(at: 7) == RecoveryOffset(tag: 7, position: 7))
    }

    @Test("a client without an offset gets everything since its session began")
    func noOffset() {
        var store = store()
        store.connected(SocketID("x"), pid: "x", place: 0)
        for packet in 1...5 { emit(&store, packet) }
        // It joined after 2, 3 was sent to it and got lost, 4 and 5 came while it was away.
        store.disconnected(session(startedAt: 2, lastSent: 3, endedAt: 3), now: 0)
        #expect(take(&store, "p", .none)?.resumption.missed.map(\.packet) == [3, 4, 5])
    }

    @Test("an offset from before the session counts as its beginning")
    func leftoverOffset() {
        var store = store()
        store.connected(SocketID("x"), pid: "x", place: 0)
        for packet in 1...5 { emit(&store, packet) }
        store.disconnected(session(startedAt: 3, lastSent: 4, endedAt: 4), now: 0)
        #expect(take(&store, "p", at(1))?.resumption.missed.map(\.packet) == [4, 5])
    }

    @Test("who has the last packet that was sent needs no old ones, however long ago that was")
    func quiet() {
        var store = store(packets: 2)
        store.connected(SocketID("x"), pid: "x", place: 0)
        for packet in 1...20 { emit(&store, packet, ["other"]) }
        store.disconnected(session(lastSent: 1, endedAt: 20), now: 0)
        emit(&store, 21)
        #expect(take(&store, "p", at(1))?.resumption.missed.map(\.packet) == [21])
    }

    @Test(
        "a part is never given",
        arguments: [RecoveryClaim.Offset.none, .at(RecoveryOffset(tag: 7, position: 3))])
    func overflow(offset: RecoveryClaim.Offset) {
        var store = store(packets: 2)
        store.connected(SocketID("x"), pid: "x", place: 0)
        for packet in 1...6 { emit(&store, packet) }
        store.disconnected(session(lastSent: 6, endedAt: 6), now: 0)
        #expect(take(&store, "p", offset) == nil)
        #expect(store.counters.overflow == 1 && store.counters.recovered == 0 && store.place(of: "p") == nil)
    }

    @Test(
        "offsets of nobody",
        arguments: [
            RecoveryClaim.Offset.foreign, .at(RecoveryOffset(tag: 8, position: 1)),
            .at(RecoveryOffset(tag: 7, position: RecoveryOffset.lastPosition)),
        ])
    func foreign(offset: RecoveryClaim.Offset) {
        var store = store()
        store.connected(SocketID("x"), pid: "x", place: 0)
        emit(&store, 1)
        store.disconnected(session("sent", lastSent: 1, endedAt: 1), now: 0)
        store.disconnected(session("quiet", startedAt: 1, endedAt: 1), now: 0)
        emit(&store, 2)
        #expect(take(&store, "sent", offset) == nil)
        #expect(store.counters.foreignOffset == 1)
        // Nothing was sent to the other: whatever it names cannot be of this session.
        #expect(take(&store, "quiet", offset)?.resumption.missed.map(\.packet) == [2])
    }

    @Test("a packet meets the rooms of its time, not those of the end")
    func history() {
        var store = store()
        store.connected(SocketID("id-p"), pid: "p", place: 0)
        var history = RoomHistory(from: 0)
        emit(&store, 1, ["a"])  // not in it yet
        history.joined("a", at: 1)
        emit(&store, 2, ["a"])
        history.left("a", at: 2)
        emit(&store, 3, ["a"])  // not in it any more
        history.joined("b", at: 3)
        emit(&store, 4, except: ["b"])
        store.disconnected(session(rooms: ["b"], lastSent: 2, endedAt: 4, history: history), now: 0)
        #expect(take(&store, "p", at(0))?.resumption.missed.map(\.packet) == [2])
    }

    @Test("more changes of rooms than are remembered: no recovery from before them, but from after")
    func longHistory() {
        var store = store(packets: 1_000)
        store.connected(SocketID("id-p"), pid: "p", place: 0)
        var history = RoomHistory(from: 0)
        for packet in 1...(RoomHistory.capacity + 1) {
            emit(&store, packet, ["r\(packet)"])
            history.joined("r\(packet)", at: UInt64(packet))
        }
        let end = UInt64(RoomHistory.capacity + 1)
        let kept = session(rooms: ["r1"], lastSent: end, endedAt: end, history: history)
        #expect(kept.resumption(after: 1, in: store.log) == nil)
        #expect(kept.resumption(after: history.floor - 1, in: store.log) == nil)
        #expect(kept.resumption(after: history.floor, in: store.log)?.missed.isEmpty == true)
        // What is yet to come cannot have been received.
        #expect(kept.resumption(after: end, in: store.log) != nil)
        #expect(kept.resumption(after: end + 1, in: store.log) == nil)
    }

    @Test("rooms that change while a client is away")
    func awayRooms() {
        var store = store()
        store.connected(SocketID("id-p"), pid: "p", place: 0)
        store.disconnected(session(rooms: ["a"]), now: 0)
        emit(&store, 1, ["b"])
        store.join(["b", "a"], rooms: ["a"], except: [])
        emit(&store, 2, ["b"])
        store.leave(["b", "z"], rooms: ["id-p"], except: [])
        emit(&store, 3, ["b"])
        store.join(["c"], rooms: ["nobody"], except: [])
        store.join(["d"], rooms: [], except: ["a"])
        store.leave(["a"], rooms: [], except: ["id-p"])
        let found = take(&store)
        #expect(found?.session.rooms == ["a"])
        #expect(found?.resumption.missed.map(\.packet) == [2])
    }

    @Test("who is thrown out while away does not come back")
    func dropped() {
        var store = store()
        store.disconnected(session("a", rooms: ["r"]), now: 0)
        store.disconnected(session("b"), now: 0)
        store.drop(rooms: ["r"], except: [])
        #expect(take(&store, "a") == nil && store.counters.dropped == 1)
        store.drop(pid: "b")
        store.drop(pid: "b")
        #expect(take(&store, "b") == nil && store.counters.dropped == 2)
    }

    @Test("a store knows its own offsets, whatever tag it was given", arguments: [UInt32(0), 1 << 30, .max])
    func tags(tag: UInt32) {
        var store = Store(limits: RecoveryLimits(), tag: tag)
        store.connected(SocketID("x"), pid: "x", place: 0)
        emit(&store, 1)
        emit(&store, 2)
        store.disconnected(session(lastSent: 2, endedAt: 2), now: 0)
        let resumed = take(&store, "p", .at(store.offset(at: 1)))
        #expect(resumed?.resumption.missed.map(\.packet) == [2])
    }

    @Test("while nobody could come back, nothing is kept")
    func nobody() {
        var store = store()
        emit(&store, 1)
        #expect(store.log.count == 0 && store.log.end == 1)
        store.connected(SocketID("x"), pid: "x", place: 0)
        emit(&store, 2)
        #expect(store.log.count == 1)
        store.left(pid: "x")
        store.expire(now: 0)
        #expect(store.log.count == 0)
    }
}
