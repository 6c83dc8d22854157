internal import EngineIO
internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import SocketIO
internal import Synchronization

/// Engine.IO without Socket.IO on top: sessions do what the plan says, and the journal hears of them.
final class BareEngine: EngineApplication {
    private let opened: [EngineStep]
    private let echo: Bool
    private let sessions = Mutex<[String: EngineSession]>([:])

    init(opened: [EngineStep], echo: Bool) {
        self.opened = opened
        self.echo = echo
    }

    func sessionOpened(_ session: EngineSession) -> any EngineSessionHandler {
        sessions.withLock { $0[session.id] = session }
        Journal.write(
            "session",
            [
                "sid": .string(session.id), "transport": .string(session.transport.rawValue),
                "url": .string(session.request.head.uri),
                "address": .string(session.request.remoteAddress?.ipAddress ?? ""),
                "headers": .object(
                    Dictionary(
                        session.request.head.headers.map { ($0.name.lowercased(), .string($0.value)) }
                    ) { $1 }),
            ])
        run(opened, on: session)
        return Handler(engine: self, session: session)
    }

    /// - Returns: whether the session is there.
    func run(_ steps: [EngineStep], on sid: String) -> Bool {
        guard let session = sessions.withLock({ $0[sid] }) else { return false }
        run(steps, on: session)
        return true
    }

    private func run(_ steps: [EngineStep], on session: EngineSession) {
        for step in steps {
            let options: SendOptions = step.compress == false ? .uncompressed : []
            if let text = step.send {
                session.send(.text([EnginePacketType.message.digit] + Array(text.utf8)), options: options)
            }
            if let bytes = step.sendBytes { session.send(.binary(bytes), options: options) }
            if step.close == true { session.close(.forcedClose) }
        }
    }

    private func forget(_ session: EngineSession) {
        sessions.withLock { $0[session.id] = nil }
    }

    private final class Handler: EngineSessionHandler {
        private let engine: BareEngine
        private let session: EngineSession

        init(engine: BareEngine, session: EngineSession) {
            self.engine = engine
            self.session = session
        }

        func received(text: ByteBuffer) {
            Journal.write(
                "message", ["sid": .string(session.id), "data": .string(String(buffer: text))])
            if engine.echo {
                session.send(.text([EnginePacketType.message.digit] + Array(text.readableBytesView)))
            }
        }

        func received(binary: ByteBuffer) {
            let bytes = Array(binary.readableBytesView)
            Journal.write("message", ["sid": .string(session.id), "data": .bytes(Bytes(bytes))])
            if engine.echo { session.send(.binary(bytes)) }
        }

        func closed(_ reason: CloseReason) {
            engine.forget(session)
            Journal.write(
                "close", ["sid": .string(session.id), "reason": .string(reason.description)])
        }
    }
}
