internal import Testing

@testable internal import SocketIOProtocol

/// Who waits for which ack.
@Suite struct AckTableTests {
    @Test func `ids count from zero and are not used again`() {
        var table = AckTable<String>(capacity: 10)
        #expect(table.insert("a") == 0)
        #expect(table.insert("b") == 1)
        #expect(table.take(0) == "a")
        #expect(table.take(0) == nil)
        #expect(table.insert("c") == 2)
        #expect(table.count == 2)
        #expect(table.take(1) == "b")
        #expect(table.take(2) == "c")
        #expect(table.insert("d") == 3)
    }

    @Test func `an id that nobody waits for is nobody's`() {
        var table = AckTable<Int>(capacity: 1)
        for id in [0, 1, UInt64.max] { #expect(table.take(id) == nil) }
        #expect(table.insert(7) == 0)
        #expect(table.take(1) == nil)
        #expect(table.take(0) == 7)
        #expect(table.isEmpty)
    }

    @Test(arguments: [0, 1, 100])
    func `the table is bounded and frees its places`(capacity: Int) {
        var table = AckTable<Int>(capacity: capacity)
        for waiter in 0..<capacity { #expect(table.insert(waiter) == UInt64(waiter)) }
        #expect(table.insert(-1) == nil)
        #expect(table.count == capacity)
        guard capacity > 0 else { return }
        #expect(table.take(0) == 0)
        #expect(table.insert(-1) == UInt64(capacity))
    }

    @Test func `ids end where JavaScript's numbers do`() {
        var table = AckTable<Int>(capacity: 10)
        table.nextID = ParserLimits.largestAckID
        #expect(table.insert(1) == ParserLimits.largestAckID)
        #expect(table.insert(2) == nil)
        #expect(table.take(ParserLimits.largestAckID) == 1)
        #expect(table.insert(3) == nil)
    }

    @Test func `all are handed over in order, once`() {
        var table = AckTable<Int>(capacity: 1000)
        for waiter in 0..<1000 { _ = table.insert(waiter) }
        _ = table.take(500)
        #expect(table.takeAll() == Array(0..<500) + Array(501..<1000))
        #expect(table.takeAll().isEmpty)
        #expect(table.isEmpty)
        #expect(table.insert(1) == 1000)
    }
}
