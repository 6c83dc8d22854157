internal import ChatDomain
internal import ChatService
internal import ChatStoreSQLite
internal import Foundation
internal import Synchronization
internal import Testing

/// A chat over the real store in a folder of its own; Alice and Bob are in its only room.
struct JourneyChat: Sendable {
    /// Time that stands still.
    private struct StandingClock: ChatClock {
        func now() -> Timestamp { Timestamp(milliseconds: FixedMessage.now) }
    }

    /// The first value is all ones, the second all twos.
    private final class CountingRandom: RandomSource {
        private let count = Mutex<UInt8>(0)

        func bytes(_ count: Int) -> [UInt8] {
            let value = self.count.withLock { value -> UInt8 in
                value += 1
                return value
            }
            return [UInt8](repeating: value, count: count)
        }
    }

    let folder: URL
    let store: HeldStore
    let chat: Chat
    let alice: SignedIn
    let bob: SignedIn

    init(announcer: any Announcer) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "journey-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = HeldStore(try Self.open(folder))
        chat = Chat(
            store: store, clock: StandingClock(), random: CountingRandom(),
            hasher: Argon2PasswordHasher(cost: .init(memory: 8, passes: 1)), announcer: announcer)
        alice = try await chat.setUpFirstAccount(
            username: Username("alice"), name: DisplayName("Alice"), password: Password("horse battery 9"),
            from: .local)
        _ = try await chat.changeSettings(signup: .open, name: nil, by: alice.account.user.id)
        bob = try await chat.signUp(
            username: Username("bob"), name: DisplayName("Bob"), password: Password("horse battery 9"),
            invite: nil, from: .local)
        _ = try await chat.createRoom(
            name: RoomName("Room"), topic: Topic(""), isPublic: false, members: [bob.account.user.id],
            by: alice.account.user.id)
    }

    func remove() async throws {
        await store.base.close()
        try FileManager.default.removeItem(at: folder)
    }

    private static func open(_ folder: URL) throws -> SQLiteChatStore {
        try SQLiteChatStore(path: folder.appending(path: "chat.sqlite").path) { Issue.record("\($0)") }
    }

    /// The messages of the room as they stand on the disk: read from a copy of the files by another store.
    func messagesOnDisk() async throws -> [Message] {
        let copy = FileManager.default.temporaryDirectory.appending(path: "journey-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        for name in ["chat.sqlite", "chat.sqlite-wal"] {
            try FileManager.default.copyItem(at: folder.appending(path: name), to: copy.appending(path: name))
        }
        let store = try Self.open(copy)
        let room = try #require(ConversationID(FixedMessage.room))
        let page = try await Chat(store: store, announcer: Deaf()).loadPage(
            of: room, .newest, limit: 10, by: alice.account.user.id)
        await store.close()
        try FileManager.default.removeItem(at: copy)
        return page.messages
    }

    private struct Deaf: Announcer {
        func announce(_ announcement: Announcement) {}
    }
}
