import ChatDomain
import ChatImport
import ChatService
import ChatStoreSQLite
import Foundation
import Testing

/// A chat that something is brought into.
final class TestTarget: Sendable {
    private struct Silence: Announcer {
        func announce(_ announcement: Announcement) {}
    }

    let folder: URL
    let store: SQLiteChatStore
    let chat: Chat
    let admin: UserID

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try SQLiteChatStore(path: folder.appending(path: "chat.sqlite").path) {
            Issue.record("\($0)")
        }
        chat = Chat(
            store: store, hasher: Argon2PasswordHasher(cost: .init(memory: 8, passes: 1)),
            announcer: Silence(),
            files: try FileDepot(folder: folder.appending(path: "files").path) { Issue.record("\($0)") },
            limits: .none)
        admin = try await chat.setUpFirstAccount(
            username: Username("admin"), name: DisplayName("Admin"), password: Password("horse battery 9"),
            from: .local
        ).account.user.id
    }

    static func run(_ body: (TestTarget) async throws -> Void) async throws {
        let target = try await TestTarget()
        do {
            try await body(target)
        } catch {
            await target.remove()
            throw error
        }
        #expect(try await target.store.integrityProblems() == [])
        await target.remove()
    }

    private func remove() async {
        await store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    func bring(_ archive: any ImportArchive) async throws -> ImportReport {
        try await ImportRun(archive, into: chat) { _ in }.run()
    }

    func person(_ username: String) async throws -> User {
        try #require(try await chat.findPerson(Username(username)))
    }

    /// The conversations of somebody, read by the store: imported accounts are closed.
    func conversations(of username: String) async throws -> [ConversationSummary] {
        let name = try Username(username)
        return try await store.read { store in
            try store.summaries(of: try #require(try store.anyPerson(named: name)).key)
        }
    }

    func messages(of conversation: ConversationID, reader: String) async throws -> [Message] {
        let name = try Username(reader)
        return try await store.read { store in
            let person = try #require(try store.anyPerson(named: name))
            let keys = try store.summaries(of: person.key)
            #expect(keys.contains { $0.id == conversation })
            let record = try #require(
                (1...100).lazy.compactMap { try? store.conversation(ConversationKey(Int64($0))) }
                    .first { $0.id == conversation })
            return try store.messages(of: record, in: MessageSeq(1)...MessageSeq.max, first: 1_000)
        }
    }
}
