/// How much there is in a store.
public struct StoreCounts: Hashable, Sendable {
    /// People whose accounts are in use.
    public let people: Int
    /// Public and private rooms.
    public let rooms: Int
    /// Messages.
    public let messages: Int64
    /// Bytes of the database.
    public let bytes: Int64

    /// Counts.
    public init(people: Int, rooms: Int, messages: Int64, bytes: Int64) {
        self.people = people
        self.rooms = rooms
        self.messages = messages
        self.bytes = bytes
    }
}

/// How much there is, to read.
public protocol CountReading {
    /// Counts everything, in a time that does not grow with the messages.
    func counts() throws -> StoreCounts
}
