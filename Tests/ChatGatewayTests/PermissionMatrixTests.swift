internal import ChatDomain
internal import ChatService
internal import SocketIO
internal import Testing

/// Every event of rooms, by everybody, over real sockets: cell by cell.
@Suite("The permission matrix", .timeLimit(.minutes(5)))
struct PermissionMatrixTests {
    /// Who asks. `archive` is the owner of a room that is archived; `admin` administrates the server and is no member.
    private enum Who: String, CaseIterable {
        case stranger, admin, kicked, banned, member, silenced, moderator, owner, archive
    }

    /// A: done, N: not_found, F: forbidden, B: banned, S: silenced, X: archived; in the order of `Who`.
    private static let matrix: [(event: String, extra: String, answers: String)] = [
        ("send", #""cid":"@cid","body":"hi""#, "NNNNASAAX"),
        ("typing", "", "NNNNAAAAA"),
        ("read", #""seq":1"#, "NNNNAAAAA"),
        ("gap", #""from":1"#, "NNNNAAAAA"),
        ("page", "", "NNNNAAAAA"),
        ("view", "", "NNNNAAAAA"),
        ("edit", #""seq":@mine,"mid":"@cid","body":"x","base":1"#, "NNNNASAAX"),
        ("edit", #""seq":@theirs,"mid":"@cid","body":"x","base":1"#, "NNNNFSFFX"),
        ("del", #""seq":@mine,"mid":"@cid""#, "NNNNAAAAX"),
        ("del", #""seq":@theirs,"mid":"@cid""#, "NNNNFFAAX"),
        ("react", #""seq":@theirs,"mid":"@cid","emoji":"👍","on":true"#, "NNNNASAAX"),
        ("pin", #""seq":@theirs,"mid":"@cid","on":true"#, "NNNNFFAAX"),
        ("versions", #""seq":@theirs"#, "NNNNAAAAA"),
        ("thread", #""seq":@theirs"#, "NNNNAAAAA"),
        ("pins", "", "NNNNAAAAA"),
        ("unread", #""seq":1,"rr":1"#, "NNNNAAAAA"),
        ("room.members", "", "NNNNAAAAA"),
        ("room.join", "", "AAABAAAAX"),
        ("room.leave", "", "NNNNAAAAA"),
        ("room.add", #""members":["@newcomer"]"#, "NNNNAAAAX"),
        ("room.update", #""name":"Other""#, "NNNNFFAAX"),
        ("room.update", #""topic":"Other""#, "NNNNFFAAX"),
        ("room.update", #""public":false"#, "NNNNFFFAX"),
        ("room.role", #""u":"@target","role":"moderator""#, "NNNNFFFAX"),
        ("room.kick", #""u":"@target""#, "NNNNFFAAX"),
        ("room.ban", #""u":"@target","on":true"#, "NNNNFFAAX"),
        ("room.ban", #""u":"@banned","on":false"#, "NNNNFFAAX"),
        ("room.bans", "", "NNNNFFAAA"),
        ("room.mute", #""u":"@target","until":4102444800000"#, "NNNNFFAAX"),
        ("room.archive", #""on":true"#, "NNNNFFFAA"),
        ("notify", #""level":"none""#, "NNNNAAAAA"),
        ("conv.pin", #""on":true"#, "NNNNAAAAA"),
        ("conv.hide", #""on":true"#, "NNNNAAAAA"),
    ]

    private static let codes: [Character: String] = [
        "A": "ok", "N": "not_found", "F": "forbidden", "B": "banned", "S": "silenced", "X": "archived",
    ]

    @Test("Every event by everybody")
    func everyCell() async throws {
        try await ChatServer.run { server in
            var people = ["admin": try await server.setUp()]
            for name in [
                "owner", "moderator", "member", "silenced", "kicked", "banned", "stranger", "target",
            ] {
                people[name] = try await server.signUp(name)
            }
            people["newcomer"] = try await server.signUp("newcomer")
            people["archive"] = people["owner"]
            var clients: [Who: ChatClient] = [:]
            for who in Who.allCases {
                clients[who] = try await server.connect(try #require(people[who.rawValue]))
            }
            var cell = 0
            for row in Self.matrix {
                #expect(row.answers.count == Who.allCases.count)
                for (who, letter) in zip(Who.allCases, row.answers) {
                    cell += 1
                    let (room, seqs) = try await Self.room(server, people, isArchived: who == .archive)
                    var request =
                        row.extra.isEmpty ? "{\"c\":\"\(room)\"}" : "{\"c\":\"\(room)\",\(row.extra)}"
                    for name in ["newcomer", "target", "banned"] {
                        request.replace("@\(name)", with: people[name]?.id ?? "")
                    }
                    let author = who == .archive ? "owner" : who.rawValue
                    request.replace("@mine", with: (seqs[author] ?? MessageSeq(1)).description)
                    request.replace("@theirs", with: (seqs["target"] ?? MessageSeq(1)).description)
                    request.replace("@cid", with: "00000000-0000-4000-8000-\(100_000_000_000 + cell)")
                    let answer = try await #require(clients[who]).ask(row.event, request)
                    let code = answer["ok"]?.bool == true ? "ok" : answer["code"]?.string
                    #expect(code == Self.codes[letter], "\(row.event) \(row.extra) as \(who)")
                }
            }
            for client in clients.values { await client.close() }
        }
    }

    /// A public room in which everybody is what they are called; and the message that each member had sent there.
    private static func room(
        _ server: ChatServer, _ people: [String: Person], isArchived: Bool
    ) async throws -> (ConversationID, [String: MessageSeq]) {
        let ids = people.compactMapValues { UserID($0.id) }
        let owner = try #require(ids["owner"])
        let banned = try #require(ids["banned"])
        let kicked = try #require(ids["kicked"])
        let chat = server.chat
        let members = ["moderator", "member", "silenced", "kicked", "target"].compactMap { ids[$0] }
        let room = try await chat.createRoom(
            name: RoomName("Matrix"), topic: Topic(""), isPublic: true, members: members, by: owner
        ).id
        var seqs: [String: MessageSeq] = [:]
        for name in ["owner", "moderator", "member", "silenced", "kicked", "target"] {
            seqs[name] = try await chat.sendMessage(
                MessageBody(name), cid: ClientMessageID(bits: .random(in: 0 ... .max)), to: room,
                by: try #require(ids[name])
            ).seq
        }
        try await chat.changeRole(
            of: try #require(ids["moderator"]), in: room, to: .moderator, by: owner)
        try await chat.silence(
            try #require(ids["silenced"]), in: room, until: chat.now.advanced(byMilliseconds: 60_000),
            by: owner)
        try await chat.removeMember(kicked, from: room, by: owner)
        try await chat.ban(banned, from: room, reason: BanReason(""), by: owner)
        if isArchived { try await chat.archiveRoom(room, true, by: owner) }
        return (room, seqs)
    }
}
