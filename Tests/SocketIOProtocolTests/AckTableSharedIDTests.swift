internal import SocketIOProtocol
internal import Testing

/// Ids that somebody else counts.
struct AckTableSharedIDTests {
    @Test func aWaiterUnderAGivenID() {
        var table = AckTable<String>(capacity: 2)
        let inserted = [("seven", 7), ("again", 7), ("nine", 9), ("too many", 10)].map { waiter, id in
            table.insert(waiter, id: id)
        }
        #expect(inserted == [true, false, true, false])
        #expect(table.count == 2)
        let seven = table.take(7)
        #expect(seven == "seven")
        let rest = table.takeAll()
        #expect(rest == ["nine"])
    }
}
