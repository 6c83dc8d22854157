/// The last packets of one namespace in their one order, so that a client which was away can be given what it
/// missed. Shared by all sessions: a broadcast is appended once, however many receive it.
///
/// Positions count from 1 without gaps. The log is bounded by the number of packets, their bytes and their
/// age; whatever goes, goes from the front, so that what is kept is always everything after ``floor``:
///
/// ```
///   1 ... floor | floor + 1 ... end |
///      gone     |       kept        |  yet to come
/// ```
///
/// A pure value: time is a parameter, in milliseconds of any clock that does not run backwards.
public struct RecoveryLog<Packet: Sendable>: Sendable {
    /// One packet and whom it was for.
    public struct Entry: Sendable {
        /// Its number.
        public let position: UInt64
        /// What was sent.
        public let packet: Packet
        /// The union of these rooms got it; empty means everybody.
        public let rooms: [Room]
        /// Nobody in one of these did.
        public let except: [Room]
        let byteCount: Int
        let emittedAt: Int64

        /// Whether somebody for whom `isIn` tells the rooms was meant to get the packet.
        public func concerns(_ isIn: (Room) -> Bool) -> Bool {
            (rooms.isEmpty || rooms.contains(where: isIn)) && !except.contains(where: isIn)
        }
    }

    private let limits: RecoveryLimits
    /// A ring: the entry of a position is at the position modulo the ring's size.
    private var ring: [Entry?] = []
    /// Everything up to here is gone.
    public private(set) var floor: UInt64 = 0
    /// The position of the newest packet; 0 before the first.
    public private(set) var end: UInt64 = 0
    /// Bytes of the packets that are kept, as their appenders counted them.
    public private(set) var byteCount = 0

    /// An empty log.
    public init(limits: RecoveryLimits) {
        self.limits = limits
    }

    /// How many packets are kept.
    public var count: Int { Int(end - floor) }

    /// When the oldest packet is too old; nil when there is none.
    public var nextExpiry: Int64? {
        entry(floor + 1).map { Self.later($0.emittedAt, by: limits.maxDisconnection) }
    }

    /// The packet at a position, if it is kept.
    public func entry(_ position: UInt64) -> Entry? {
        guard position > floor, position <= end else { return nil }
        return ring[slot(position)]
    }

    /// The packets after a position that are kept, the newest first.
    func newestFirst(after position: UInt64) -> some Sequence<Entry> {
        stride(from: end, to: max(position, floor), by: -1).lazy.compactMap { entry($0) }
    }

    /// Appends a packet; older ones make room for it.
    ///
    /// - Parameters:
    ///   - packet: the packet.
    ///   - rooms: who is in one of these gets it; everybody when there are none.
    ///   - except: nobody who is in one of these gets it.
    ///   - size: what the packet counts against the limit, in bytes.
    ///   - now: the current time in milliseconds.
    /// - Returns: the packet's position, which is `end` from now on.
    @discardableResult
    public mutating func append(
        _ packet: Packet, rooms: [Room], except: [Room], byteCount size: Int, now: Int64
    ) -> UInt64 {
        let size = max(0, size)
        end += 1
        guard size <= limits.maxBytes, limits.maxPackets > 0 else {
            // It can never be kept, so nothing before it is of use either.
            discard(through: end)
            return end
        }
        while count > limits.maxPackets || byteCount > limits.maxBytes - size { dropFirst() }
        if ring.count < count { grow() }
        ring[slot(end)] = Entry(
            position: end, packet: packet, rooms: rooms, except: except, byteCount: size, emittedAt: now)
        byteCount += size
        expire(now: now)
        return end
    }

    /// Counts a packet that nobody can miss: its position is taken, and what was before it is forgotten.
    @discardableResult
    public mutating func skip() -> UInt64 {
        end += 1
        discard(through: end)
        return end
    }

    /// Forgets the packets that are older than a session may be away.
    public mutating func expire(now: Int64) {
        while let expiry = nextExpiry, expiry < now { dropFirst() }
    }

    /// Forgets everything.
    public mutating func removeAll() {
        discard(through: end)
    }

    private mutating func discard(through position: UInt64) {
        floor = position
        byteCount = 0
        ring = []
    }

    /// Forgets the oldest of the packets in the ring, which is not empty.
    private mutating func dropFirst() {
        floor += 1
        if let entry = ring[slot(floor)] { byteCount -= entry.byteCount }
        ring[slot(floor)] = nil
        // An empty log holds no memory.
        if count == 0 { ring = [] }
    }

    private mutating func grow() {
        var larger = [Entry?](repeating: nil, count: max(16, ring.count * 2))
        for case .some(let entry) in ring { larger[Int(entry.position % UInt64(larger.count))] = entry }
        ring = larger
    }

    private func slot(_ position: UInt64) -> Int { Int(position % UInt64(ring.count)) }

    static func later(_ time: Int64, by amount: Int64) -> Int64 {
        let (sum, overflow) = time.addingReportingOverflow(amount)
        return overflow ? .max : sum
    }
}
