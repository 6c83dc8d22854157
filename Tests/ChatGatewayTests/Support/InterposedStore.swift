internal import ChatDomain
internal import ChatGateway
internal import ChatService
internal import ChatStoreSQLite
internal import Synchronization

/// The real store, with room for one more commit between a write and its caller's return.
final class InterposedStore: ChatStore {
    let base: SQLiteChatStore
    private let state = Mutex<(announcer: SocketAnnouncer?, next: Announcement?)>((nil, nil))

    init(_ base: SQLiteChatStore) { self.base = base }

    var epoch: String { base.epoch }
    var activity: WriteActivity { base.activity }

    var announcer: SocketAnnouncer? {
        get { state.withLock { $0.announcer } }
        set { state.withLock { $0.announcer = newValue } }
    }

    /// Is announced right after the next commit, as if another write of the same group had followed.
    func announceAfterNextWrite(_ announcement: Announcement) {
        state.withLock { $0.next = announcement }
    }

    nonisolated(nonsending) func read<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Value
    ) async throws(ChatError) -> Value {
        try await base.read(body)
    }

    nonisolated(nonsending) func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreWriting) throws -> Value,
        committed: @escaping @Sendable (Value) -> Void
    ) async throws(ChatError) -> Value {
        try await base.write(body) { [self] value in
            committed(value)
            let (announcer, next) = state.withLock { state in
                defer { state.next = nil }
                return (state.announcer, state.next)
            }
            if let next { announcer?.announce(next) }
        }
    }
}
