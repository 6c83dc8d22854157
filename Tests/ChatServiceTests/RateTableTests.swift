import ChatDomain
import Testing

@testable import ChatService

@Suite("Rates")
struct RateTableTests {
    private func moment(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_000_000 + milliseconds)
    }

    @Test("So many at once, then so many a second")
    func burst() {
        var table = RateTable<Int>(Rate(perSecond: 10, burst: 30), capacity: 10)
        for _ in 0..<30 { #expect(table.take(1, at: moment(0)) == nil) }
        #expect(table.take(1, at: moment(0)) == 100)
        #expect(table.take(1, at: moment(99)) == 1)
        #expect(table.take(1, at: moment(100)) == nil)
        #expect(table.take(1, at: moment(100)) == 100)
        #expect(table.take(2, at: moment(100)) == nil)
        // Full again after three seconds, and not fuller than full.
        for _ in 0..<30 { #expect(table.take(1, at: moment(100_000)) == nil) }
        #expect(table.take(1, at: moment(100_000)) == 100)
    }

    @Test("A factor makes what people do more frequent, and leaves alone what guards passwords and codes")
    func factor() {
        let usual = RateLimits()
        let more = usual.scaled(by: 7)
        #expect(more.sends == Rate(perSecond: 70, burst: 210))
        #expect(more.actions == Rate(perSecond: 140, burst: 1_400))
        #expect(more.requests == Rate(perSecond: 350, burst: 2_100))
        #expect(more.attemptsPerAccount == usual.attemptsPerAccount)
        #expect(more.attemptsPerAddress == usual.attemptsPerAddress)
        #expect(more.codesPerAccount == usual.codesPerAccount)
        #expect(usual.scaled(by: .max).sends == Rate(perSecond: 1_000_000, burst: 1_000_000))
    }

    @Test("Over a long time the rate is exact", arguments: [1.0, 3.0, 10.0, 0.5])
    func longRun(perSecond: Double) {
        var table = RateTable<Int>(Rate(perSecond: perSecond, burst: 5), capacity: 10)
        var taken = 0
        for step in 0..<100_000 where table.take(1, at: moment(Int64(step))) == nil { taken += 1 }
        let expected = 5 + Int(perSecond * 99.999)
        #expect(abs(taken - expected) <= 1)
    }

    @Test("A token that is given back can be taken again, and no more than there were")
    func giveBack() {
        var table = RateTable<Int>(Rate(perSecond: 1, burst: 2), capacity: 10)
        table.giveBack(1)
        #expect(table.count == 0)
        for _ in 0..<50 {
            #expect(table.take(1, at: moment(0)) == nil)
            table.giveBack(1)
        }
        #expect(table.take(1, at: moment(0)) == nil)
        #expect(table.take(1, at: moment(0)) == nil)
        #expect(table.take(1, at: moment(0)) == 1_000)
        table.forget(1)
        #expect(table.take(1, at: moment(0)) == nil)
    }

    @Test("A clock that is set back locks nobody out")
    func clockBack() {
        var table = RateTable<Int>(Rate(perSecond: 1, burst: 2), capacity: 10)
        for _ in 0..<2 { #expect(table.take(1, at: moment(1_000_000_000)) == nil) }
        #expect(table.take(1, at: moment(1_000_000_000)) == 1_000)
        for _ in 0..<2 { #expect(table.take(1, at: moment(0)) == nil) }
        #expect(table.take(1, at: moment(0)) == 1_000)
    }

    @Test("Extreme clocks do not overflow", arguments: [Int64.min, .max, 0])
    func extremeClock(milliseconds: Int64) {
        var table = RateTable<Int>(Rate(perSecond: 0.000_1, burst: 1_000_000), capacity: 10)
        #expect(table.take(1, at: Timestamp(milliseconds: milliseconds)) == nil)
    }

    @Test("The table stays bounded, and remembers those who used up most")
    func bounded() {
        var table = RateTable<Int>(Rate(perSecond: 1, burst: 5), capacity: 100)
        for _ in 0..<5 { #expect(table.take(-1, at: moment(0)) == nil) }
        for key in 0..<10_000 {
            #expect(table.take(key, at: moment(0)) == nil)
            #expect(table.count <= 100)
        }
        #expect(table.take(-1, at: moment(0)) == 1_000)
        #expect(table.take(0, at: moment(10_000)) == nil)
    }

    @Test("Buckets that filled up are dropped first")
    func dropsFull() {
        var table = RateTable<Int>(Rate(perSecond: 1, burst: 1), capacity: 10)
        for key in 0..<10 { _ = table.take(key, at: moment(0)) }
        #expect(table.take(10, at: moment(5_000)) == nil)
        #expect(table.count == 1)
    }

    @Test(
        "Addresses of one household are one",
        arguments: [
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
            ("192.0.2.1", "::ffff:192.0.2.1", true),
            ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true), ("2001:db8::1", "2001:db8:0:1::1", false),
            ("fe80::1%eth0", "fe80::2%eth1", true), ("nonsense", "", true), ("nonsense", "192.0.2.1", false),
        ])
    func addresses(one: String, other: String, same: Bool) {
        #expect((ClientAddress(one) == ClientAddress(other)) == same)
    }
}
