internal import Testing

@testable internal import SocketIOClient

@Suite struct RetryQueueTests {
    private func sent(_ order: RetryQueue<String>.Order?) -> (String, UInt64)? {
        guard case .send(let payload, let number) = order else { return nil }
        return (payload, number)
    }

    @Test func oneAfterTheOtherInOrder() throws {
        var queue = RetryQueue<String>(retries: 2, capacity: 10)
        #expect(sent(queue.add("a")) == nil)
        let first = try #require(sent(queue.connected()))
        #expect(first.0 == "a")
        #expect(sent(queue.add("b")) == nil)
        let (done, order) = queue.acknowledged(first.1)
        #expect(done == "a")
        #expect(sent(order)?.0 == "b")
        #expect(queue.count == 1)
    }

    @Test func triesAreCountedAndThenItIsGivenUp() throws {
        var queue = RetryQueue<String>(retries: 2, capacity: 10)
        _ = queue.connected()
        var number = try #require(sent(queue.add("a"))).1
        _ = queue.add("b")
        for _ in 0..<2 {
            let (givenUp, order) = queue.timedOut(number)
            #expect(givenUp == nil)
            let again = try #require(sent(order))
            #expect(again.0 == "a")
            number = again.1
        }
        let (givenUp, order) = queue.timedOut(number)
        #expect(givenUp == "a")
        #expect(sent(order)?.0 == "b")
    }

    @Test func aReconnectionSendsTheHeadAgainAndOldNumbersMeanNothing() throws {
        var queue = RetryQueue<String>(retries: 5, capacity: 10)
        _ = queue.connected()
        let old = try #require(sent(queue.add("a"))).1
        queue.disconnected()
        #expect(queue.timedOut(old).givenUp == nil)
        let again = try #require(sent(queue.connected()))
        #expect(again.0 == "a" && again.1 != old)
        #expect(queue.acknowledged(old).done == nil)
        #expect(queue.acknowledged(again.1).done == "a")
        #expect(queue.acknowledged(again.1).done == nil)
        #expect(queue.count == 0)
    }

    @Test func itIsBounded() {
        var queue = RetryQueue<String>(retries: 0, capacity: 2)
        #expect(queue.add("a") != nil)
        #expect(queue.add("b") != nil)
        #expect(queue.add("c") == nil)
        #expect(queue.takeAll() == ["a", "b"])
        #expect(queue.count == 0)
    }

    /// At least once, in order, whatever the network does.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func anySequenceOfEventsKeepsTheOrder(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        var queue = RetryQueue<Int>(retries: .max - 1, capacity: 1_000)
        var (arrived, done, underWay): ([Int], [Int], UInt64?) = ([], [], nil)
        func take(_ order: RetryQueue<Int>.Order) {
            guard case .send(let payload, let number) = order else { return }
            underWay = number
            arrived.append(payload)
        }
        for next in 0..<500 {
            if let order = queue.add(next) { take(order) }
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                queue.disconnected()
                underWay = nil
            case 1: take(queue.connected())
            case 2:
                guard let number = underWay else { continue }
                underWay = nil
                let (payload, order) = queue.acknowledged(number)
                if let payload { done.append(payload) }
                take(order)
            default:
                guard let number = underWay else { continue }
                underWay = nil
                take(queue.timedOut(number).1)
            }
        }
        #expect(done == Array(0..<done.count))
        #expect(arrived == arrived.sorted())
        #expect(!done.isEmpty)
    }
}
