internal import SocketIOCore
internal import Testing

@Suite("The log of recoverable packets")
struct RecoveryLogTests {
    private func log(packets: Int = 100, bytes: Int = 1_000, age: Int64 = 100) -> RecoveryLog<Int> {
        RecoveryLog(limits: RecoveryLimits(maxDisconnection: age, maxPackets: packets, maxBytes: bytes))
    }

    private func kept(_ log: RecoveryLog<Int>) -> [Int] {
        (0...log.end + 1).compactMap { log.entry($0)?.packet }
    }

    @Test("positions count from one, and nothing is beyond the end")
    func positions() {
        var log = log()
        #expect(log.entry(0) == nil && log.entry(1) == nil && log.entry(.max) == nil && log.nextExpiry == nil)
        for packet in 1...40 {
            #expect(log.append(packet, rooms: [], except: [], byteCount: 1, now: 0) == UInt64(packet))
        }
        #expect(kept(log) == Array(1...40))
        #expect(log.floor == 0 && log.end == 40 && log.count == 40 && log.byteCount == 40)
    }

    @Test("the oldest make room: by number")
    func number() {
        var log = log(packets: 3)
        for packet in 1...50 { log.append(packet, rooms: [], except: [], byteCount: 1, now: 0) }
        #expect(kept(log) == [48, 49, 50])
        #expect(log.floor == 47 && log.byteCount == 3)
    }

    @Test("the oldest make room: by bytes")
    func bytes() {
        var log = log(bytes: 100)
        for packet in 1...10 { log.append(packet, rooms: [], except: [], byteCount: 30, now: 0) }
        #expect(kept(log) == [8, 9, 10] && log.byteCount == 90)
        log.append(11, rooms: [], except: [], byteCount: 100, now: 0)
        #expect(kept(log) == [11] && log.byteCount == 100)
    }

    @Test(
        "a packet larger than the whole log leaves nothing behind that would be a part",
        arguments: [101, Int.max])
    func tooLarge(size: Int) {
        var log = log(bytes: 100)
        log.append(1, rooms: [], except: [], byteCount: 10, now: 0)
        log.append(2, rooms: [], except: [], byteCount: size, now: 0)
        #expect(kept(log).isEmpty && log.floor == 2 && log.end == 2 && log.byteCount == 0)
        log.append(3, rooms: [], except: [], byteCount: -5, now: 0)
        #expect(kept(log) == [3] && log.byteCount == 0)
    }

    @Test("a log of no packets keeps none", arguments: [0, -1])
    func nothing(limit: Int) {
        var log = log(packets: limit)
        log.append(1, rooms: [], except: [], byteCount: 1, now: 0)
        #expect(log.count == 0 && log.floor == 1)
    }

    @Test("the old are forgotten")
    func age() {
        var log = log(age: 100)
        log.append(1, rooms: [], except: [], byteCount: 1, now: 0)
        log.append(2, rooms: [], except: [], byteCount: 1, now: 50)
        log.expire(now: 100)
        #expect(kept(log) == [1, 2] && log.nextExpiry == 100)
        log.expire(now: 101)
        #expect(kept(log) == [2] && log.nextExpiry == 150)
        log.append(3, rooms: [], except: [], byteCount: 1, now: 151)
        #expect(kept(log) == [3])
        log.expire(now: .max)
        #expect(kept(log).isEmpty && log.floor == 3 && log.byteCount == 0)
    }

    @Test("times at the end of the clock do not trap")
    func lateClock() {
        var log = log(age: .max)
        log.append(1, rooms: [], except: [], byteCount: 1, now: .max)
        #expect(log.nextExpiry == .max && kept(log) == [1])
    }

    @Test("a packet that nobody can miss takes a position and empties the log")
    func skip() {
        var log = log()
        log.append(1, rooms: [], except: [], byteCount: 1, now: 0)
        #expect(log.skip() == 2)
        #expect(log.count == 0 && log.floor == 2 && log.byteCount == 0)
        log.append(3, rooms: [], except: [], byteCount: 1, now: 0)
        log.removeAll()
        #expect(log.count == 0 && log.floor == 3 && log.end == 3)
    }

    @Test(
        "whom a packet concerns",
        arguments: [
            (["a"], [], ["a"], true), (["a", "b"], [], ["b", "c"], true), (["a"], [], ["b"], false),
            ([], [], [], true), ([], ["x"], ["x"], false), (["a"], ["x"], ["a", "x"], false),
            (["a"], ["a"], ["a"], false),
        ] as [([Room], [Room], Set<Room>, Bool)])
    func concerns(rooms: [Room], except: [Room], mine: Set<Room>, isMeant: Bool) throws {
        var log = log()
        log.append(1, rooms: rooms, except: except, byteCount: 1, now: 0)
        #expect(try #require(log.entry(1)).concerns(mine.contains) == isMeant)
    }
}
