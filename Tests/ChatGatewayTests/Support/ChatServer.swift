internal import ChatDomain
internal import ChatGateway
internal import ChatService
internal import ChatStoreSQLite
internal import EngineIO
internal import EngineIOProtocol
internal import Foundation
internal import Logging
internal import NIOCore
internal import SocketIO
internal import Synchronization
internal import Testing

/// The chat as it runs, on a port of this machine, over the real store in a folder of its own.
final class ChatServer: Sendable {
    static let password = "horse battery 9"

    let clock = SettableClock()
    let store: InterposedStore
    let chat: Chat
    let gateway: ChatGateway
    let listener: EngineListener
    let port: Int
    private let folder: URL
    private let complaints = Complaints()

    /// What the store reported.
    private final class Complaints: Sendable {
        let all = Mutex<[String]>([])
    }

    init(
        limits: RateLimits = .none, usesTLS: Bool = false, origins: OriginPolicy = .sameOrigin,
        proxies: [AddressRange] = []
    ) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "gateway-\(UUID().uuidString)")
        try WebFolder.write(to: folder.appending(path: "web"))
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        store = InterposedStore(
            try SQLiteChatStore(path: folder.appending(path: "chat.sqlite").path) {
                [complaints] failure in complaints.all.withLock { $0.append("\(failure)") }
            })
        let announcer = SocketAnnouncer()
        chat = Chat(
            store: store, clock: clock, hasher: Argon2PasswordHasher(cost: .init(memory: 8, passes: 1)),
            announcer: announcer,
            files: try FileDepot(folder: folder.appending(path: "files").path) { [complaints] failure in
                complaints.all.withLock { $0.append("\(failure)") }
            }, limits: limits)
        var engine = EngineConfiguration()
        engine.origins = origins
        engine.boundCookie = ChatGateway.sessionCookie
        // A client of these tests reads, and so answers pings, only while something is asked of it.
        engine.timings.pingTimeout = .seconds(600)
        gateway = try ChatGateway(
            chat: chat, announcer: announcer, io: SocketIO(Configuration(engine: engine), logger: logger),
            configuration: GatewayConfiguration(
                web: .folder(folder.appending(path: "web").path), usesTLS: usesTLS, proxies: proxies),
            logger: logger)
        listener = try await gateway.listen(host: "127.0.0.1", port: 0)
        port = listener.localAddress?.port ?? 0
        store.announcer = announcer
    }

    /// Runs a test against a server of its own and takes everything away afterwards.
    static func run(
        limits: RateLimits = .none, usesTLS: Bool = false, origins: OriginPolicy = .sameOrigin,
        proxies: [AddressRange] = [], _ test: (ChatServer) async throws -> Void
    ) async throws {
        let server = try await ChatServer(
            limits: limits, usesTLS: usesTLS, origins: origins, proxies: proxies)
        do {
            try await test(server)
        } catch {
            await server.remove()
            throw error
        }
        await server.remove()
        #expect(server.complaints.all.withLock { $0 } == [])
    }

    private func remove() async {
        // What a client left open ends with the listener; the store must go in any case.
        try? await listener.shutdown(timeout: .milliseconds(0))
        await store.base.close()
        try? FileManager.default.removeItem(at: folder)
    }

    // MARK: - People

    /// Makes the first account and opens sign-up.
    func setUp() async throws -> Person {
        let signedIn = try await chat.setUpFirstAccount(
            username: Username("anna"), name: DisplayName("Anna"), password: Password(Self.password),
            from: .local)
        _ = try await chat.changeSettings(signup: .open, name: nil, by: signedIn.account.user.id)
        return Person(signedIn)
    }

    /// Makes an account; sign-up must be open.
    func signUp(_ username: String) async throws -> Person {
        Person(
            try await chat.signUp(
                username: Username(username), name: DisplayName(username.capitalized),
                password: Password(Self.password), invite: nil, from: .local))
    }

    /// A socket of a person that has read `hello`.
    func connect(_ person: Person) async throws -> ChatClient {
        let client = try await ChatClient.open(port: port)
        try await client.join(auth: "{\"token\":\"\(person.token)\"}")
        return client
    }

    /// One request, as a page of the chat would send it.
    func http(
        _ method: String, _ path: String, _ body: String? = nil, as person: Person? = nil,
        headers: [(String, String)] = [("X-Parley", "1")]
    ) async throws -> HTTPAnswer {
        var headers = headers
        if let person { headers.append(("Cookie", "parley_session=\(person.token)")) }
        return try await HTTPAnswer.of(method, path, body, headers: headers, port: port)
    }
}

/// Somebody who is signed in.
struct Person: Sendable {
    let id: String
    let name: String
    let username: String
    let token: String

    init(_ signedIn: SignedIn) {
        id = signedIn.account.user.id.description
        name = signedIn.account.user.name
        username = signedIn.account.user.username
        token = signedIn.token.text
    }
}
