internal import ChatDomain
internal import SocketIOCore
internal import Testing

@testable internal import ChatGateway

@Suite("Who is there")
struct PresenceTableTests {
    private let anna = UserID(bits: 1)
    private let ben = UserID(bits: 2)
    private let one = SocketID("one")
    private let two = SocketID("two")
    private let eye = SocketID("eye")

    private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    /// Ben watches Anna.
    private func watched() -> PresenceTable {
        var table = PresenceTable()
        table.connect(eye, of: ben)
        table.watch([anna], eye)
        _ = table.tick(at: at(0))
        return table
    }

    @Test("Coming is told once a tick, however many devices come")
    func coming() {
        var table = watched()
        #expect(table.state(of: anna) == .off)
        table.connect(one, of: anna)
        table.connect(two, of: anna)
        #expect(table.tick(at: at(1_000)).news == [eye: [.init(user: anna, state: .on, seen: nil)]])
        #expect(table.tick(at: at(2_000)) == PresenceTable.Tick())
    }

    @Test("Going is told after 15 seconds, and not at all to whoever comes back before")
    func going() {
        var table = watched()
        table.connect(one, of: anna)
        _ = table.tick(at: at(1_000))
        table.disconnect(one, at: at(2_000))
        #expect(table.tick(at: at(16_999)) == PresenceTable.Tick())
        #expect(table.state(of: anna) == .on)
        table.connect(two, of: anna)
        #expect(table.tick(at: at(17_000)) == PresenceTable.Tick())
        table.disconnect(two, at: at(20_000))
        let gone = PresenceTable.Entry(user: anna, state: .off, seen: at(20_000))
        #expect(table.tick(at: at(35_000)) == .init(news: [eye: [gone]], gone: [gone]))
        #expect(table.state(of: anna) == .off)
        #expect(table.tick(at: at(60_000)) == PresenceTable.Tick())
    }

    @Test("Idle is who uses none of their devices")
    func idle() {
        var table = watched()
        table.connect(one, of: anna)
        table.connect(two, of: anna)
        _ = table.tick(at: at(1_000))
        table.setIdle(true, one)
        #expect(table.tick(at: at(2_000)).news.isEmpty)
        table.setIdle(true, two)
        #expect(table.tick(at: at(3_000)).news == [eye: [.init(user: anna, state: .idle, seen: nil)]])
        table.setIdle(false, one)
        table.setIdle(true, one)
        #expect(table.tick(at: at(4_000)).news.isEmpty)
        table.connect(SocketID("three"), of: anna)
        #expect(table.tick(at: at(5_000)).news == [eye: [.init(user: anna, state: .on, seen: nil)]])
    }

    @Test("A list replaces the one before, and ends with its socket")
    func lists() {
        var table = watched()
        table.watch([ben], eye)
        table.connect(one, of: anna)
        #expect(table.tick(at: at(1_000)).news.isEmpty)
        table.watch([anna], eye)
        #expect(table.watchers(of: anna) == [ben: [eye]])
        #expect(table.watched(by: ben) == [eye: [anna]])
        table.unwatch(anna, eye)
        #expect(table.watchers(of: anna).isEmpty)
        table.watch([anna], eye)
        table.disconnect(eye, at: at(2_000))
        #expect(table.watchers(of: anna).isEmpty)
        table.watch([anna], eye)
        #expect(table.watchers(of: anna).isEmpty)
        table.disconnect(SocketID("nobody"), at: at(2_000))
        table.setIdle(true, SocketID("nobody"))
    }

    @Test("At the end everybody was there a moment ago, or when they left")
    func end() {
        var table = watched()
        table.connect(one, of: anna)
        table.disconnect(one, at: at(5))
        let present = table.present(at: at(9))
        #expect(present.count == 2)
        #expect(present.contains(.init(user: anna, state: .off, seen: at(5))))
        #expect(present.contains(.init(user: ben, state: .off, seen: at(9))))
    }
}
