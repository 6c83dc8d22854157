/// Whom a broadcast is for, and how it is delivered.
public struct BroadcastOptions: Sendable, Equatable {
    /// The union of these rooms; empty means everybody in the namespace.
    public var rooms: [Room]
    /// Nobody who is in one of these.
    public var except: [Room]
    /// Whoever cannot take the packet at once does not get it.
    public var isVolatile: Bool
    /// Only sockets of this process.
    public var isLocal: Bool
    /// Whether transports that compress may compress it; false for what is compressed already.
    public var isCompressed: Bool

    /// Options with these values; the defaults mean everybody.
    public init(
        rooms: [Room] = [], except: [Room] = [], isVolatile: Bool = false, isLocal: Bool = false,
        isCompressed: Bool = true
    ) {
        self.rooms = rooms
        self.except = except
        self.isVolatile = isVolatile
        self.isLocal = isLocal
        self.isCompressed = isCompressed
    }
}
