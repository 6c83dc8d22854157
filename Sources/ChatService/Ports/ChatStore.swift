public import ChatDomain

/// Where everything is kept. The rules stand in the use cases; a store offers transactions over small operations.
public protocol ChatStore: Sendable {
    /// Changes when counters could have gone back (another database, a restored backup): clients then drop caches.
    var epoch: String { get }

    /// What was written, and what waits.
    var activity: WriteActivity { get }

    /// Runs `body` over one consistent snapshot.
    ///
    /// - Throws: the `ChatError` that `body` threw; `busy` when too many reads wait; `unavailable` when the store
    ///   cannot read.
    nonisolated(nonsending) func read<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Value
    ) async throws(ChatError) -> Value

    /// Runs `body` in a transaction and returns when its result is on disk.
    ///
    /// Writes are done one after the other. `committed` is called with the result after the commit and before this
    /// method returns, in commit order over all writes, on the store's writing thread; it is where a use case
    /// announces. It is not called when `body` throws (nothing of it is kept then) or when the commit fails.
    ///
    /// - Throws: the `ChatError` that `body` threw; `busy` when too many writes wait; `unavailable` when the store
    ///   cannot write.
    nonisolated(nonsending) func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreWriting) throws -> Value,
        committed: @escaping @Sendable (Value) -> Void
    ) async throws(ChatError) -> Value
}

/// Everything that can be read in a snapshot. Every method throws the store's own error when it cannot read.
public typealias StoreReading =
    AccountReading & SessionReading & InviteReading & SettingsReading & ConversationReading & MessageReading
    & RoomReading & PeopleReading & TOTPReading & ResetReading & AuditReading & CountReading
    & AdminRoomReading & PresenceReading & FileReading & ChangeReading & SearchReading & BotReading
    & HookReading & PreviewReading & PushReading & ImportReading & RemovalReading & RetentionReading

/// Everything that can be read and written in a transaction. Every method throws the store's own error when it cannot.
public typealias StoreWriting =
    StoreReading & AccountWriting & SessionWriting & InviteWriting & SettingsWriting & ConversationWriting
    & MessageWriting & RoomWriting & PeopleWriting & TOTPWriting & ResetWriting & AuditWriting
    & PresenceWriting & FileWriting & ChangeWriting & SearchWriting & BotWriting & HookWriting
    & PreviewWriting & PushWriting & ImportWriting & RemovalWriting & RetentionWriting
