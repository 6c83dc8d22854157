/// Who is in which room: the sockets of one namespace on one event loop.
///
/// A pure value; its owner confines it to the loop, so that a broadcast takes no lock. A socket's own
/// room is not stored: its id is looked up instead, which saves two dictionary entries a connection.
/// Joining, leaving and the visit of a room cost what the rooms concerned hold, never what the table holds.
public struct RoomTable<Member: AnyObject & Hashable> {
    private var members: [Room: Set<Member>] = [:]
    private var roomsOf: [Member: Set<Room>] = [:]
    private var byID: [Room: Member] = [:]

    /// An empty table.
    public init() {}

    /// How many members there are.
    public var count: Int { byID.count }

    /// How many rooms have somebody in them, own rooms aside.
    public var roomCount: Int { members.count }

    /// The rooms that have somebody in them, own rooms aside.
    public var allRooms: some Collection<Room> { members.keys }

    /// How many members joined a room; 0 when there is no such room.
    public func count(in room: Room) -> Int { members[room]?.count ?? 0 }

    /// Adds a member, in no room but its own.
    public mutating func add(_ member: Member, id: SocketID) {
        byID[Room(id)] = member
    }

    /// Takes a member out of everything.
    ///
    /// - Returns: the rooms it was in, its own not among them.
    @discardableResult
    public mutating func remove(_ member: Member, id: SocketID) -> Set<Room> {
        byID[Room(id)] = nil
        guard let rooms = roomsOf.removeValue(forKey: member) else { return [] }
        for room in rooms { take(member, outOf: room) }
        return rooms
    }

    /// Puts a member, which was added and not removed since, into a room.
    ///
    /// - Returns: false when it was there already, or the room is somebody's own.
    @discardableResult
    public mutating func join(_ member: Member, _ room: Room) -> Bool {
        guard byID[room] == nil, members[room, default: []].insert(member).inserted else { return false }
        roomsOf[member, default: []].insert(room)
        return true
    }

    /// Takes a member out of a room. False when it was not there.
    @discardableResult
    public mutating func leave(_ member: Member, _ room: Room) -> Bool {
        guard roomsOf[member]?.remove(room) != nil else { return false }
        if roomsOf[member]?.isEmpty == true { roomsOf[member] = nil }
        take(member, outOf: room)
        return true
    }

    private mutating func take(_ member: Member, outOf room: Room) {
        members[room]?.remove(member)
        if members[room]?.isEmpty == true { members[room] = nil }
    }

    /// The rooms of a member, its own not among them.
    public func rooms(of member: Member) -> Set<Room> {
        roomsOf[member] ?? []
    }

    /// Calls `body` once for each member that the options name.
    public func forEach(matching options: BroadcastOptions, _ body: (Member) -> Void) {
        let excluded = excluded(by: options)
        switch options.rooms.count {
        case 0:
            for member in byID.values where !excluded.contains(member) { body(member) }
        case 1:
            visit(options.rooms[0]) { if !excluded.contains($0) { body($0) } }
        default:
            var seen = excluded
            for room in options.rooms {
                visit(room) { if seen.insert($0).inserted { body($0) } }
            }
        }
    }

    private func excluded(by options: BroadcastOptions) -> Set<Member> {
        var excluded: Set<Member> = []
        for room in options.except { visit(room) { excluded.insert($0) } }
        return excluded
    }

    private func visit(_ room: Room, _ body: (Member) -> Void) {
        if let member = byID[room] { body(member) }
        guard let set = members[room] else { return }
        for member in set { body(member) }
    }
}
