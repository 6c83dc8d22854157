internal import SocketIOCore

/// A table behind a reference, so that a test can change it inside an expectation.
final class RoomsUnderTest {
    private var table = RoomTable<Member>()

    var count: Int { table.count }
    var roomCount: Int { table.roomCount }
    var allRooms: Set<Room> { Set(table.allRooms) }

    func count(in room: Room) -> Int { table.count(in: room) }

    func add(_ member: Member, id: SocketID) { table.add(member, id: id) }

    @discardableResult
    func remove(_ member: Member, id: SocketID) -> Set<Room> { table.remove(member, id: id) }

    @discardableResult
    func join(_ member: Member, _ room: Room) -> Bool { table.join(member, room) }

    @discardableResult
    func leave(_ member: Member, _ room: Room) -> Bool { table.leave(member, room) }

    func rooms(of member: Member) -> Set<Room> { table.rooms(of: member) }

    func forEach(matching options: BroadcastOptions, _ body: (Member) -> Void) {
        table.forEach(matching: options, body)
    }
}
