/// The rooms of one socket, and which they were a while ago.
///
/// A packet that was sent before a socket joined a room is not for it, one that was sent before it left is.
/// Recovery therefore asks for the rooms at a packet's position. What is kept are the last changes; before
/// ``floor`` nothing can be said.
public struct RoomHistory: Sendable, Equatable {
    /// One room that was joined or left.
    private struct Change: Sendable, Equatable {
        let room: Room
        let hasJoined: Bool
        /// Packets up to here met the socket before the change.
        let position: UInt64
    }

    /// How many changes are remembered.
    public static let capacity = 64

    private var changes: [Change] = []
    /// Packets up to here cannot be judged.
    public private(set) var floor: UInt64

    /// The history of a socket which is in no room yet, and which no packet up to `position` was for.
    public init(from position: UInt64) {
        floor = position
    }

    /// The socket joined a room, after the packet at `position`.
    public mutating func joined(_ room: Room, at position: UInt64) {
        note(Change(room: room, hasJoined: true, position: position))
    }

    /// The socket left a room, after the packet at `position`.
    public mutating func left(_ room: Room, at position: UInt64) {
        note(Change(room: room, hasJoined: false, position: position))
    }

    private mutating func note(_ change: Change) {
        if changes.count == Self.capacity {
            // Half at a time, so that a socket that always changes rooms does not move the rest each time.
            let dropped = Self.capacity / 2
            floor = max(floor, changes[dropped - 1].position)
            changes.removeFirst(dropped)
        }
        changes.append(change)
    }

    /// The rooms at each of some packets, walking from the newest to the oldest.
    struct Walk {
        private var rooms: Set<Room>
        private var rest: ArraySlice<Change>

        init(now rooms: Set<Room>, _ history: RoomHistory) {
            self.rooms = rooms
            rest = ArraySlice(history.changes)
        }

        /// The rooms when the packet at `position` was sent; positions must fall from call to call.
        mutating func rooms(at position: UInt64) -> Set<Room> {
            while let change = rest.last, change.position >= position {
                if change.hasJoined { rooms.remove(change.room) } else { rooms.insert(change.room) }
                rest.removeLast()
            }
            return rooms
        }
    }
}
