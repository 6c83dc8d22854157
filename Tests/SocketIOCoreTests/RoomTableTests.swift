internal import SocketIOCore
internal import Testing

/// Who is in which room, step by step.
struct RoomTableTests {
    /// Three members, `a`, `b` and `c`, each with an id of its name.
    private static func table() -> (table: RoomsUnderTest, members: [String: Member]) {
        let table = RoomsUnderTest()
        var members: [String: Member] = [:]
        for name in ["a", "b", "c"] {
            let member = Member(name)
            members[name] = member
            table.add(member, id: SocketID(name))
        }
        return (table, members)
    }

    private static func names(_ table: RoomsUnderTest, _ rooms: [Room], except: [Room] = []) -> [String] {
        var names: [String] = []
        table.forEach(matching: BroadcastOptions(rooms: rooms, except: except)) { names.append($0.name) }
        return names.sorted()
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let rooms: [Room]
        let except: [Room]
        let expected: [String]

        init(_ rooms: [Room], except: [Room] = [], _ expected: [String]) {
            self.rooms = rooms
            self.except = except
            self.expected = expected
        }

        var testDescription: String { "\(rooms) except \(except)" }
    }

    /// `a` is in red, `b` in red and blue, `c` in none.
    static let rows: [Row] = [
        Row([], ["a", "b", "c"]),
        Row(["red"], ["a", "b"]),
        Row(["blue"], ["b"]),
        Row(["nowhere"], []),
        Row(["red", "blue"], ["a", "b"]),
        Row(["red", "red"], ["a", "b"]),
        Row(["red", "nowhere"], ["a", "b"]),
        Row(["a"], ["a"]),
        Row(["c"], ["c"]),
        Row(["a", "c"], ["a", "c"]),
        Row(["a", "red", "blue", "c"], ["a", "b", "c"]),
        Row([], except: ["red"], ["c"]),
        Row([], except: ["a"], ["b", "c"]),
        Row([], except: ["nowhere"], ["a", "b", "c"]),
        Row([], except: ["a", "b", "c"], []),
        Row(["red"], except: ["blue"], ["a"]),
        Row(["red"], except: ["a"], ["b"]),
        Row(["red"], except: ["red"], []),
        Row(["red", "c"], except: ["blue"], ["a", "c"]),
        Row(["red", "blue"], except: ["a", "b"], []),
        Row(["c"], except: ["red"], ["c"]),
        Row(["a"], except: ["a"], []),
    ]

    @Test(arguments: rows)
    func broadcast(row: Row) throws {
        let (table, members) = Self.table()
        let a = try #require(members["a"])
        let b = try #require(members["b"])
        #expect(table.join(a, "red"))
        #expect(table.join(b, "red"))
        #expect(table.join(b, "blue"))
        #expect(Self.names(table, row.rooms, except: row.except) == row.expected)
    }

    @Test func joinTwiceLeaveTwice() throws {
        let (table, members) = Self.table()
        let a = try #require(members["a"])
        #expect(table.join(a, "red"))
        #expect(!table.join(a, "red"))
        #expect(table.rooms(of: a) == ["red"])
        #expect(table.allRooms == ["red"] && table.count(in: "red") == 1 && table.count(in: "blue") == 0)
        #expect(Self.names(table, ["red"]) == ["a"])
        #expect(table.leave(a, "red"))
        #expect(!table.leave(a, "red"))
        #expect(table.rooms(of: a) == [])
        #expect(Self.names(table, ["red"]) == [])
        #expect(table.roomCount == 0 && table.allRooms == [] && table.count(in: "red") == 0)
    }

    @Test("Nobody comes into the room of an id, not even its owner, and its owner does not leave it")
    func ownRooms() throws {
        let (table, members) = Self.table()
        let a = try #require(members["a"])
        let b = try #require(members["b"])
        #expect(!table.join(b, "a"))
        #expect(!table.join(a, "a"))
        #expect(!table.leave(a, "a"))
        #expect(!table.leave(b, "a"))
        #expect(Self.names(table, ["a"]) == ["a"])
        #expect(table.rooms(of: a) == [])
        #expect(table.roomCount == 0)
        #expect(table.count == 3)
    }

    @Test func leavingARoomNobodyIsIn() throws {
        let (table, members) = Self.table()
        #expect(!table.leave(try #require(members["a"]), "red"))
        #expect(table.roomCount == 0)
    }

    @Test func removal() throws {
        let (table, members) = Self.table()
        let a = try #require(members["a"])
        let b = try #require(members["b"])
        table.join(a, "red")
        table.join(a, "blue")
        table.join(b, "red")
        #expect(table.remove(a, id: SocketID("a")) == ["red", "blue"])
        #expect(table.remove(a, id: SocketID("a")) == [])
        #expect(table.count == 2)
        #expect(table.roomCount == 1)
        #expect(Self.names(table, []) == ["b", "c"])
        #expect(Self.names(table, ["a"]) == [])
        #expect(Self.names(table, ["red", "blue"]) == ["b"])
        #expect(table.rooms(of: a) == [])
        for (name, member) in members { table.remove(member, id: SocketID(name)) }
        #expect(table.count == 0)
        #expect(table.roomCount == 0)
    }

    @Test("The table keeps nobody alive who is gone")
    func memory() {
        let table = RoomsUnderTest()
        weak var watched: Member?
        do {
            let member = Member("x")
            watched = member
            table.add(member, id: SocketID("x"))
            table.join(member, "red")
            table.remove(member, id: SocketID("x"))
        }
        #expect(watched == nil)
    }

    @Test func names() {
        #expect(Room(SocketID("abc")) == "abc")
        #expect(Room("abc").description == "abc")
        let number = 7
        #expect(Room("user:\(number)").name == "user:7")
        #expect(SocketID("abc").description == "abc")
    }
}
