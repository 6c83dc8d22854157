internal import SocketIOProtocol
internal import Testing

/// Text packets and their attachments, in every order.
@Suite struct AttachmentCollectorTests {
    enum Event: Sendable, Equatable, CaseIterable {
        case beginNone, beginOne, beginThree, smallBinary, fullBinary, tooLargeBinary, text
    }

    enum Outcome: Equatable, Sendable {
        case nothing
        case order(AttachmentCollector.OnAttachment)
        case violation(SocketIOViolation)
    }

    static let limits = ParserLimits(maxAttachmentBytes: 10)

    static func apply(_ event: Event, to collector: inout AttachmentCollector) -> Outcome {
        do throws(SocketIOViolation) {
            switch event {
            case .beginNone: collector.begin(count: 0)
            case .beginOne: collector.begin(count: 1)
            case .beginThree: collector.begin(count: 3)
            case .smallBinary: return .order(try collector.receivedBinary(length: 3))
            case .fullBinary: return .order(try collector.receivedBinary(length: 10))
            case .tooLargeBinary: return .order(try collector.receivedBinary(length: 11))
            case .text: try collector.receivedText()
            }
            return .nothing
        } catch {
            return .violation(error)
        }
    }

    /// How a state is reached, an event, what comes of it, and how many attachments are due after it.
    static let transitions: [([Event], Event, Outcome, Int)] = [
        // idle
        ([], .beginNone, .nothing, 0), ([], .beginOne, .nothing, 1), ([], .beginThree, .nothing, 3),
        ([], .smallBinary, .violation(.unexpectedBinary), 0),
        ([], .fullBinary, .violation(.unexpectedBinary), 0),
        ([], .tooLargeBinary, .violation(.unexpectedBinary), 0), ([], .text, .nothing, 0),
        // idle again, after packets with and without attachments
        ([.beginNone], .smallBinary, .violation(.unexpectedBinary), 0), ([.beginNone], .text, .nothing, 0),
        ([.beginOne, .smallBinary], .smallBinary, .violation(.unexpectedBinary), 0),
        ([.beginOne, .smallBinary], .text, .nothing, 0),
        ([.beginOne, .smallBinary], .beginThree, .nothing, 3),
        // pending, the last one
        ([.beginOne], .beginNone, .nothing, 0), ([.beginOne], .beginOne, .nothing, 0),
        ([.beginOne], .smallBinary, .order(.complete), 0), ([.beginOne], .fullBinary, .order(.complete), 0),
        ([.beginOne], .tooLargeBinary, .violation(.attachmentsTooLarge), 0),
        ([.beginOne], .text, .violation(.textWhileAttachmentsPending), 0),
        // pending, more than one
        ([.beginThree], .smallBinary, .order(.keepWaiting), 2),
        ([.beginThree], .fullBinary, .order(.keepWaiting), 2),
        ([.beginThree], .tooLargeBinary, .violation(.attachmentsTooLarge), 0),
        ([.beginThree], .text, .violation(.textWhileAttachmentsPending), 0),
        ([.beginThree, .smallBinary], .text, .violation(.textWhileAttachmentsPending), 0),
        ([.beginThree, .smallBinary], .fullBinary, .violation(.attachmentsTooLarge), 0),
        ([.beginThree, .fullBinary], .smallBinary, .violation(.attachmentsTooLarge), 0),
        ([.beginThree, .smallBinary, .smallBinary], .smallBinary, .order(.complete), 0),
        // each packet has the whole bound
        ([.beginOne, .fullBinary, .beginOne], .fullBinary, .order(.complete), 0),
    ]

    @Test(arguments: Self.transitions)
    func `each event in each state`(path: [Event], event: Event, outcome: Outcome, remaining: Int) {
        var collector = AttachmentCollector(limits: Self.limits)
        for step in path { _ = Self.apply(step, to: &collector) }
        let found = Self.apply(event, to: &collector)
        #expect(found == outcome)
        let due = collector.remaining
        #expect(due == remaining)
        let isPending = collector.isPending
        #expect(isPending == (remaining > 0))
    }

    @Test(
        arguments: [
            ([.smallBinary], .unexpectedBinary), ([.beginThree, .text], .textWhileAttachmentsPending),
            ([.beginThree, .tooLargeBinary], .attachmentsTooLarge),
            ([.beginOne, .beginOne], .textWhileAttachmentsPending),
        ] as [([Event], SocketIOViolation)], Event.allCases)
    func `after a violation there is nothing but that violation`(
        broken: ([Event], SocketIOViolation), event: Event
    ) {
        var collector = AttachmentCollector(limits: Self.limits)
        for step in broken.0 { _ = Self.apply(step, to: &collector) }
        let isBegin = [.beginNone, .beginOne, .beginThree].contains(event)
        let found = Self.apply(event, to: &collector)
        #expect(found == (isBegin ? .nothing : .violation(broken.1)))
        let next = Self.apply(.text, to: &collector)
        #expect(next == .violation(broken.1))
    }

    @Test func `numbers that no peer can send do no harm`() throws {
        var collector = AttachmentCollector()
        collector.begin(count: -1)
        let idle = collector.isPending
        #expect(!idle)
        collector.begin(count: .max)
        let order = try collector.receivedBinary(length: .min)
        #expect(order == .keepWaiting)
        let large = Self.apply(.tooLargeBinary, to: &collector)
        #expect(large == .order(.keepWaiting))
        #expect(throws: SocketIOViolation.attachmentsTooLarge) {
            _ = try collector.receivedBinary(length: .max)
        }
    }

    @Test(arguments: SeededGenerator.seeds)
    func `random sequences agree with a count of what is due`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            var collector = AttachmentCollector(limits: Self.limits)
            var due = 0
            var bytesLeft = 0
            var history: [Event] = []
            for _ in 0..<12 {
                let event = Event.allCases.randomElement(using: &generator) ?? .text
                history.append(event)
                let found = Self.apply(event, to: &collector)
                let size = [.smallBinary: 3, .fullBinary: 10, .tooLargeBinary: 11][event]
                let begun = [.beginNone: 0, .beginOne: 1, .beginThree: 3][event]
                if let size {
                    guard due > 0, size <= bytesLeft else {
                        #expect(
                            found == .violation(due > 0 ? .attachmentsTooLarge : .unexpectedBinary),
                            "\(seed) \(history)")
                        break
                    }
                    due -= 1
                    bytesLeft -= size
                    #expect(found == .order(due == 0 ? .complete : .keepWaiting), "\(seed) \(history)")
                } else if due > 0 {
                    if event == .text {
                        #expect(found == .violation(.textWhileAttachmentsPending), "\(seed) \(history)")
                    }
                    break
                } else if let begun {
                    due = begun
                    bytesLeft = 10
                }
                let remaining = collector.remaining
                #expect(remaining == due, "\(seed) \(history)")
            }
        }
    }
}
