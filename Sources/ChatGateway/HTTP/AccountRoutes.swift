internal import ChatDomain
internal import ChatService
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Setting up, signing up, in and out.
struct AccountRoutes: Sendable {
    let chat: Chat
    let cookie: SessionCookie
    let version: String

    private struct State: Encodable, Sendable {
        struct Uploads: Encodable, Sendable {
            let max: Int
        }

        let setup: Bool
        let signup: String
        let name: String
        let locale: String
        let version: String
        let uploads: Uploads
        let previews: Bool
        let search: Bool
        let bots = true
        let push: String
        let me: WireMe?

        init(_ state: ServerState, version: String, push: String, me: WireMe?) {
            self.push = push
            setup = state.needsSetup
            signup = state.settings.signup.rawValue
            name = state.settings.name
            locale = state.settings.locale
            self.version = version
            uploads = Uploads(max: state.settings.uploadMaximum)
            previews = state.settings.fetchesPreviews
            search = true
            self.me = me
        }
    }

    private struct Me: Encodable, Sendable {
        let me: WireMe
    }

    private struct NewAccount: Codable, Sendable {
        let username: String
        let name: String
        let password: String
        let invite: String?
    }

    private struct Credentials: Codable, Sendable {
        let username: String
        let password: String
        let code: String?
    }

    func add(to router: RouterGroup<GatewayContext>) {
        router.get("state") { request, _ in
            await Route.answer { () async throws(ChatError) in try await state(request) }
        }
        router.post("setup") { request, context in
            await Route.answer { () async throws(ChatError) in
                let input = try await Route.body(NewAccount.self, of: request)
                let account = try Self.values(of: input)
                let signedIn = try await chat.setUpFirstAccount(
                    username: account.username, name: account.name, password: account.password,
                    from: context.source(of: request))
                return try await welcome(signedIn, status: .created)
            }
        }
        router.post("signup") { request, context in
            await Route.answer { () async throws(ChatError) in
                let input = try await Route.body(NewAccount.self, of: request)
                let account = try Self.values(of: input)
                var invite: InviteCode?
                if let text = input.invite, !text.isEmpty {
                    guard let code = InviteCode(text) else { throw .inviteInvalid }
                    invite = code
                }
                let signedIn = try await chat.signUp(
                    username: account.username, name: account.name, password: account.password,
                    invite: invite, from: context.source(of: request))
                return try await welcome(signedIn, status: .created)
            }
        }
        router.post("signin") { request, context in
            await Route.answer { () async throws(ChatError) in
                let input = try await Route.body(Credentials.self, of: request)
                // A name or password that could not exist is answered as one that does not.
                guard let username = try? Username(input.username),
                    let password = try? Password(input.password)
                else { throw .wrongCredentials }
                return try await welcome(
                    try await chat.signIn(
                        username: username, password: password, code: input.code,
                        from: context.source(of: request)))
            }
        }
        router.post("signout") { request, context in
            await Route.answer { () async throws(ChatError) in
                if let token = SessionCookie.token(in: request.headers) {
                    try await chat.signOut(token, from: context.source(of: request))
                }
                return Response(status: .noContent, headers: [.setCookie: cookie.clearing])
            }
        }
    }

    private func state(_ request: Request) async throws(ChatError) -> Response {
        let state = try await chat.serverState()
        var me: WireMe?
        if let token = SessionCookie.token(in: request.headers) {
            do throws(ChatError) {
                me = WireMe(
                    try await chat.profile(of: try await chat.authenticate(token).account.user.id))
            } catch {
                guard error.code == .unauthorized else { throw error }
            }
        }
        return APIResponse.json(State(state, version: version, push: try await chat.pushKey(), me: me))
    }

    private static func values(
        of input: NewAccount
    ) throws(ChatError) -> (username: Username, name: DisplayName, password: Password) {
        (
            try Parsing.value { () throws(InvalidValue) in try Username(input.username) },
            try Parsing.value { () throws(InvalidValue) in try DisplayName(input.name) },
            try Parsing.value { () throws(InvalidValue) in try Password(input.password) }
        )
    }

    private func welcome(
        _ signedIn: SignedIn, status: HTTPResponse.Status = .ok
    ) async throws(ChatError) -> Response {
        let profile = try await chat.profile(of: signedIn.account.user.id)
        // The server ends what is not used; a cookie that ended then would end what is used too.
        let seconds = chat.longestSession / 1_000
        return APIResponse.json(
            Me(me: WireMe(profile)), status: status,
            cookie: cookie.setting(signedIn.token, seconds: seconds))
    }
}
