internal import Foundation
internal import Glibc
internal import Testing

@testable internal import SocketIOClient

private let answer = Event<String>("answer")

/// The client against python-socketio. `SOCKETIO_PYTHON` names a Python that has it (bin/test sets it).
///
/// One after the other: Foundation's `Process.run` is not made for several threads at once.
@Suite(
    .enabled(if: ProcessInfo.processInfo.environment["SOCKETIO_PYTHON"] != nil), .serialized,
    .timeLimit(.minutes(2)))
struct PythonServerTests {
    /// Starts a server for one test, and ends it.
    private func run(_ way: Way, _ body: (SocketClient) async throws -> Void) async throws {
        let python = try #require(ProcessInfo.processInfo.environment["SOCKETIO_PYTHON"])
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "interop/python/peer_server.py")
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [script.path()]
        let output = Pipe()
        process.standardOutput = output
        let texts = AsyncStream.makeStream(of: String.self)
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty {
                texts.continuation.finish()
            } else {
                texts.continuation.yield(String(decoding: data, as: UTF8.self))
            }
        }
        try process.run()
        // The child inherits a mask that blocks SIGTERM; one that lives on would hold the test run's output open.
        defer { kill(process.processIdentifier, SIGKILL) }
        var said = ""
        for await text in texts.stream {
            said += text
            if said.contains("\n") { break }
        }
        let start = try #require(said.range(of: "http://"))
        let url = said[start.lowerBound...].prefix { $0 != "\n" }
        let client = try way.client(String(url))
        do {
            try await body(client)
        } catch {
            client.disconnect()
            throw error
        }
        client.disconnect()
    }

    @Test(arguments: Way.allCases) func eventsAcksAndBinary(_ way: Way) async throws {
        try await run(way) { client in
            let socket = client.socket()
            socket.on(Event<String>("ask").returning(String.self)) { $0.uppercased() }
            try await socket.connect()
            var answers = socket.events(answer).makeAsyncIterator()
            for number in 0..<100 { socket.emit(Event<String>("hello"), "é\(number)") }
            for number in 0..<100 { #expect(await answers.next() == "Hi é\(number)") }
            #expect(try await socket.call(Event<Int, Int>("add").returning(Int.self), 2, 3) == 5)
            socket.emit(Event<String>("ask me"), "quiet")
            #expect(await answers.next() == "QUIET")

            var blobs = socket.events(Event<String, Bytes>("blob")).makeAsyncIterator()
            let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
            socket.emit(Event<String, Bytes>("blob"), "b", Bytes(bytes))
            let blob = await blobs.next()
            #expect(blob?.0 == "b" && blob?.1.bytes == Array(bytes.reversed()))
            struct Reply: Codable, Sendable {
                let data: Bytes
                let length: Int
            }
            let reply = try await socket.call(
                Event<Bytes>("blob ack").returning(Reply.self), Bytes([1, 2, 3]))
            #expect(reply.length == 3 && reply.data.bytes == [1, 2, 3])
        }
    }

    @Test(arguments: Way.allCases) func namespacesAndRefusals(_ way: Way) async throws {
        try await run(way) { client in
            let root = try await client.connect()
            let refusal = try await #require(throws: ConnectError.self) {
                try await client.connect("/secret")
            }
            #expect(refusal.message == "no entry")
            let secret = try await client.connect("/secret", auth: ["token": "42"])
            var answers = secret.events(answer).makeAsyncIterator()
            secret.emit(Event<String>("hello"), "x")
            #expect(await answers.next() == "Secret x")
            #expect(root.isConnected)
        }
    }

    @Test(arguments: Way.allCases) func theServerEndsASocket(_ way: Way) async throws {
        try await run(way) { client in
            let socket = client.socket()
            let reasons = Signals<ClientDisconnectReason>()
            socket.onDisconnect { reasons.send($0) }
            try await socket.connect()
            socket.emit(Event<Int>("leave"), 1)
            #expect(await reasons.next() == .serverDisconnect)
        }
    }
}
