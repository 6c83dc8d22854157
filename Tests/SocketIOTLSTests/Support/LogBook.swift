internal import Logging

/// Lines of a logger; a test waits for the next.
final class LogBook: Sendable {
    private let lines: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    init() { (lines, continuation) = AsyncStream.makeStream() }

    var logger: Logger { Logger(label: "test", factory: { _ in Handler(book: self) }) }

    /// The next line; waits for it.
    func next() async -> String? {
        var iterator = lines.makeAsyncIterator()
        return await iterator.next()
    }

    /// All lines up to now and no more.
    func rest() async -> [String] {
        continuation.finish()
        var all: [String] = []
        for await line in lines { all.append(line) }
        return all
    }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        init(book: LogBook) { self.book = book }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }
            book.continuation.yield(
                "\(event.level) \(event.message) \(metadata.map { "\($0.key)=\($0.value)" })")
        }
    }
}
