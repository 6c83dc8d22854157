/// Who waits for which ack of one socket.
///
/// Ids count from 0 up and are not used twice. The number of waiters is bounded, or a peer that never answers
/// would make it grow for ever. An id that is not in the table is a late, repeated or invented ack: the
/// reference ignores those, and so should the caller.
public struct AckTable<Waiter> {
    @usableFromInline var waiters: [UInt64: Waiter] = [:]
    @usableFromInline var nextID: UInt64 = 0
    @usableFromInline let capacity: Int

    /// Creates a table for at most `capacity` waiters at a time.
    @inlinable
    public init(capacity: Int) {
        self.capacity = capacity
    }

    /// How many wait.
    @inlinable
    public var count: Int { self.waiters.count }

    /// Whether nobody waits.
    @inlinable
    public var isEmpty: Bool { self.waiters.isEmpty }

    /// Adds a waiter.
    ///
    /// - Returns: The ack id to send, or nil when the table is full or has used up the ids up to 2^53 - 1.
    @inlinable
    public mutating func insert(_ waiter: Waiter) -> UInt64? {
        guard self.waiters.count < self.capacity, self.nextID <= ParserLimits.largestAckID else { return nil }
        let id = self.nextID
        self.nextID = id + 1
        self.waiters[id] = waiter
        return id
    }

    /// Adds a waiter under an id that somebody else counts, such as one that several tables share.
    ///
    /// - Returns: false when the table is full, or somebody waits for this id already.
    @inlinable
    public mutating func insert(_ waiter: Waiter, id: UInt64) -> Bool {
        guard self.waiters.count < self.capacity, self.waiters[id] == nil else { return false }
        self.waiters[id] = waiter
        return true
    }

    /// Removes the waiter for `id`: its ack came, or its time is up.
    ///
    /// - Returns: nil when nobody waits for `id`.
    @inlinable
    public mutating func take(_ id: UInt64) -> Waiter? {
        self.waiters.removeValue(forKey: id)
    }

    /// Removes every waiter: the socket is gone.
    ///
    /// - Returns: The waiters in the order in which they were added.
    @inlinable
    public mutating func takeAll() -> [Waiter] {
        let all = self.waiters.sorted { $0.key < $1.key }.map(\.value)
        self.waiters = [:]
        return all
    }
}

extension AckTable: Sendable where Waiter: Sendable {}
