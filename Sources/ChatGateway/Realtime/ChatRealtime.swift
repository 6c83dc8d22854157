internal import ChatDomain
internal import ChatService
internal import Logging
internal import SocketIO
internal import SocketIOCore

/// The Socket.IO side of the chat: who may connect, and which event is which use case.
struct ChatRealtime: Sendable {
    let chat: Chat
    let audience: Audience
    let presence: Presence
    let logger: Logger
    let ticks: DigestTicks

    private struct Token: Codable, Sendable {
        var token: String?
    }

    /// Registers everything twice: for people on the root namespace of `io`, for programs on `/bot`.
    init(_ chat: Chat, on io: SocketIO, announcer: SocketAnnouncer, logger: Logger) {
        self.chat = chat
        self.logger = logger
        presence = Presence(chat)
        ticks = DigestTicks(chat, logger: logger)
        audience = Audience(
            people: io.namespace("/") { try await Self.authenticate($0, chat: chat) },
            bots: io.namespace("/bot") { try await Self.authenticateBot($0, chat: chat) })
        announcer.connect(audience, presence)
        for namespace in audience.namespaces {
            namespace.onConnect { [self] socket in try await greet(socket) }
            namespace.onDisconnect { [ticks] socket, _ in ticks.gone(socket.state.user) }
            namespace.onError { [logger] _, error in
                logger.error("an event failed", metadata: ["error": "\(error)"])
            }
        }
        registerMessages()
        registerChanges()
        registerSearch()
        registerPositions()
        registerPeople()
        registerRooms()
        registerMembers()
        registerArranging()
        registerPresence()
        registerFiles()
    }

    // MARK: - Connecting

    private static func authenticate(_ handshake: Handshake, chat: Chat) async throws -> Signed {
        let text =
            handshake.cookie(SessionCookie.name)
            ?? (try? handshake.auth(Token.self))?.token
        guard let text, let token = SessionToken(text) else { throw ConnectError("unauthorized") }
        return try await signed(chat) { () async throws(ChatError) in try await chat.authenticate(token) }
    }

    /// Programs say who they are by their token only.
    private static func authenticateBot(_ handshake: Handshake, chat: Chat) async throws -> Signed {
        guard let text = (try? handshake.auth(Token.self))?.token, let token = BotToken(text) else {
            throw ConnectError("unauthorized")
        }
        return try await signed(chat) { () async throws(ChatError) in try await chat.authenticate(token) }
    }

    private static func signed(
        _ chat: Chat, _ authenticate: () async throws(ChatError) -> Authenticated
    ) async throws -> Signed {
        do {
            let who = try await authenticate()
            return Signed(
                session: who.session, account: who.account, use: SessionUse(at: chat.now))
        } catch {
            throw ConnectError(error.code.rawValue, data: Refused(error))
        }
    }

    private func greet(_ socket: Socket<Signed>) async throws {
        let signed = socket.state
        ticks.joined(signed.user)
        presence.connected(socket.id, signed.user)
        let profile = try await chat.profile(of: signed.user)
        let hello = try EncodedArguments(
            ChatEvents.Hello(
                epoch: chat.epoch, me: WireMe(profile), now: chat.now.milliseconds,
                limits: .init(
                    body: Limits.body.upperBound, gap: Limits.gapMessages, page: Limits.pageMessages),
                recovered: false))
        let own = [ChatRooms.user(signed.user), ChatRooms.session(signed.session)]
        do {
            // All in one step between two announcements: what was announced before, the client finds by `sync`;
            // what is announced from now on reaches the socket, and `hello` stands before all of it.
            try await chat.attach(session: signed.session, of: signed.user) { conversations in
                socket.join(own + conversations.map { ChatRooms.conversation($0) })
                socket.emit(ChatEvents.hello, hello)
            }
        } catch {
            // Without its rooms a socket would miss messages and not know it.
            socket.disconnect(close: true)
        }
    }

    // MARK: - Events

    /// Registers an event with one object as its argument; what the handler returns is acknowledged with
    /// `ok: true`, what it throws with `ok: false`.
    func on<Input: Decodable & Sendable, Output: Encodable & Sendable>(
        _ name: String, _ input: Input.Type,
        _ handler: @escaping @Sendable (Socket<Signed>, Input) async throws(ChatError) -> Output
    ) {
        for namespace in audience.namespaces {
            namespace.on(raw: name) { [self] socket, arguments in
                let value: Input
                do {
                    value = try arguments.decode(Input.self)
                } catch {
                    return try EncodedArguments(Refused(Self.malformed))
                }
                await recordUse(of: socket.state)
                let output: Output
                do throws(ChatError) {
                    output = try await handler(socket, value)
                } catch {
                    return try EncodedArguments(Refused(error))
                }
                return try EncodedArguments(Accepted(body: output))
            }
        }
    }

    /// A session in use goes on, also for somebody who never asks for anything by HTTP.
    private func recordUse(of signed: Signed) async {
        guard signed.use.isDue(at: chat.now, interval: chat.sessionTouchInterval) else { return }
        do {
            try await chat.touch(signed.session, of: signed.user)
        } catch {
            // The session is valid as it stands; its next use is recorded later.
            logger.debug("the use of a session was not recorded", metadata: ["error": "\(error)"])
        }
    }

    private static let malformed = ChatError(
        code: .invalid, message: "The request is not of the documented form.", retryable: false)
}
