import ChatDomain
import ChatService
import ChatStoreSQLite
import Foundation
import Testing

/// A store in a folder of its own, with one person in it.
struct StoreFixture {
    let folder: TemporaryFolder
    let store: SQLiteChatStore
    let failures = Recorder<StoreFailure>()
    let anna = UserID(bits: 1)

    init(options: SQLiteStoreOptions = SQLiteStoreOptions(), folder: TemporaryFolder? = nil) throws {
        self.folder = try folder ?? TemporaryFolder()
        self.store = try SQLiteChatStore(path: self.folder.path(), options: options) { [failures] in
            failures.add($0)
        }
    }

    /// Makes the person.
    func insertAnna() async throws {
        let (id, username, name) = (anna, try Username("anna"), try DisplayName("Anna"))
        try await store.write { store in
            _ = try store.insertAccount(
                id: id, username: username, name: name, isAdmin: true, hash: PasswordHash(encoded: "x"),
                at: Timestamp(milliseconds: 1))
        } committed: { _ in
        }
    }

    /// Saves a name; the smallest write there is.
    func save(_ name: String) async throws {
        try await store.write {
            try $0.save(ServerSettings(signup: .open, name: name))
        } committed: { _ in
        }
    }

    /// What the closed file holds.
    func bytes() throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: folder.path())))
    }

    /// The saved name.
    func name() async throws -> String {
        try await store.read { try $0.settings().name }
    }
}

/// Runs a test over a fresh store and closes it.
func withStore(
    options: SQLiteStoreOptions = SQLiteStoreOptions(), _ body: (StoreFixture) async throws -> Void
) async throws {
    let fixture = try StoreFixture(options: options)
    do {
        try await body(fixture)
    } catch {
        await fixture.store.close()
        throw error
    }
    await fixture.store.close()
}

/// The `ChatError` of a body that must fail.
func chatError<Value>(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Value
) async -> ChatError? {
    do {
        _ = try await body()
        Issue.record("expected an error", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error as? ChatError
    }
}
