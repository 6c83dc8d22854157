import ChatDomain
import ChatService
import Testing

@testable import ChatStoreSQLite

/// No table keeps a row of a message that is gone, and none loses a row of one that stays.
@Suite("What hangs on removed messages")
struct RetentionStoreTests {
    /// Tables with rows of messages, and which rows are those of a message.
    private static let tables = [
        "messages": "k", "message_versions": "k", "reactions": "k", "reaction_counts": "k", "pins": "k",
        "mentions": "k", "message_previews": "k", "preview_queue": "k", "search_docs": "k",
        "replies": "root_k", "changes": "seq", "file_uses": "seq",
    ]

    private struct Scene {
        let room = ConversationID(bits: 5)
        let conversation: ConversationKey
        let person: UserKey
    }

    /// A room with two messages, and everything that a message can have on both.
    private func scene(_ fixture: StoreFixture) async throws -> Scene {
        try await fixture.insertAnna()
        let (anna, room, name, topic) = (
            fixture.anna, ConversationID(bits: 5), try RoomName("R"), try Topic("")
        )
        let (emoji, word, url) = (
            try Emoji("👍"), try MessageBody("word again"), try WebURL("https://a.example")
        )
        let now = Timestamp(milliseconds: 10)
        let scene = try await fixture.store.write { store in
            let person = try #require(try store.person(anna)).key
            let key = try store.insertRoom(
                id: room, kind: .publicRoom, name: name, topic: topic, owner: person, at: now)
            try store.insertMembership(of: person, in: key, role: .owner, at: now)
            let preview = try store.insertPreview(nil, of: url, at: now)
            for number in 1...2 {
                let (seq, _) = try store.append(
                    NewMessage(
                        conversation: key, sender: person, clientID: nil, sentAt: now, kind: .text,
                        body: "word"))
                let file = StoredFile(
                    id: FileID(bits: UInt128(number)), name: "f", type: FileType("text/plain", .file),
                    bytes: 1,
                    size: nil, hasThumbnail: false)
                try store.insert(file, upload: ClientMessageID(bits: UInt128(number)), of: person, at: now)
                try store.attach([try #require(try store.file(file.id)).key], to: seq, in: key)
                _ = try store.replaceBody(of: seq, in: key, with: word, at: now)
                _ = try store.react(emoji, true, to: seq, in: key, by: person)
                _ = try store.pin(true, seq, in: key, by: person, at: now)
                try store.setMentions([NamedMember(key: person, id: anna)], all: false, of: seq, in: key)
                try store.queuePreviews(of: seq, in: key)
                _ = try store.setPreviews([preview], of: seq, in: key)
                try store.countReply(to: seq, from: MessageSeq(9), in: key, by: 1)
                _ = try store.nextRev(changing: seq, in: key, at: now)
            }
            return Scene(conversation: key, person: person)
        } committed: { _ in
        }
        while try await fixture.store.write({ try $0.indexMessages(limit: 10) }, committed: { _ in }) > 0 {}
        return scene
    }

    /// Which of the two messages each table has rows of.
    private func kept(in fixture: StoreFixture) async throws -> [String: [String]] {
        await fixture.store.close()
        var kept: [String: [String]] = [:]
        for (table, column) in Self.tables {
            kept[table] = try OtherProgram.texts(
                "SELECT DISTINCT CAST(\(column) & 4294967295 AS TEXT) FROM \(table) ORDER BY 1",
                in: fixture.folder.path())
        }
        return kept
    }

    private func remove(
        _ fixture: StoreFixture, _ body: @escaping @Sendable (any StoreWriting) throws -> Void
    ) async throws {
        try await fixture.store.write {
            try body($0)
        } committed: { _ in
        }
        #expect(try await fixture.store.integrityProblems().isEmpty)
    }

    @Test("Before anything is removed every table has rows of both")
    func before() async throws {
        let fixture = try StoreFixture()
        _ = try await scene(fixture)
        for (table, messages) in try await kept(in: fixture) { #expect(messages == ["1", "2"], "\(table)") }
    }

    @Test("Of the older message nothing is left, of the younger one everything")
    func older() async throws {
        let fixture = try StoreFixture()
        let conversation = try await scene(fixture).conversation
        try await remove(fixture) { try $0.deleteHistory(of: conversation, upTo: MessageSeq(1)) }
        for (table, messages) in try await kept(in: fixture) { #expect(messages == ["2"], "\(table)") }
        let found = try OtherProgram.texts(
            "SELECT CAST(rowid AS TEXT) FROM search_index WHERE search_index MATCH 'word'",
            in: fixture.folder.path())
        #expect(found.count == 1)
        let loose = try OtherProgram.texts("SELECT pub FROM files WHERE loose = 1", in: fixture.folder.path())
        #expect(loose == ["\(FileID(bits: 1))"])
    }

    @Test("Of a deleted room nothing is left at all")
    func room() async throws {
        let fixture = try StoreFixture()
        let conversation = try await scene(fixture).conversation
        try await remove(fixture) { try $0.removeRoom(conversation, at: Timestamp(milliseconds: 20)) }
        let room = try await fixture.store.read { try $0.nextRemovedRoom() }
        #expect(room?.key == conversation)
        try await remove(fixture) { store in
            try store.deleteHistory(of: conversation, upTo: MessageSeq(2))
            try store.deleteRoom(conversation)
        }
        #expect(try await fixture.store.read { try $0.nextRemovedRoom() == nil })
        for (table, messages) in try await kept(in: fixture) { #expect(messages.isEmpty, "\(table)") }
        for table in ["conversations", "memberships"] {
            let rows = try OtherProgram.texts("SELECT 'row' FROM \(table)", in: fixture.folder.path())
            #expect(rows.isEmpty, "\(table)")
        }
    }
}
