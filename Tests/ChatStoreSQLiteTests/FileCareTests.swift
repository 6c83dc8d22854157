import ChatDomain
import ChatService
import Foundation
import Testing

@testable import ChatStoreSQLite

@Suite("Backup, checks and damage")
struct FileCareTests {
    @Test("A backup is whole, has an epoch of its own, and writing goes on meanwhile")
    func backup() async throws {
        try await withStore { fixture in
            let store = fixture.store
            for number in 0..<20 { try await fixture.save("\(number)") }
            let copy = fixture.folder.path("copy.sqlite")
            async let writes: Void = {
                for number in 20..<200 { try await fixture.save("\(number)") }
            }()
            try await store.backup(to: copy)
            try await writes
            let reopened = try SQLiteChatStore(path: copy) { _ in }
            let name = try await reopened.read { try $0.settings().name }
            #expect((19..<200).contains(try #require(Int(name))))
            #expect(try await reopened.integrityProblems().isEmpty)
            #expect(reopened.epoch != store.epoch)
            await reopened.close()
            #expect(try await fixture.name() == "199")
        }
    }

    @Test("A backup does not replace a file")
    func existing() async throws {
        try await withStore { fixture in
            let copy = fixture.folder.path("copy.sqlite")
            try Data("precious".utf8).write(to: URL(fileURLWithPath: copy))
            #expect(await chatError { try await fixture.store.backup(to: copy) } == .unavailable)
            #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == Data("precious".utf8))
            #expect(fixture.failures.all.map(\.operation) == ["backup"])
            #expect(fixture.failures.all.first?.description.contains("already") == true)
        }
    }

    @Test("A healthy file has no problems, a broken reference is one")
    func integrity() async throws {
        try await withStore { fixture in
            try await fixture.insertAnna()
            #expect(try await fixture.store.integrityProblems().isEmpty)
            await fixture.store.close()
            try OtherProgram.run("PRAGMA foreign_keys = OFF; DELETE FROM users", in: fixture.folder.path())
            let again = try StoreFixture(folder: fixture.folder)
            #expect(try await again.store.integrityProblems().count == 1)
            await again.store.close()
        }
    }

    @Test(
        "Rows that this program cannot have written are an outage, not a crash",
        arguments: [
            "UPDATE users SET pub = 'nonsense'", "UPDATE users SET pub = 'usr_' || printf('%.*c', 26, 'b')",
            "UPDATE users SET name = CAST(x'FFFEFF' AS TEXT), pub = ''",
        ])
    func damagedRow(sql: String) async throws {
        let fixture = try StoreFixture()
        try await fixture.insertAnna()
        await fixture.store.close()
        try OtherProgram.run(sql, in: fixture.folder.path())
        let again = try StoreFixture(folder: fixture.folder)
        #expect(
            await chatError { try await again.store.read { try $0.people(matching: .everything, limit: 9) } }
                == .unavailable)
        #expect(again.failures.all.first?.cause.contains("pub") == true)
        #expect(try await again.name() == "Parley")
        await again.store.close()
    }

    @Test("Bytes that flip in the file never crash the program", arguments: 0..<40)
    func flippedBytes(seed: Int) async throws {
        let fixture = try StoreFixture()
        try await fixture.insertAnna()
        for number in 0..<20 { try await fixture.save("\(number)") }
        await fixture.store.close()
        let url = URL(fileURLWithPath: fixture.folder.path())
        var bytes = try Data(contentsOf: url)
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        for _ in 0..<8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            bytes[Int(state >> 33) % bytes.count] ^= UInt8(truncatingIfNeeded: state >> 20) | 1
        }
        if seed % 4 == 0 { bytes.removeLast(Int(state >> 40) % bytes.count) }
        try bytes.write(to: url)
        // Whatever happens is an error or an answer.
        let store: SQLiteChatStore
        do throws(StoreOpenError) {
            store = try SQLiteChatStore(path: fixture.folder.path()) { _ in }
        } catch {
            #expect(!error.description.isEmpty)
            return
        }
        let people = try? await store.read { try $0.people(matching: .everything, limit: 9) }
        #expect((people?.count ?? 0) <= 1)
        try? await store.write {
            try $0.save(ServerSettings(signup: .open, name: "x"))
        } committed: { _ in
        }
        _ = try? await store.integrityProblems()
        await store.close()
    }

    @Test("A file that lost its log's tail opens with what was complete")
    func tornLog() async throws {
        let fixture = try StoreFixture()
        try await fixture.insertAnna()
        let logSize = try Data(contentsOf: URL(fileURLWithPath: fixture.folder.path() + "-wal")).count
        for number in 0..<20 { try await fixture.save("\(number)") }
        // The files of a process that was killed: copied while it runs, the log cut in the middle of a frame.
        let copy = fixture.folder.path("copy.sqlite")
        try FileManager.default.copyItem(atPath: fixture.folder.path(), toPath: copy)
        let log = try Data(contentsOf: URL(fileURLWithPath: fixture.folder.path() + "-wal"))
        #expect(log.count > logSize)
        try log.prefix(log.count - 1_000).write(to: URL(fileURLWithPath: copy + "-wal"))
        let reopened = try SQLiteChatStore(path: copy) { _ in }
        #expect(try await reopened.read { try $0.settings().name } == "18")
        #expect(try await reopened.integrityProblems().isEmpty)
        await reopened.close()
        await fixture.store.close()
    }

    @Test("More pending reads than allowed are busy")
    func pendingReads() async throws {
        try await withStore(options: SQLiteStoreOptions(readers: 1, pendingReads: 2)) { fixture in
            let answers = await withTaskGroup(of: ChatError?.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        do {
                            _ = try await fixture.name()
                            return nil
                        } catch {
                            return error as? ChatError ?? .unavailable
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0 == nil || $0 == .busy })
            let name = try await fixture.name()
            #expect(name == "Parley")
        }
    }
}
