internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1
internal import Testing

@testable internal import EngineIO

/// Requests that belong to no engine: they reach the responder, and its answers the client.
@Suite(.timeLimit(.minutes(3)))
struct PlainRequestTests {
    private struct Refusal: Error {}

    private static func answer(_ body: String, close: Bool = false) -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n"
            + (close ? "Connection: close\r\n" : "") + "\r\n" + body
    }

    private static func write(_ body: String, to writer: PlainResponseWriter) async throws {
        try await writer.write(
            head: HTTPResponseHead(
                version: .http1_1, status: .ok, headers: ["Content-Length": "\(body.utf8.count)"]))
        if !body.isEmpty { try await writer.write(body: ByteBuffer(string: body)) }
        try await writer.writeEnd()
    }

    /// Answers with the method, the target and the body.
    @Sendable private static func echo(_ request: PlainRequest, _ writer: PlainResponseWriter) async throws {
        var text = "\(request.head.method) \(request.head.uri) "
        for try await piece in request.body { text += String(buffer: piece) }
        try await write(text, to: writer)
    }

    @Test func oneRequest() async throws {
        try await PlainServer.run(responder: Self.echo) { server in
            try await server.send("GET /page?x=1 HTTP/1.1\r\nHost: chat.example\r\n\r\n")
            try await server.expect(Self.answer("GET /page?x=1 "))
            #expect(server.channel.isActive)
        }
    }

    @Test("Requests after one another on one connection")
    func keepAlive() async throws {
        try await PlainServer.run(responder: Self.echo) { server in
            for number in 0..<20 {
                try await server.send(
                    "POST /\(number) HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo")
                try await server.send("dy")
                try await server.expect(Self.answer("POST /\(number) body"))
            }
            #expect(server.channel.isActive)
        }
    }

    @Test("Requests sent without waiting reach the responder in turn, each with its own body")
    func pipelined() async throws {
        try await PlainServer.run(responder: Self.echo) { server in
            let numbers = 0..<20
            try await server.send(
                numbers.map {
                    "POST /\($0) HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n\($0 % 10)x"
                }.joined())
            try await server.expect(numbers.map { Self.answer("POST /\($0) \($0 % 10)x") }.joined())
            #expect(server.channel.isActive)
        }
    }

    @Test("The body is read as it comes")
    func streaming() async throws {
        try await PlainServer.run { request, writer in
            try await writer.write(
                head: HTTPResponseHead(version: .http1_1, status: .ok, headers: ["Content-Length": "6"]))
            for try await piece in request.body { try await writer.write(body: piece) }
            try await writer.writeEnd()
        } _: { server in
            try await server.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n")
            try await server.expect("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n")
            for piece in ["ab", "cd", "ef"] {
                try await server.send(piece)
                try await server.expect(piece)
            }
        }
    }

    @Test("An answer may come before the body; the connection goes on")
    func earlyAnswer() async throws {
        try await PlainServer.run { request, writer in
            if request.head.uri == "/early" {
                try await Self.write("no", to: writer)
            } else {
                try await Self.echo(request, writer)
            }
        } _: { server in
            try await server.send("POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo")
            try await server.expect(Self.answer("no"))
            try await server.send("dy")
            try await server.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
            try await server.expect(Self.answer("GET /next "))
        }
    }

    @Test("A responder that fails before it answers: 500")
    func failsFirst() async throws {
        try await PlainServer.run { _, _ in
            throw Refusal()
        } _: { server in
            try await server.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            try await server.expect(
                "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            try await server.channel.closeFuture.get()
        }
    }

    @Test("An answer that is not finished must not look so", arguments: [true, false])
    func failsHalfway(throwing: Bool) async throws {
        try await PlainServer.run { _, writer in
            try await writer.write(
                head: HTTPResponseHead(version: .http1_1, status: .ok, headers: ["Content-Length": "9"]))
            if throwing { throw Refusal() }
        } _: { server in
            try await server.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            try await server.expect("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
            try await server.channel.closeFuture.get()
        }
    }

    @Test("A client that goes away ends the body with an error")
    func clientLeaves() async throws {
        let (events, record) = AsyncStream.makeStream(of: String.self)
        try await PlainServer.run { request, _ in
            do {
                for try await piece in request.body { record.yield(String(buffer: piece)) }
                record.yield("complete")
            } catch {
                record.yield((error as? ChannelError) == .eof ? "eof" : "\(error)")
                throw error
            }
        } _: { server in
            try await server.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab")
            var seen = events.makeAsyncIterator()
            #expect(await seen.next() == "ab")
            try await server.channel.close()
            #expect(await seen.next() == "eof")
        }
    }

    @Test("Out of order, or after the end, a responder writes nothing")
    func misbehavingResponder() async throws {
        let (events, record) = AsyncStream.makeStream(of: String.self)
        try await PlainServer.run { _, writer in
            do {
                try await writer.write(body: ByteBuffer(string: "before the head"))
                record.yield("body written")
            } catch {
                record.yield("body refused")
            }
            try await Self.write("ok", to: writer)
            do {
                try await writer.writeEnd()
                record.yield("second end written")
            } catch {
                record.yield("second end refused")
            }
        } _: { server in
            try await server.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            try await server.expect(Self.answer("ok"))
            var seen = events.makeAsyncIterator()
            #expect(await seen.next() == "body refused")
            #expect(await seen.next() == "second end refused")
        }
    }

    @Test("The client asks for the end of the connection")
    func connectionClose() async throws {
        try await PlainServer.run(responder: Self.echo) { server in
            try await server.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            try await server.expect(Self.answer("GET / ", close: true))
            try await server.channel.closeFuture.get()
        }
    }

    @Test(
        "A body that keeps the pace is read however long it takes; one that falls behind ends the connection")
    func bodyTime() async throws {
        var limits = HTTPLimits()
        limits.plainBodyTimeout = .seconds(1)
        limits.plainBodyBytesPerSecond = 10
        let failed = Counter()
        try await PlainServer.run(limits: limits) { request, _ in
            do {
                for try await _ in request.body {}
            } catch {
                failed.add()
                throw error
            }
        } _: { server in
            try await server.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
            for _ in 0..<5 {
                await server.loop.advanceTime(by: .milliseconds(900))
                #expect(server.channel.isActive)
                try await server.send("ten bytes.")
            }
            // One byte earns a tenth of a second.
            await server.loop.advanceTime(by: .milliseconds(990))
            try await server.send("x")
            await server.loop.advanceTime(by: .milliseconds(80))
            #expect(server.channel.isActive)
            await server.loop.advanceTime(by: .milliseconds(80))
            #expect(!server.channel.isActive)
            while failed.count == 0 { await Task.yield() }
        }
    }

    @Test(
        "The time that a responder takes is not the client's; when it reads on, the client's time runs again")
    func slowResponder() async throws {
        var limits = HTTPLimits()
        limits.plainBodyTimeout = .seconds(1)
        let hold = HeldHook()
        try await PlainServer.run(limits: limits) { request, _ in
            await hold.wait()
            for try await _ in request.body {}
        } _: { server in
            try await server.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
            // As many pieces as may wait.
            for _ in 0..<9 { try await server.send("x") }
            await server.loop.advanceTime(by: .seconds(5))
            #expect(server.channel.isActive)
            while hold.count == 0 { await Task.yield() }
            hold.release()
            while server.channel.isActive {
                await Task.yield()
                await server.loop.advanceTime(by: .milliseconds(100))
            }
        }
    }
}
