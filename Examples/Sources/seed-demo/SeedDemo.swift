internal import EngineIO
internal import Foundation
internal import Hummingbird
internal import SocketIO
internal import SocketIOHummingbird

/// The tutorial's server: a `message` comes back as RECEIVED, with the time and an id of its own.
/// Its page shows the tutorial's five contacts.
@main
struct SeedDemo {
    static let message = Event<[String: JSONValue]>("message")

    static func main() async throws {
        let io = SocketIO()
        io.namespace().on(message) { socket, data in
            socket.emit(message, data.merging(received()) { $1 })
        }
        let listener = try await io.listen(port: 3001, plain: HummingbirdPlainResponder(page()))
        print("listening on http://127.0.0.1:\(listener.localAddress?.port ?? 3001)")
        try await listener.closed()
    }

    static func received() -> [String: JSONValue] {
        [
            "type": .string("RECEIVED"),
            "timestamp": .integer(Int64(Date.now.timeIntervalSince1970 * 1_000)),
            "id": .string(UUID().uuidString),
        ]
    }

    /// The page beside this file, and the client script that the web client's build has fetched.
    static func page() -> RouterResponder<BasicRequestContext> {
        let router = Router()
        let folder = Bundle.module.bundlePath + "/Page"
        router.add(middleware: FileMiddleware(folder, searchForIndexHtml: true))
        let script = CommandLine.arguments.dropFirst().first ?? "web/vendor/socket.io-client"
        router.add(middleware: FileMiddleware(script))
        return router.buildResponder()
    }
}
