internal import Logging
internal import NIOHTTP1
internal import SocketIOCore
internal import Synchronization
internal import Testing

@testable internal import SocketIO

/// What is logged, and what must never be.
@Suite("Logs", .timeLimit(.minutes(1)))
struct LogTests {
    /// Keeps every line with its metadata, at every level.
    private final class Book: Sendable {
        private let lines = Mutex<[String]>([])

        var all: [String] { lines.withLock { $0 } }

        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private struct Handler: LogHandler {
        let book: Book
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        init(_ book: Book) { self.book = book }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }
            book.add("\(event.level) \(event.message) \(metadata.map { "\($0.key)=\($0.value)" })")
        }
    }

    private struct Secret: Error, CustomStringConvertible {
        let description = "canary-error"
    }

    @Test("lines name socket, namespace, reason and detail, and no secret")
    func canaries() async throws {
        let book = Book()
        let stack = Stack(logger: Logger(label: "test", factory: { _ in Handler(book) }))
        let root = stack.io.namespace()
        root.on(Event<String>("e")) { _, _ in throw Secret() }
        root.on(Event<Int>("i")) { _, _ in }
        let guarded = stack.io.namespace("/guarded") { _ in throw Secret() }
        _ = guarded
        let client = try await stack.webSocket(headers: [
            "Cookie": "session=canary-cookie", "Authorization": "Bearer canary-bearer",
        ])
        let id = try await client.join(auth: #"{"token":"canary-token"}"#)
        await client.send(
            #"40/guarded,{"token":"canary-token"}"#, #"42["e","canary-payload"]"#,
            #"42["i","canary-payload"]"#, #"42["canary-payload",{"a":"canary-payload"}"#)
        let other = try await stack.client()
        await other.send("1")
        let cut = try await stack.client()
        await cut.wire.send([0x83, 0x80, 0, 0, 0, 0])
        let lines = book.all
        #expect(
            lines.contains {
                $0.contains("socket disconnected") && $0.contains("socket=\(id)")
                    && $0.contains("namespace=/")
                    && $0.contains("reason=forced close") && $0.contains("detail=malformed JSON")
            }, "\(lines)")
        #expect(lines.contains { $0.contains("detail=reserved opcode") }, "\(lines)")
        #expect(lines.contains { $0.contains("a handler failed") }, "\(lines)")
        #expect(lines.contains { $0.contains("a socket was refused by an error") }, "\(lines)")
        #expect(!lines.contains { $0.contains("canary") }, "\(lines)")
    }
}
