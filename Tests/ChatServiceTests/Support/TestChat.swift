import ChatDomain
import ChatService
import ChatStoreSQLite
import Foundation
import Synchronization
import Testing

/// A chat over the real store in a folder of its own, with time and chance in the test's hands.
final class TestChat: Sendable {
    static let password = "horse battery 9"

    let clock = ManualClock()
    let random = SeededRandom()
    let announcer = RecordingAnnouncer()
    let store: SQLiteChatStore
    let chat: Chat
    let folder: URL
    private let cids = Mutex<UInt64>(0)

    init(limits: RateLimits, sessions: SessionLifetime, uploads: UploadLimits) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "chat-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try SQLiteChatStore(path: folder.appending(path: "chat.sqlite").path) { failure in
            Issue.record("\(failure)")
        }
        chat = Chat(
            store: store, clock: clock, random: random,
            hasher: Argon2PasswordHasher(cost: .init(memory: 8, passes: 1), random: random),
            announcer: announcer,
            files: try FileDepot(folder: folder.appending(path: "files").path, limits: uploads) { failure in
                Issue.record("\(failure)")
            },
            limits: limits, sessions: sessions)
    }

    func remove() async {
        await store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Makes the first account.
    @discardableResult
    func setUp(_ username: String = "admin", name: String = "Admin") async throws -> SignedIn {
        try await chat.setUpFirstAccount(
            username: Username(username), name: DisplayName(name), password: Password(Self.password),
            from: .local)
    }

    /// Makes the first account and opens sign-up.
    @discardableResult
    func open() async throws -> UserID {
        let admin = try await setUp().account.user.id
        _ = try await chat.changeSettings(signup: .open, name: nil, by: admin)
        return admin
    }

    /// Makes an account.
    func signUp(
        _ username: String, name: String? = nil, invite: InviteCode? = nil,
        from address: ClientAddress = .local
    ) async throws -> SignedIn {
        try await chat.signUp(
            username: Username(username), name: DisplayName(name ?? username.capitalized),
            password: Password(Self.password), invite: invite, from: RequestSource(address))
    }

    /// Makes an account whose name is the capitalised username.
    func person(_ username: String) async throws -> UserID {
        try await signUp(username).account.user.id
    }

    func signIn(
        _ username: String, password: String = TestChat.password, code: String? = nil,
        from address: ClientAddress = .local
    ) async throws -> SignedIn {
        try await chat.signIn(
            username: Username(username), password: Password(password), code: code,
            from: RequestSource(address))
    }

    func room(
        _ name: String = "Room", isPublic: Bool = true, members: [UserID] = [], by user: UserID
    ) async throws -> ConversationID {
        try await chat.createRoom(
            name: RoomName(name), topic: Topic(""), isPublic: isPublic, members: members, by: user
        ).id
    }

    func cid() -> ClientMessageID {
        cids.withLock { counter in
            counter += 1
            return ClientMessageID(bits: UInt128(counter))
        }
    }

    func mid() -> ChangeID {
        ChangeID(bits: cid().bits)
    }

    @discardableResult
    func send(
        _ body: String, cid: ClientMessageID? = nil, to conversation: ConversationID,
        quoting quoted: MessageSeq? = nil, by user: UserID
    ) async throws -> SentMessage {
        try await chat.sendMessage(
            MessageBody(body), cid: cid ?? self.cid(), to: conversation, quoting: quoted, by: user)
    }

    func summary(_ conversation: ConversationID, for user: UserID) async throws -> ConversationSummary {
        try await chat.conversation(conversation, for: user)
    }
}

/// Runs a test against a fresh chat and removes it.
func withChat(
    limits: RateLimits = .none, sessions: SessionLifetime = SessionLifetime(),
    uploads: UploadLimits = UploadLimits(), _ body: (TestChat) async throws -> Void
) async throws {
    let test = try TestChat(limits: limits, sessions: sessions, uploads: uploads)
    do {
        try await body(test)
    } catch {
        await test.remove()
        throw error
    }
    await test.remove()
}

/// Expects a `ChatError` of this code.
@discardableResult
func expectError<Value>(
    _ code: ChatError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Value
) async -> ChatError? {
    do {
        _ = try await body()
        Issue.record("expected \(code), got a value", sourceLocation: sourceLocation)
    } catch let error as ChatError {
        #expect(error.code == code, sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record("expected \(code), got \(error)", sourceLocation: sourceLocation)
    }
    return nil
}
