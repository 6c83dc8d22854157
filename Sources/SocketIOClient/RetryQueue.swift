/// Events that are sent one after the other until each is answered: at least once, in order (`retries`).
///
/// Only the head is ever under way. It is sent again when its ack does not come in time, and after a
/// reconnection; after `retries` further tries it is given up and the next one is sent.
///
/// ```
///   add -> [ head | ... ]    head: idle -> sent(try n) -> acknowledged: next
///                                            |  ^
///                                            +--+ timedOut, connected (n <= retries), else given up: next
/// ```
struct RetryQueue<Payload> {
    /// What to do now.
    enum Order {
        /// Send the payload, and report under this number what became of the try.
        case send(Payload, number: UInt64)
        /// Nothing.
        case none
    }

    fileprivate struct Entry {
        let payload: Payload
        var tries = 0
    }

    private var entries: [Entry] = []
    private var headIndex = 0
    /// The number of the try under way; 0 when there is none.
    private var underWay: UInt64 = 0
    private var lastNumber: UInt64 = 0
    private var isConnected = false
    private let retries: Int
    private let capacity: Int

    /// - Parameters:
    ///   - retries: how often a payload is sent again.
    ///   - capacity: how many may wait.
    init(retries: Int, capacity: Int) {
        self.retries = max(0, retries)
        self.capacity = capacity
    }

    /// How many wait, the one under way included.
    var count: Int { entries.count - headIndex }

    /// Adds a payload; nil when the queue is full.
    mutating func add(_ payload: Payload) -> Order? {
        guard count < capacity else { return nil }
        entries.append(Entry(payload: payload))
        return next()
    }

    /// The try was answered: its payload, which is done with, and what to do next. Late answers mean nothing.
    mutating func acknowledged(_ number: UInt64) -> (done: Payload?, Order) {
        guard number == underWay, underWay != 0 else { return (nil, .none) }
        return (takeHead(), next())
    }

    /// No answer came in time: the payload if it is given up, and what to do next.
    mutating func timedOut(_ number: UInt64) -> (givenUp: Payload?, Order) {
        guard number == underWay, underWay != 0 else { return (nil, .none) }
        underWay = 0
        guard entries[headIndex].tries > retries else { return (nil, next()) }
        return (takeHead(), next())
    }

    /// The socket is connected: the head is sent, again if it was under way. That try counts like any other.
    mutating func connected() -> Order {
        isConnected = true
        underWay = 0
        return next()
    }

    /// The socket is no longer connected: what was under way is not.
    mutating func disconnected() {
        isConnected = false
        underWay = 0
    }

    /// Empties the queue.
    mutating func takeAll() -> [Payload] {
        defer {
            entries = []
            headIndex = 0
            underWay = 0
        }
        return entries[headIndex...].map(\.payload)
    }

    private mutating func takeHead() -> Payload {
        let head = entries[headIndex].payload
        headIndex += 1
        underWay = 0
        if headIndex == entries.count || headIndex > 64 {
            entries.removeFirst(headIndex)
            headIndex = 0
        }
        return head
    }

    private mutating func next() -> Order {
        guard isConnected, underWay == 0, headIndex < entries.count else { return .none }
        entries[headIndex].tries += 1
        lastNumber += 1
        underWay = lastNumber
        return .send(entries[headIndex].payload, number: lastNumber)
    }
}

extension RetryQueue.Entry: Sendable where Payload: Sendable {}
extension RetryQueue: Sendable where Payload: Sendable {}
extension RetryQueue.Order: Sendable where Payload: Sendable {}
