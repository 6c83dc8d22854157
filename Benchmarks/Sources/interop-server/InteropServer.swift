internal import ArgumentParser
internal import EngineIO
internal import NIOCore
internal import ServerOptions
internal import SocketIO
internal import SocketIOCore
internal import SocketIOProtocol

/// The server that other people's clients are tested with. Its events are listed in Tests/interop/README.md.
@main
struct InteropServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interop-server", abstract: "Every kind of event, for other people's clients.")

    @OptionGroup var options: ServerOptions

    private struct Refusal: Codable, Sendable {
        var code = 401
        var field = "token"
    }

    private struct Token: Codable, Sendable {
        var token: String?
    }

    func run() async throws {
        let io = SocketIO(try options.socketIO(), threads: options.threads)
        let root = io.namespace()
        Self.addAnswers(to: root)
        Self.addRooms(to: root)
        Self.addEndings(to: root)
        Self.addAsking(to: root)
        Self.addRepetitions(to: root)
        let admin = io.namespace("/admin") { handshake in
            guard (try? handshake.auth(Token.self))?.token == "secret" else {
                throw ConnectError("not authorized", data: Refusal())
            }
            return handshake.authJSON
        }
        admin.on(raw: "whoami") { socket, _ in EncodedArguments(json: socket.state) }
        admin.on(raw: "echo-ack") { _, arguments in arguments.encoded }
        // The messages of the public admin UI; what it usually joins is another namespace here.
        io.instrument(
            Admin(
                authentication: .credentials(username: "admin", password: "secret"), namespace: "/admin-ui",
                mode: .development, serverID: "interop"))
        io.instrument(
            Admin(
                authentication: .none, namespace: "/admin-ui-read-only", isReadOnly: true, mode: .production))
        // Namespaces that clients make up, for the churn test.
        _ = io.namespaces { $0.hasPrefix("/churn-") }
        let tls = try options.tls()
        let listener = try await io.listen(host: options.host, port: options.port, tls: tls)
        try await serveUntilSignal(listener, host: options.host, io, isSecure: tls != nil)
    }

    private static func addAnswers(to root: Namespace<Void>) {
        root.on(raw: "echo") { socket, arguments in
            socket.emit("echo", arguments.encoded)
            return nil
        }
        root.on(raw: "echo-ack") { _, arguments in arguments.encoded }
        root.on(raw: "ask") { socket, arguments in
            try await socket.call("question", arguments.encoded, timeout: .seconds(10)).encoded
        }
        root.on(raw: "ask-timeout") { socket, arguments in
            let milliseconds = try arguments.decode(Int64.self)
            do {
                return try await socket.call(
                    "question", EncodedArguments(), timeout: .milliseconds(milliseconds)
                ).encoded
            } catch CallError.timeout {
                return try EncodedArguments("timeout")
            }
        }
        root.on(Event<Int>("burst").returning(Int.self)) { socket, count in
            let count = min(max(count, 0), 10_000)
            for number in 0..<count { socket.emit(Event<Int>("n"), number) }
            return count
        }
    }

    private static func addRooms(to root: Namespace<Void>) {
        root.on(Event<String>("join")) { socket, room in socket.join(Room(room)) }
        root.on(Event<String>("leave")) { socket, room in socket.leave(Room(room)) }
        root.on(raw: "broadcast") { [root] _, arguments in
            let (room, payload) = try arguments.decode(String.self, JSONValue.self)
            root.to(Room(room)).emit("msg", try EncodedArguments(payload))
            return nil
        }
        root.on(raw: "others") { socket, arguments in
            let (room, payload) = try arguments.decode(String.self, JSONValue.self)
            socket.to(Room(room)).emit("msg", try EncodedArguments(payload))
            return nil
        }
        root.on(raw: "except") { [root] _, arguments in
            let (room, other, payload) = try arguments.decode(String.self, String.self, JSONValue.self)
            root.to(Room(room)).except(Room(other)).emit("msg", try EncodedArguments(payload))
            return nil
        }
    }

    private static func addEndings(to root: Namespace<Void>) {
        root.on(raw: "kick") { socket, _ in
            socket.disconnect()
            return nil
        }
        root.on(raw: "drop") { socket, _ in
            socket.disconnect(close: true)
            return nil
        }
        root.onDisconnect { [root] socket, reason in
            root.to("watchers").emit(
                Event<String, String>("left"), socket.id.description, reason.description)
        }
    }
}
