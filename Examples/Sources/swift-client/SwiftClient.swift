internal import Dispatch
internal import SocketIOClient

/// A chat in the terminal: `swift run swift-client http://localhost:3000 Ada`. Each line is sent as
/// `chat message`; what others say is printed. Ctrl-D leaves.
///
/// It keeps what you type while the server is away, and comes back by itself.
@main
struct SwiftClient {
    static let message = Event<String>("chat message")

    static func main() async throws {
        let arguments = CommandLine.arguments
        let url = arguments.count > 1 ? arguments[1] : "http://localhost:3000"
        let name = arguments.count > 2 ? arguments[2] : "somebody"

        let client = try SocketClient(url)
        client.onEvent { event in
            switch event {
            case .reconnecting(let attempt, let time):
                print("* attempt \(attempt) in \(time)")
            case .reconnected: print("* back again")
            case .disconnected(let reason): print("* \(reason)")
            case .attemptFailed(let why): print("* \(why)")
            case .connected, .upgraded, .reconnectFailed: break
            }
        }

        let socket = client.socket("/", auth: Auth(["name": name]))
        let said = socket.events(message)
        try await socket.connect()
        print("* connected as \(socket.id ?? "?")")

        let listening = Task {
            for await text in said { print(text) }
        }
        for await line in lines() { try await socket.send(message, line) }
        socket.disconnect()
        await listening.value
    }

    /// The lines of standard input. `readLine` blocks, so it has a thread of its own.
    static func lines() -> AsyncStream<String> {
        AsyncStream { continuation in
            DispatchQueue(label: "standard input").async {
                while let line = readLine() { continuation.yield(line) }
                continuation.finish()
            }
        }
    }
}
