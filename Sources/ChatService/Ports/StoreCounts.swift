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
    /// Bytes of uploaded files.
    public let fileBytes: Int64
    /// What waits to be done later.
    public let waiting: Waiting

    /// Work that waits.
    public struct Waiting: Hashable, Sendable {
        /// Posts of outgoing webhooks.
        public let deliveries: Int
        /// Notifications of browsers.
        public let pushes: Int
        /// Messages whose links are to be fetched.
        public let previews: Int
        /// Messages that are to be looked at for the index of words.
        public let indexing: Int

        /// Counts.
        public init(deliveries: Int, pushes: Int, previews: Int, indexing: Int) {
            self.deliveries = deliveries
            self.pushes = pushes
            self.previews = previews
            self.indexing = indexing
        }
    }

    /// Counts.
    public init(
        people: Int, rooms: Int, messages: Int64, bytes: Int64, fileBytes: Int64, waiting: Waiting
    ) {
        self.people = people
        self.rooms = rooms
        self.messages = messages
        self.bytes = bytes
        self.fileBytes = fileBytes
        self.waiting = waiting
    }
}

/// How much there is, to read.
public protocol CountReading {
    /// Counts everything, in a time that does not grow with the messages.
    func counts() throws -> StoreCounts
}
