internal import EngineIO
internal import EngineIOProtocol
internal import NIOHTTP1
internal import SocketIO

/// The HTTP side of a plan: what is asked, added and told before a session opens.
struct HTTPPlan: Codable, Sendable {
    var cors: CORS?
    var cookie: Cookie?
    var addTrailingSlash: Bool?
    var initialPacket: String?
    /// `allow`, or the text of the refusal; empty for the reference's own.
    var allowRequest: String?
    /// The ids of the sessions, in order; an empty one stands for an error.
    var ids: [String]?
    var middlewares: [Middleware]?
    var initialHeaders: [String: String]?
    var headers: [String: String]?

    struct CORS: Codable, Sendable {
        var methods: [String]?
        var allowedHeaders: [String]?
        var exposedHeaders: [String]?
        var credentials: Bool?
        var maxAge: Int?
        var optionsSuccessStatus: Int?
    }

    struct Cookie: Codable, Sendable {
        var name: String?
        /// Empty for none.
        var path: String?
        var httpOnly: Bool?
        var sameSite: String?
    }

    /// One of: adds headers, answers with a status, refuses, fails, writes a word to the journal.
    struct Middleware: Codable, Sendable {
        var add: [String: String]?
        var answer: Int?
        var refuse: String?
        var fail: Bool?
        var journal: String?
    }

    private struct Failure: Error {}

    /// Puts all of it into a configuration.
    func apply(to configuration: inout EngineConfiguration) {
        if let cors {
            if let methods = cors.methods { configuration.cors.methods = methods }
            if let names = cors.allowedHeaders { configuration.cors.allowedHeaders = names }
            if let names = cors.exposedHeaders { configuration.cors.exposedHeaders = names }
            if let credentials = cors.credentials { configuration.cors.credentials = credentials }
            if let maxAge = cors.maxAge { configuration.cors.maxAge = maxAge }
            if let status = cors.optionsSuccessStatus { configuration.cors.optionsSuccessStatus = status }
        }
        configuration.cookie = handshakeCookie
        if let addTrailingSlash { configuration.addTrailingSlash = addTrailingSlash }
        if let initialPacket { configuration.initialPacket = .text(Array(("4" + initialPacket).utf8)) }
        if let text = allowRequest {
            configuration.hooks.allowRequest = { _ in
                Journal.write("note", ["word": .string("allowRequest")])
                if text == "allow" { return .allow }
                return text.isEmpty ? .refuse() : .refuse(text)
            }
        }
        if let ids {
            let queue = IDs(ids)
            configuration.hooks.generateID = { _ in
                guard let id = queue.next(), !id.isEmpty else { throw Failure() }
                return id
            }
        }
        for middleware in middlewares ?? [] {
            configuration.hooks.use { _, headers in try Self.run(middleware, &headers) }
        }
        addHeaderHooks(to: &configuration.hooks)
    }

    private var handshakeCookie: HandshakeCookie? {
        guard let cookie else { return nil }
        var made = HandshakeCookie()
        if let name = cookie.name { made.name = name }
        if let path = cookie.path { made.path = path.isEmpty ? nil : path }
        if let httpOnly = cookie.httpOnly { made.httpOnly = httpOnly }
        if let word = cookie.sameSite {
            made.sameSite = HandshakeCookie.SameSite.allCases.first { $0.rawValue.lowercased() == word }
        }
        return made
    }

    private static func run(
        _ middleware: Middleware, _ headers: inout HTTPHeaders
    ) throws -> MiddlewareDecision {
        if let word = middleware.journal { Journal.write("note", ["word": .string(word)]) }
        for (name, value) in middleware.add ?? [:] { headers.add(name: name, value: value) }
        if let status = middleware.answer {
            return .answer(EngineResponse(status: HTTPResponseStatus(statusCode: status)))
        }
        if let text = middleware.refuse { return .refuse(text) }
        if middleware.fail == true { throw Failure() }
        return .next
    }

    private func addHeaderHooks(to hooks: inout EngineHooks) {
        if let initialHeaders {
            hooks.initialHeaders = { headers, request in
                Journal.write("initial_headers", ["method": .string(request.head.method.rawValue)])
                for (name, value) in initialHeaders { headers.add(name: name, value: value) }
            }
        }
        if let headers {
            hooks.headers = { answer, request in
                Journal.write("headers", ["method": .string(request.head.method.rawValue)])
                for (name, value) in headers { answer.add(name: name, value: value) }
            }
        }
        hooks.connectionError = { failure in
            Journal.write(
                "connection_error",
                [
                    "code": .integer(Int64(failure.code)), "message": .string(failure.message),
                    "context": .string(failure.context),
                ])
        }
    }
}
