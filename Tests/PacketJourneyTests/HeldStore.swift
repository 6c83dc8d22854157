internal import ChatDomain
internal import ChatService
internal import ChatStoreSQLite
internal import Synchronization

/// The real store, whose writes a test can stop before they begin and after they are committed.
final class HeldStore: ChatStore {
    let base: SQLiteChatStore
    /// What the next write waits for before it begins.
    let before = Mutex<Gate?>(nil)
    /// What the next write waits for after its commit, before its caller hears of it.
    let after = Mutex<Gate?>(nil)

    init(_ base: SQLiteChatStore) { self.base = base }

    var epoch: String { base.epoch }
    var activity: WriteActivity { base.activity }

    nonisolated(nonsending) func read<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Value
    ) async throws(ChatError) -> Value {
        try await base.read(body)
    }

    nonisolated(nonsending) func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreWriting) throws -> Value,
        committed: @escaping @Sendable (Value) -> Void
    ) async throws(ChatError) -> Value {
        await before.withLock { $0 }?.pass()
        let value = try await base.write(body, committed: committed)
        await after.withLock { $0 }?.pass()
        return value
    }
}
