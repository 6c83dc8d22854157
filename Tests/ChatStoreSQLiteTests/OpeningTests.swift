import ChatDomain
import ChatService
import Foundation
import Testing

@testable import ChatStoreSQLite

@Suite("Opening and closing the file")
struct OpeningTests {
    @Test(
        "The file is written through to the disk at every commit, with a write-ahead log and checked references"
    )
    func pragmas() async throws {
        let expected = [
            ("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"),
            ("wal_autocheckpoint", "4000"),
            ("busy_timeout", "5000"), ("application_id", "\(Schema.applicationID)"),
        ]
        try await withStore { fixture in
            for (name, value) in expected {
                let actual = try await fixture.store.write { store in
                    try (store as? Transaction)?.first("PRAGMA \(name)") { try $0.text() }
                } committed: { _ in
                }
                #expect(actual == value, "\(name)")
            }
        }
    }

    @Test("The epoch belongs to the database")
    func epoch() async throws {
        let first = try StoreFixture()
        let epoch = first.store.epoch
        #expect(epoch.count == 16)
        await first.store.close()
        let again = try StoreFixture(folder: first.folder)
        #expect(again.store.epoch == epoch)
        await again.store.close()
        let other = try StoreFixture()
        #expect(other.store.epoch != epoch)
        await other.store.close()
    }

    @Test("A store that nobody closed lets go of its file")
    func abandoned() async throws {
        let folder = try TemporaryFolder()
        do {
            let fixture = try StoreFixture(folder: folder)
            try await fixture.save("kept")
        }
        let reopened = try await Self.openWhenFree(folder)
        #expect(try await reopened.name() == "kept")
        await reopened.store.close()
    }

    /// The writing thread of an abandoned store closes the file when it has noticed.
    private static func openWhenFree(_ folder: TemporaryFolder) async throws -> StoreFixture {
        while true {
            do {
                return try StoreFixture(folder: folder)
            } catch StoreOpenError.inUse {
                await Task.yield()
            }
        }
    }

    @Test("One process has a database at a time")
    func inUse() async throws {
        let fixture = try StoreFixture()
        #expect(throws: StoreOpenError.inUse(path: fixture.folder.path())) {
            try StoreFixture(folder: fixture.folder)
        }
        await fixture.store.close()
        let again = try StoreFixture(folder: fixture.folder)
        await again.store.close()
    }

    @Test(
        "What is no database is left alone",
        arguments: ["hello, world", String(repeating: "x", count: 8_192)])
    func notADatabase(content: String) throws {
        let folder = try TemporaryFolder()
        try Data(content.utf8).write(to: URL(fileURLWithPath: folder.path()))
        #expect(throws: StoreOpenError.notADatabase(path: folder.path())) { try StoreFixture(folder: folder) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path())) == Data(content.utf8))
    }

    @Test("Another program's database is left alone")
    func foreign() throws {
        let folder = try TemporaryFolder()
        try OtherProgram.run("CREATE TABLE cookies (x)", in: folder.path())
        #expect(throws: StoreOpenError.foreignDatabase(path: folder.path())) {
            try StoreFixture(folder: folder)
        }
        let tables = try OtherProgram.texts("SELECT name FROM sqlite_master", in: folder.path())
        #expect(tables == ["cookies"])
    }

    @Test("A newer version's database is left alone")
    func newer() async throws {
        let fixture = try StoreFixture()
        await fixture.store.close()
        try OtherProgram.run(
            "INSERT INTO grdb_migrations VALUES ('999 the future')", in: fixture.folder.path())
        #expect(throws: StoreOpenError.newerSchema(path: fixture.folder.path())) {
            try StoreFixture(folder: fixture.folder)
        }
    }

    @Test("A place that cannot be written is named")
    func notWritable() throws {
        let folder = try TemporaryFolder()
        let missing = folder.path("missing/chat.sqlite")
        let error = #expect(throws: StoreOpenError.self) { try SQLiteChatStore(path: missing) { _ in } }
        guard case .notWritable(let path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path == missing)
        try FileManager.default.createDirectory(atPath: folder.path(), withIntermediateDirectories: false)
        let directory = #expect(throws: StoreOpenError.self) { try StoreFixture(folder: folder) }
        #expect(directory?.description.contains(folder.path()) == true)
    }

    @Test("Every message for the person who starts the program names the file")
    func messages() {
        let errors: [StoreOpenError] = [
            .notWritable(path: "/x/y", reason: "no space"), .inUse(path: "/x/y"), .notADatabase(path: "/x/y"),
            .foreignDatabase(path: "/x/y"), .newerSchema(path: "/x/y"),
            .other(path: "/x/y", reason: "something"),
        ]
        #expect(errors.allSatisfy { $0.description.contains("/x/y") })
        #expect(Set(errors.map(\.description)).count == errors.count)
    }
}
