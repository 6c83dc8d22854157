internal import Testing

@testable internal import SocketIOCore

/// What is remembered, and what has to go.
struct LRUTableTests {
    /// A table behind a reference, so that a test can change it inside an expectation.
    private final class Table {
        private var table: LRUTable<Int, String>
        init(_ capacity: Int) { table = LRUTable(capacity: capacity) }
        var count: Int { table.count }
        var useCount: Int { table.uses.count }
        var all: Set<String> { Set(table.allValues) }
        func value(_ key: Int) -> String? { table.value(key) }
        func set(_ key: Int, _ value: String) -> Int? { table.set(key, value)?.key }
        func remove(_ key: Int) -> String? { table.remove(key) }
    }

    @Test func theOneNotUsedForLongestGoes() {
        let table = Table(2)
        #expect(table.set(1, "a") == nil)
        #expect(table.set(2, "b") == nil)
        #expect(table.value(1) == "a")
        #expect(table.set(3, "c") == 2)
        #expect(table.value(2) == nil)
        #expect(table.set(1, "A") == nil)
        #expect(table.set(4, "d") == 3)
        #expect(table.all == ["A", "d"])
        #expect(table.remove(1) == "A")
        #expect(table.remove(1) == nil)
        #expect(table.count == 1)
    }

    @Test("there is room for one at least", arguments: [0, -1, Int.min])
    func smallest(_ capacity: Int) {
        let table = Table(capacity)
        #expect(table.set(1, "a") == nil)
        #expect(table.set(2, "b") == 1)
        #expect(table.count == 1)
    }

    @Test("what is used all the time does not pile up")
    func memory() {
        let table = Table(8)
        for step in 0..<10_000 {
            _ = step.isMultiple(of: 3) ? table.value(step % 5) : table.set(step % 5, "a").map(String.init)
            #expect(table.useCount <= 64)
        }
    }

    @Test("agrees with a list that is kept in order, whatever is done")
    func oracle() {
        var random = SeededGenerator(seed: 7)
        let table = Table(8)
        var order: [Int] = []
        for step in 0..<20_000 {
            let key = Int.random(in: 0..<14, using: &random)
            let isKnown = order.contains(key)
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                #expect((table.remove(key) != nil) == isKnown)
                order.removeAll { $0 == key }
            case 1:
                #expect((table.value(key) != nil) == isKnown)
                order.removeAll { $0 == key }
                if isKnown { order.append(key) }
            default:
                let gone = table.set(key, "\(step)")
                order.removeAll { $0 == key }
                order.append(key)
                #expect(gone == (order.count > 8 ? order.removeFirst() : nil))
            }
            #expect(table.count == order.count)
        }
    }
}
