import ChatDomain
import ChatService
import GRDB
import Testing

@testable import ChatStoreSQLite

@Suite("Group commit", .timeLimit(.minutes(2)))
struct GroupCommitTests {
    @Test(
        "What gathers during a commit shares the next ones, 64 at a time",
        arguments: [(1, 1), (64, 1), (65, 2), (100, 2)])
    func batches(count: Int, commits: Int) async throws {
        try await withStore { fixture in
            let store = fixture.store
            let before = store.writeCounters
            await withTaskGroup(of: Result<Int, any Error>.self) { group in
                let hold = WriterHold()
                await hold.hold(store, in: &group)
                for number in 0..<count { group.addTask { await Self.write(number, in: store) } }
                await Self.waitUntil { store.writeCounters.activity.waiting == count }
                hold.letGo()
                for await result in group { #expect(throws: Never.self) { try result.get() } }
            }
            let after = store.writeCounters
            #expect(after.activity.commits - before.activity.commits == 1 + commits)
            #expect(after.activity.writes - before.activity.writes == 1 + count)
            #expect(after.activity.largestBatch == max(1, min(64, count)))
            #expect(after.activity.delays.counts.reduce(0, +) == after.activity.writes)
            #expect(after.batchSizes.reduce(0, +) == after.activity.commits)
            #expect(after.activity.waiting == 0)
        }
    }

    @Test("A write that is alone does not wait for company")
    func alone() async throws {
        try await withStore { fixture in
            let before = fixture.store.writeCounters.activity.commits
            for number in 0..<10 { try await fixture.save("\(number)") }
            #expect(fixture.store.writeCounters.activity.commits - before == 10)
            #expect(fixture.store.writeCounters.activity.largestBatch == 1)
        }
    }

    @Test("A write that fails undoes itself and nothing else")
    func failingWrite() async throws {
        try await withStore { fixture in
            let store = fixture.store
            let announced = Recorder<Int>()
            let results = await withTaskGroup(of: Result<Int, any Error>.self) { group in
                let hold = WriterHold()
                await hold.hold(store, in: &group)
                for number in 0..<30 {
                    group.addTask {
                        await Self.write(number, in: store, refuse: number % 3 == 0, announced: announced)
                    }
                }
                await Self.waitUntil { store.writeCounters.activity.waiting == 30 }
                hold.letGo()
                return await group.reduce(into: []) { $0.append($1) }
            }
            let refused = results.compactMap { result -> ChatError? in
                if case .failure(let error as ChatError) = result { error } else { nil }
            }
            #expect(refused.count == 10)
            #expect(refused.allSatisfy { $0.code == .forbidden })
            #expect(store.writeCounters.activity.largestBatch == 30)
            let kept = try await Self.numbers(in: store)
            #expect(kept == Set((0..<30).filter { $0 % 3 != 0 }))
            #expect(Set(announced.all) == kept)
            #expect(announced.all.count == 20)
            #expect(fixture.failures.all.isEmpty)
        }
    }

    @Test("An error of the database is an outage for its own write only, and is reported")
    func failingStatement() async throws {
        try await withStore { fixture in
            let store = fixture.store
            let results = await withTaskGroup(of: Result<Int, any Error>.self) { group in
                let hold = WriterHold()
                await hold.hold(store, in: &group)
                group.addTask { await Self.write(1, in: store) }
                await Self.waitUntil { store.writeCounters.activity.waiting == 1 }
                group.addTask {
                    await Self.result {
                        try await store.write { store in
                            // Nobody has this key.
                            try store.replacePassword(of: UserKey(7), with: PasswordHash(encoded: ""))
                            try store.insertSession(
                                id: SessionID(bits: 1), tokenHash: [], user: UserKey(7), from: .local,
                                createdAt: Timestamp(milliseconds: 0), expiresAt: Timestamp(milliseconds: 0))
                            return 0
                        } committed: { _ in
                            Issue.record("announced")
                        }
                    }
                }
                await Self.waitUntil { store.writeCounters.activity.waiting == 2 }
                group.addTask { await Self.write(2, in: store) }
                await Self.waitUntil { store.writeCounters.activity.waiting == 3 }
                hold.letGo()
                return await group.reduce(into: []) { $0.append($1) }
            }
            let errors = results.compactMap { result -> ChatError? in
                if case .failure(let error as ChatError) = result { error } else { nil }
            }
            #expect(errors == [.unavailable])
            let kept = try await Self.numbers(in: store)
            #expect(kept == [1, 2])
            #expect(fixture.failures.all.map(\.operation) == ["write"])
            #expect(fixture.failures.all.first?.cause.contains("FOREIGN KEY") == true)
        }
    }

    @Test("When the commit fails nothing is kept, nobody is told, everybody hears it, and work goes on")
    func failingCommit() async throws {
        try await withStore { fixture in
            let store = fixture.store
            let announced = Recorder<Int>()
            let results = await withTaskGroup(of: Result<Int, any Error>.self) { group in
                let hold = WriterHold()
                await hold.hold(store, in: &group)
                for number in 0..<5 {
                    group.addTask { await Self.write(number, in: store, announced: announced) }
                }
                group.addTask {
                    await Self.result {
                        try await store.write { store in
                            guard let transaction = store as? Transaction else { throw ChatError.busy }
                            // A broken reference that SQLite looks at when the transaction ends.
                            try transaction.run("PRAGMA defer_foreign_keys = ON", [])
                            try store.insertSession(
                                id: SessionID(bits: 1), tokenHash: [], user: UserKey(7), from: .local,
                                createdAt: Timestamp(milliseconds: 0), expiresAt: Timestamp(milliseconds: 0))
                            return 0
                        } committed: {
                            announced.add($0)
                        }
                    }
                }
                await Self.waitUntil { store.writeCounters.activity.waiting == 6 }
                hold.letGo()
                return await group.reduce(into: []) { $0.append($1) }
            }
            let errors = results.compactMap { result -> ChatError? in
                if case .failure(let error as ChatError) = result { error } else { nil }
            }
            #expect(errors == Array(repeating: .unavailable, count: 6))
            #expect(announced.all.isEmpty)
            #expect(store.writeCounters.activity.failedCommits == 1)
            #expect(fixture.failures.all.map(\.operation) == ["commit"])
            #expect(try await Self.numbers(in: store).isEmpty)
            _ = try await Self.write(9, in: store).get()
            #expect(try await Self.numbers(in: store) == [9])
        }
    }

    @Test("A full disk is an outage; reading goes on, and so does writing when there is space again")
    func fullDisk() async throws {
        try await withStore { fixture in
            let store = fixture.store
            func limit(_ pages: Int) async throws {
                try await store.write { store in
                    guard let transaction = store as? Transaction else { throw ChatError.busy }
                    _ = try transaction.all("PRAGMA max_page_count = \(pages)") { _ in }
                } committed: { _ in
                }
            }
            try await fixture.save("before")
            try await limit(1)
            let error = await chatError { try await fixture.save(String(repeating: "x", count: 100_000)) }
            #expect(error == .unavailable)
            #expect(error?.retryable == true)
            #expect(try await fixture.name() == "before")
            #expect(!fixture.failures.all.isEmpty)
            try await limit(1_000_000)
            try await fixture.save("after")
            #expect(try await fixture.name() == "after")
        }
    }

    @Test("Announcements and answers come in commit order")
    func order() async throws {
        try await withStore { fixture in
            let store = fixture.store
            let performed = Recorder<Int>()
            let announced = Recorder<Int>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        _ = try await store.write { _ in
                            performed.add(number)
                            return number
                        } committed: {
                            announced.add($0)
                        }
                        // Announced before the writer hears of it.
                        #expect(announced.all.contains(number))
                    }
                }
                try await group.waitForAll()
            }
            #expect(performed.all == announced.all)
            #expect(announced.all.count == 500)
        }
    }

    @Test("More waiting writes than the queue holds are busy")
    func full() async throws {
        try await withStore(options: SQLiteStoreOptions(pendingWrites: 5)) { fixture in
            let store = fixture.store
            let results = await withTaskGroup(of: Result<Int, any Error>.self) { group in
                let hold = WriterHold()
                await hold.hold(store, in: &group)
                for number in 0..<8 { group.addTask { await Self.write(number, in: store) } }
                await Self.waitUntil {
                    store.writeCounters.activity.waiting + store.writeCounters.activity.rejected == 8
                }
                #expect(store.writeCounters.activity.rejected == 3)
                hold.letGo()
                return await group.reduce(into: []) { $0.append($1) }
            }
            let errors = results.compactMap { result -> ChatError? in
                if case .failure(let error as ChatError) = result { error } else { nil }
            }
            #expect(errors == [.busy, .busy, .busy])
            let kept = try await Self.numbers(in: store)
            #expect(kept.count == 5)
            try await fixture.save("again")
        }
    }

    @Test("Closing does what waits, and refuses what comes later")
    func close() async throws {
        let fixture = try StoreFixture()
        let store = fixture.store
        await withTaskGroup(of: Result<Int, any Error>.self) { group in
            let hold = WriterHold()
            await hold.hold(store, in: &group)
            for number in 0..<150 { group.addTask { await Self.write(number, in: store) } }
            await Self.waitUntil { store.writeCounters.activity.waiting == 150 }
            store.refuseWrites()
            #expect(await chatError { try await fixture.save("late") } == .unavailable)
            for _ in 0..<2 {
                group.addTask {
                    await store.close()
                    return .success(-2)
                }
            }
            hold.letGo()
            for await result in group { #expect(throws: Never.self) { try result.get() } }
        }
        #expect(await chatError { try await fixture.save("late") } == .unavailable)
        #expect(await chatError { try await fixture.name() } == .unavailable)
        await store.close()
        #expect(try fixture.folder.files() == ["chat.sqlite", "chat.sqlite-lock"])
        let again = try StoreFixture(folder: fixture.folder)
        #expect(try await Self.numbers(in: again.store) == Set(0..<150))
        await again.store.close()
    }

    /// Keeps a number, as an invitation.
    private static func write(
        _ number: Int, in store: SQLiteChatStore, refuse: Bool = false, announced: Recorder<Int>? = nil
    ) async -> Result<Int, any Error> {
        await result {
            try await store.write { store in
                let hash = [UInt8(number)]
                let username = try Username("user\(number)")
                _ = try store.insertAccount(
                    id: UserID(bits: UInt128(number)), username: username, name: DisplayName("\(number)"),
                    isAdmin: false, hash: PasswordHash(encoded: "\(hash)"), at: Timestamp(milliseconds: 0))
                if refuse { throw ChatError.forbidden("refused") }
                return number
            } committed: {
                announced?.add($0)
            }
        }
    }

    private static func numbers(in store: SQLiteChatStore) async throws -> Set<Int> {
        let people = try await store.read { try $0.people(matching: .everything, limit: 10_000) }
        return Set(people.compactMap { Int($0.name) })
    }

    private static func result(_ body: () async throws -> Int) async -> Result<Int, any Error> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }

    /// Lets other tasks run until the condition holds.
    private static func waitUntil(_ condition: () async -> Bool) async {
        while await !condition() { await Task.yield() }
    }
}
