internal import SocketIOCore
internal import Testing

/// Thousands of random steps, each compared with a list of pairs.
struct RoomTableRandomTests {
    /// Who is in which room, as a plain list that is searched from end to end.
    private struct Oracle {
        var present: [String] = []
        var pairs: [(member: String, room: String)] = []

        func contains(_ member: String, _ room: String) -> Bool {
            pairs.contains { $0.member == member && $0.room == room }
        }

        mutating func join(_ member: String, _ room: String) -> Bool {
            guard !present.contains(room), !contains(member, room) else {
                return false
            }
            pairs.append((member, room))
            return true
        }

        mutating func leave(_ member: String, _ room: String) -> Bool {
            guard contains(member, room) else { return false }
            pairs.removeAll { $0.member == member && $0.room == room }
            return true
        }

        mutating func remove(_ member: String) -> Set<Room> {
            let rooms = Set(pairs.filter { $0.member == member }.map { Room($0.room) })
            pairs.removeAll { $0.member == member }
            present.removeAll { $0 == member }
            return rooms
        }

        func names(_ options: BroadcastOptions) -> [String] {
            present.filter { name in
                let isIn = { (room: Room) in room.name == name || contains(name, room.name) }
                return (options.rooms.isEmpty || options.rooms.contains(where: isIn))
                    && !options.except.contains(where: isIn)
            }.sorted()
        }
    }

    private static let names = (0..<8).map { "id\($0)" }
    /// Rooms, two of which are named as members are.
    private static let rooms = ["red", "green", "blue", "id0", "id5"]

    @Test(arguments: SeededGenerator.seeds)
    func againstTheOracle(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let table = RoomsUnderTest()
            var oracle = Oracle()
            let members = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, Member($0)) })
            for _ in 0..<120 {
                let name = try #require(Self.names.randomElement(using: &random))
                let room = try #require(Self.rooms.randomElement(using: &random))
                let member = try #require(members[name])
                switch Int.random(in: 0..<10, using: &random) {
                case 0, 1:
                    // An id is new when it comes: nobody joined a room of its name before.
                    guard !oracle.present.contains(name), !oracle.pairs.contains(where: { $0.room == name })
                    else { continue }
                    table.add(member, id: SocketID(name))
                    oracle.present.append(name)
                case 2:
                    let expected = oracle.remove(name)
                    #expect(table.remove(member, id: SocketID(name)) == expected)
                case 3, 4:
                    let expected = oracle.leave(name, room)
                    #expect(table.leave(member, Room(room)) == expected)
                case 5, 6, 7:
                    guard oracle.present.contains(name) else { continue }
                    let expected = oracle.join(name, room)
                    #expect(table.join(member, Room(room)) == expected)
                default:
                    let options = Self.options(&random)
                    var visited: [String] = []
                    table.forEach(matching: options) { visited.append($0.name) }
                    #expect(visited.sorted() == oracle.names(options), "seed \(seed): \(options)")
                }
                #expect(table.count == oracle.present.count)
                #expect(table.roomCount == Set(oracle.pairs.map(\.room)).count)
                let rooms = oracle.pairs.filter { $0.member == name }.map { Room($0.room) }
                #expect(table.rooms(of: member) == Set(rooms))
            }
            for (name, member) in members { table.remove(member, id: SocketID(name)) }
            #expect(table.count == 0)
            #expect(table.roomCount == 0)
        }
    }

    private static func options(_ random: inout SeededGenerator) -> BroadcastOptions {
        let all = (names + rooms + ["nowhere"]).map { Room($0) }
        let some = { (random: inout SeededGenerator) in
            (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in all.randomElement(using: &random) }
        }
        return BroadcastOptions(rooms: some(&random), except: some(&random))
    }
}
