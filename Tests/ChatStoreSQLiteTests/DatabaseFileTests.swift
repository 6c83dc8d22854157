import ChatDomain
import ChatService
import Foundation
import Testing

@testable import ChatStoreSQLite

@Suite("Copies, checks and exports of the file")
struct DatabaseFileTests {
    @Test("A copy is made while the store writes, is whole, and only its owner can read it")
    func copy() async throws {
        let folder = try TemporaryFolder()
        let fixture = try StoreFixture(folder: folder)
        try await fixture.insertAnna()
        try await fixture.save("before")
        let steps = Recorder<Int>()
        try DatabaseFile(path: folder.path()).copy(to: folder.path("copy")) { done, all in
            if done == all { steps.add(all) }
        }
        try await fixture.save("after")
        await fixture.store.close()
        #expect(steps.all.count == 1)
        let report = try DatabaseFile(path: folder.path("copy")).check()
        #expect(report.problems == [] && !report.needsMigration && report.epoch == fixture.store.epoch)
        #expect(
            try OtherProgram.texts("SELECT value FROM settings WHERE key = 'name'", in: folder.path("copy"))
                == ["before"])
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path("copy"))[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(throws: DatabaseFileError.self) {
            try DatabaseFile(path: folder.path()).copy(to: folder.path("copy")) { _, _ in }
        }
    }

    @Test("A restored database has another epoch; what was there is kept; a running server is left alone")
    func restore() async throws {
        let folder = try TemporaryFolder()
        let fixture = try StoreFixture(folder: folder)
        try await fixture.save("old")
        let backup = DatabaseFile(path: folder.path("backup"))
        let file = DatabaseFile(path: folder.path())
        try file.copy(to: backup.path) { _, _ in }
        try await fixture.save("new")
        #expect(throws: DatabaseFileError.self) { try file.restore(from: backup, suffix: ".before") }
        await fixture.store.close()
        #expect(try file.restore(from: backup, suffix: ".before") == folder.path() + ".before")
        let again = try StoreFixture(folder: folder)
        #expect(try await again.name() == "old")
        #expect(again.store.epoch != fixture.store.epoch)
        await again.store.close()
        #expect(
            try OtherProgram.texts(
                "SELECT value FROM settings WHERE key = 'name'", in: folder.path() + ".before") == ["new"])
    }

    @Test("A damaged or foreign backup changes nothing")
    func damaged() async throws {
        let folder = try TemporaryFolder()
        let fixture = try StoreFixture(folder: folder)
        try await fixture.save("kept")
        await fixture.store.close()
        let file = DatabaseFile(path: folder.path())
        try OtherProgram.run("CREATE TABLE cookies (x)", in: folder.path("foreign"))
        try Data("hello".utf8).write(to: URL(fileURLWithPath: folder.path("text")))
        for name in ["foreign", "text", "missing"] {
            #expect(throws: DatabaseFileError.self) {
                try file.restore(from: DatabaseFile(path: folder.path(name)), suffix: ".before")
            }
        }
        let again = try StoreFixture(folder: folder)
        #expect(try await again.name() == "kept")
        #expect(again.store.epoch == fixture.store.epoch)
        await again.store.close()
    }

    @Test("A command beside a running server writes what the server then reads")
    func beside() async throws {
        let folder = try TemporaryFolder()
        let server = try StoreFixture(folder: folder)
        let command = try StoreFixture(options: SQLiteStoreOptions(isBesideServer: true), folder: folder)
        try await command.save("from beside")
        #expect(try await server.name() == "from beside")
        await command.store.close()
        try await server.save("still writing")
        await server.store.close()
        #expect(server.failures.all.isEmpty && command.failures.all.isEmpty)
    }

    @Test("A person and a room as JSON")
    func export() async throws {
        let folder = try TemporaryFolder()
        let fixture = try StoreFixture(folder: folder)
        try await fixture.insertAnna()
        let (anna, room) = (fixture.anna, ConversationID(bits: 5))
        let now = Timestamp(milliseconds: 10)
        let name = try RoomName("Büro \"1\"")
        let topic = try Topic("")
        try await fixture.store.write { store in
            let person = try #require(try store.person(anna))
            let key = try store.insertRoom(
                id: room, kind: .publicRoom, name: name, topic: topic, owner: person.key, at: now)
            try store.insertMembership(of: person.key, in: key, role: .owner, at: now)
            _ = try SystemWord.append("first", by: person.key, to: key, in: store)
            _ = try SystemWord.append("second", by: person.key, to: key, in: store)
        } committed: { _ in
        }
        let export = DatabaseExport(of: DatabaseFile(path: folder.path()))
        var text = ""
        try export.room("\(room)") { text += $0 }
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect((object["room"] as? [String: Any])?["name"] as? String == "Büro \"1\"")
        #expect((object["members"] as? [[String: Any]])?.map { $0["username"] as? String } == ["anna"])
        let messages = try #require(object["messages"] as? [[String: Any]])
        #expect(messages.map { $0["body"] as? String } == ["first", "second"])
        #expect(messages.map { $0["seq"] as? Int } == [1, 2])
        text = ""
        try export.person("ANNA") { text += $0 }
        let person = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect((person["person"] as? [String: Any])?["u"] as? String == "\(anna)")
        #expect((person["messages"] as? [[String: Any]])?.count == 2)
        #expect(throws: DatabaseFileError.self) { try export.person("nobody") { _ in } }
        #expect(throws: DatabaseFileError.self) { try export.room("cnv_x") { _ in } }
        await fixture.store.close()
    }
}

/// A message without the rules of the chat.
private enum SystemWord {
    static func append(
        _ body: String, by user: UserKey, to conversation: ConversationKey, in store: any StoreWriting
    ) throws -> MessageSeq {
        try store.append(
            NewMessage(
                conversation: conversation, sender: user, clientID: nil,
                sentAt: Timestamp(milliseconds: 11), kind: .text, body: body)
        ).seq
    }
}
