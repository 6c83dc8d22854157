internal import EngineIO
internal import EngineIOProtocol
internal import Foundation
internal import Hummingbird
internal import NIOCore
import SocketIO
internal import SocketIOHummingbird

/// The code of the articles about what a server is made of and how it meets clients.
enum Serving {
    static func limits() -> SocketIO {
        var configuration = Configuration()
        configuration.engine.maxPayload = 100_000
        configuration.engine.admission.maxSessions = 50_000
        configuration.engine.admission.maxHandshakesPerSecond = 500
        configuration.engine.admission.maxSessionsPerAddress = 50
        configuration.eventRate = EventRate(RateLimit(perSecond: 20, burst: 40), disconnectAfter: 200)
        let io = SocketIO(configuration)
        return io
    }

    static func origins() -> SocketIO {
        var configuration = Configuration()
        configuration.engine.origins = .list(["https://chat.example"])
        configuration.engine.cors.maxAge = 600
        return SocketIO(configuration)
    }

    static func proxy() -> SocketIO {
        var configuration = Configuration()
        configuration.engine.admission.maxSessionsPerAddress = 50
        configuration.engine.admission.clientAddress = { request in
            request.head.headers.first(name: "x-real-ip")
        }
        return SocketIO(configuration)
    }

    static func hooks(_ isOpen: @escaping @Sendable () async -> Bool) -> SocketIO {
        var configuration = Configuration()
        configuration.engine.hooks.allowRequest = { request in
            await isOpen() ? .allow : .refuse("closed on Sundays")
        }
        configuration.engine.hooks.connectionError = { failure in
            print("refused: \(failure.code) \(failure.context)")
        }
        return SocketIO(configuration)
    }

    static func v2() -> SocketIO {
        var configuration = Configuration()
        configuration.engine.allowEIO3 = true
        let io = SocketIO(configuration)
        return io
    }

    static func bundle() throws -> SocketIO {
        var configuration = Configuration()
        configuration.engine.clientFiles = try ClientFiles(folder: "node_modules/socket.io/client-dist")
        let io = SocketIO(configuration)
        return io
    }

    static func json() -> SocketIO {
        var configuration = Configuration()
        configuration.json = JSONCoding(
            encoder: { $0.dateEncodingStrategy = .iso8601 }, decoder: { $0.dateDecodingStrategy = .iso8601 })
        return SocketIO(configuration)
    }

    static func parser() -> SocketIO {
        var configuration = Configuration()
        configuration.packetParser = MessagePackParser()
        let io = SocketIO(configuration)
        return io
    }

    static func recovery() -> SocketIO {
        var configuration = Configuration()
        configuration.recovery = Recovery(maxDisconnection: .seconds(120))
        let io = SocketIO(configuration)
        io.namespace().onConnect { socket in
            if !socket.recovered { socket.join("news") }
        }
        return io
    }

    static func hummingbird(_ io: SocketIO) async throws {
        let router = Router()
        router.get("hello") { _, _ in "hello" }
        let pages = HummingbirdPlainResponder(router.buildResponder())
        let listener = try await io.listen(port: 3000, plain: pages)
        try await listener.closed()
    }

    static func compression() -> SocketIO {
        var configuration = Configuration()
        configuration.engine.messageCompression = MessageCompression(threshold: 1_024)
        configuration.engine.httpCompression = nil
        return SocketIO(configuration)
    }

    static func slow() -> SocketIO {
        var configuration = Configuration()
        configuration.engine.maxOutboxBytes = 1 << 20
        configuration.engine.outbox.overflow = .dropVolatile
        configuration.engine.outbox.maxStalled = .seconds(10)
        return SocketIO(configuration)
    }

    static func end(_ io: SocketIO) async throws {
        let listener = try await io.listen(host: "0.0.0.0", port: 3000)
        // ... until somebody says stop
        try await listener.shutdown(drain: .seconds(30), spread: .seconds(20))
    }
}

/// Answers each message with the same one.
struct Echo: EngineApplication {
    final class Session: EngineSessionHandler {
        let session: EngineSession

        init(_ session: EngineSession) { self.session = session }

        func received(text: ByteBuffer) { session.send(.text([0x34] + Array(text.readableBytesView))) }
        func received(binary: ByteBuffer) { session.send(.binary(Array(binary.readableBytesView))) }
        func closed(_ reason: CloseReason) {}
    }

    func sessionOpened(_ session: EngineSession) -> any EngineSessionHandler { Session(session) }
}
