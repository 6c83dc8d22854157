internal import Foundation
import SocketIO

/// Who you are, until when, and how to stay longer.
///
///     swift run --package-path Examples auth
///
/// A client: `const socket = io("http://127.0.0.1:3000/chat", { auth: { token: "ada" } })`; a minute later
/// `socket.on("renew", () => socket.emit("refresh", { token: "ada" }, console.log))` keeps it connected.
@main
struct AuthServer {
    /// What a client presents: the type of `auth` in JavaScript.
    struct Credentials: Codable, Sendable {
        let token: String
    }

    /// What the server makes of it: the type of `socket.state`.
    struct User: Sendable {
        let name: String
    }

    static let whoami = Event("whoami").returning(String.self)
    static let renew = Event("renew")

    static func main() async throws {
        let io = SocketIO()

        // Throwing refuses the client, whose `connect_error` gets the message and the data. What is returned is the
        // socket's state: there is no socket without a user.
        let chat = io.namespace(
            "/chat",
            expiring: { handshake in
                let credentials = try handshake.auth(Credentials.self)
                guard let name = users[credentials.token] else {
                    throw ConnectError("unknown token", data: ["code": 401])
                }
                // For one minute. `.at(exp)` takes the time that a JSON web token names.
                return Expiring(User(name: name), .after(.seconds(60)))
            })
        // "refresh" carries new credentials; the function above judges them, and the clock starts anew.
        chat.refreshes(on: "refresh")
        // Ten seconds before the end the client is told. One that does nothing has to leave, as `unauthorized`.
        chat.onExpiring(before: .seconds(10)) { socket in socket.emit(renew) }

        chat.on(whoami) { socket in socket.state.name }
        chat.onDisconnect { socket, reason in print("\(socket.state.name) left: \(reason)") }
        try await io.serve(port: 3000)
    }

    static let users = ["ada": "Ada", "ben": "Ben"]
}
