internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization
internal import Testing

/// Who was asked, who has answered, who is missing: in every order of the words.
struct AnswerCollectorTests {
    private let reports = Log()
    private let a = SocketID("a")
    private let b = SocketID("b")
    private let one = NodeID("one")
    private let two = NodeID("two")
    private let answer = EncodedArguments(json: Array("1".utf8))

    private final class Log: Sendable {
        let all = Mutex<[AnswerReport]>([])
        func add(_ report: AnswerReport) { all.withLock { $0.append(report) } }
        var missing: AnswerReport.Missing? {
            all.withLock { all in
                guard case .ended(let missing) = all.last else { return nil }
                return missing
            }
        }
        var count: Int { all.withLock { $0.count } }
    }

    private func collector() -> AnswerCollector { AnswerCollector { [reports] in reports.add($0) } }

    @Test func endsWhenEverybodyHasAnswered() {
        let collector = collector()
        collector.expect(nodes: [one, two])
        collector.asked(.sockets([a]), by: one)
        collector.answered(answer, by: a)
        #expect(!collector.hasEnded)
        collector.asked(.sockets([b]), by: two)
        #expect(!collector.hasEnded)
        collector.answered(answer, by: b)
        #expect(collector.hasEnded)
        #expect(reports.missing?.isEmpty == true)
        #expect(
            reports.all.withLock { $0 } == [
                .asked(.sockets([a])), .answered(answer, a), .asked(.sockets([b])), .answered(answer, b),
                .ended(.init()),
            ])
    }

    @Test("every order of the same words has the same result")
    func orders() {
        let words: [(AnswerCollector) -> Void] = [
            { $0.expect(nodes: [self.one]) },
            { $0.asked(.sockets([self.a, self.b]), by: self.one) },
            { $0.answered(self.answer, by: self.a) },
            { $0.lost(self.b) },
        ]
        var tried = 0
        for first in 0..<4 {
            for second in 0..<4 where second != first {
                for third in 0..<4 where third != first && third != second {
                    let log = Log()
                    let collector = AnswerCollector { log.add($0) }
                    for index in [first, second, third] { words[index](collector) }
                    #expect(!collector.hasEnded)
                    words[6 - first - second - third](collector)
                    #expect(log.missing?.sockets == [b])
                    #expect(log.missing?.nodes == [])
                    #expect(log.count == 4)
                    tried += 1
                }
            }
        }
        #expect(tried == 24)
    }

    @Test func onlyTheFirstAnswerCounts() {
        let collector = collector()
        collector.expect(nodes: [one])
        collector.answered(answer, by: a)
        collector.answered(EncodedArguments(), by: a)
        collector.lost(a)
        collector.asked(.sockets([a, b]), by: one)
        collector.asked(.sockets([]), by: one)
        collector.lost(b)
        collector.answered(answer, by: b)
        #expect(
            reports.all.withLock { $0 }.dropLast() == [
                .answered(answer, a), .asked(.sockets([a, b])), .lost(b),
            ])
        #expect(reports.missing?.sockets == [b])
    }

    @Test func endingNamesWhoIsMissing() {
        let collector = collector()
        collector.expect(nodes: [one, two])
        collector.asked(.sockets([a, b]), by: one)
        collector.answered(answer, by: a)
        collector.end()
        collector.end()
        collector.answered(answer, by: b)
        collector.expect(nodes: [one])
        collector.expect(nodeCount: 1)
        #expect(reports.count == 3)
        #expect(reports.missing?.sockets == [b])
        #expect(reports.missing?.silent == [b])
        #expect(reports.missing?.nodes == [two])
        #expect(reports.missing?.isEmpty == false)
    }

    @Test func serversThatGoTakeTheirSocketsWithThem() {
        let collector = collector()
        collector.expect(nodes: [one, two])
        collector.asked(.sockets([a, b]), by: one)
        collector.answered(answer, by: a)
        collector.lost(node: NodeID("unknown"))
        collector.lost(node: one)
        #expect(!collector.hasEnded)
        collector.lost(node: two)
        #expect(collector.hasEnded)
        #expect(reports.missing?.sockets == [b])
        #expect(reports.missing?.silent == [])
        #expect(reports.missing?.nodes == [one, two])
        collector.lost(node: two)
        collector.asked(.sockets([]), by: two)
        #expect(reports.count == 4)
    }

    @Test func countsWhereNamesAreUnknown() {
        let collector = collector()
        collector.asked(.count(2), by: nil)
        collector.answered(answer, by: nil)
        collector.expect(nodeCount: 2)
        collector.answered(answer, by: nil)
        #expect(!collector.hasEnded)
        collector.asked(.count(1), by: nil)
        #expect(!collector.hasEnded)
        collector.answered(answer, by: nil)
        #expect(reports.missing?.isEmpty == true)
    }

    @Test("numbers of other servers are taken as they come", arguments: [Int.max, Int.min, -1, 0])
    func hostileCounts(_ number: Int) {
        let collector = collector()
        collector.expect(nodeCount: number)
        collector.asked(.count(number), by: nil)
        collector.asked(.count(number), by: nil)
        collector.answered(answer, by: nil)
        collector.end()
        #expect(collector.hasEnded)
        #expect((reports.missing?.unnamedSockets ?? -1) >= 0)
        #expect((reports.missing?.unnamedNodes ?? -1) >= 0)
    }

    @Test("servers and sockets without names are missing by number")
    func missingCounts() {
        let collector = collector()
        collector.expect(nodeCount: 5)
        collector.asked(.count(3), by: nil)
        collector.asked(.count(0), by: nil)
        collector.answered(answer, by: nil)
        collector.end()
        #expect(reports.missing?.unnamedNodes == 3)
        #expect(reports.missing?.unnamedSockets == 2)
    }

    @Test func tellsWhenItHasEnded() {
        let ends = Mutex(0)
        let collector = collector()
        collector.whenEnded { ends.withLock { $0 += 1 } }
        #expect(ends.withLock { $0 } == 0)
        collector.end()
        #expect(ends.withLock { $0 } == 1)
        collector.whenEnded { ends.withLock { $0 += 1 } }
        #expect(ends.withLock { $0 } == 2)
        #expect(reports.count == 1)
    }

    @Test("who hears of the end finds nothing of the collection left")
    func endsInOrder() {
        let order = Mutex<[String]>([])
        let collector = AnswerCollector { report in
            if case .ended = report { order.withLock { $0.append("told") } }
        }
        collector.whenEnded { order.withLock { $0.append("cleared") } }
        collector.end()
        #expect(order.withLock { $0 } == ["cleared", "told"])
    }

    @Test func oneSetsTheTimer() {
        let collector = collector()
        #expect(collector.takeDeadline())
        #expect(!collector.takeDeadline())
    }

    @Test("a report that says something itself is not interrupted")
    func reentrance() {
        let log = Log()
        let box = Mutex<AnswerCollector?>(nil)
        let collector = AnswerCollector { report in
            if case .answered = report { box.withLock { $0 }?.end() }
            log.add(report)
        }
        box.withLock { $0 = collector }
        collector.expect(nodes: [one])
        collector.asked(.sockets([a, b]), by: one)
        collector.answered(answer, by: a)
        #expect(log.count == 3)
        #expect(log.missing?.sockets == [b])
        box.withLock { $0 = nil }
    }
}
