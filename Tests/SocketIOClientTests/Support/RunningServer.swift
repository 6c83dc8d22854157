internal import EngineIO
internal import Logging
internal import NIOCore

@testable internal import SocketIO

/// A real server on a port of 127.0.0.1, and clients for it.
final class RunningServer: Sendable {
    let io: SocketIO
    let port: Int
    private let listener: EngineListener

    static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    init(port: Int = 0, _ register: (SocketIO) -> Void) async throws {
        io = SocketIO(threads: 1, logger: Self.logger)
        register(io)
        listener = try await io.listen(port: port)
        self.port = listener.localAddress?.port ?? 0
    }

    var url: String { "http://127.0.0.1:\(port)" }

    func stop() async throws { try await listener.shutdown(timeout: .milliseconds(200)) }
}
