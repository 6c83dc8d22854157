internal import Hummingbird
import SocketIO
internal import SocketIOHummingbird

/// Pages by Hummingbird and sockets by SocketIO, on one port.
///
///     swift run --package-path Examples beside-hummingbird
///     curl http://127.0.0.1:3000/visitors
@main
struct BesideHummingbird {
    static let visitors = Event<Int>("visitors")

    static func main() async throws {
        let io = SocketIO()
        let site = io.namespace()
        site.onConnect { _ in site.emit(visitors, site.socketCount) }

        // A route sees the server as any other value.
        let router = Router()
        router.get("visitors") { _, _ in "\(site.socketCount)\n" }
        router.post("notice") { _, _ in
            site.emit(Event<String>("notice"), "back in five minutes")
            return "told \(site.socketCount)\n"
        }

        // Requests of /socket.io/ never reach the router, all others do.
        let pages = HummingbirdPlainResponder(router.buildResponder())
        let listener = try await io.listen(port: 3000, plain: pages)
        try await listener.closed()
    }
}
