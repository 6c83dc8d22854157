import ChatDomain
import ChatOutbound
import ChatService
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import Testing

@Suite("Requests to other servers", .timeLimit(.minutes(2)))
struct ClientTests {
    /// A server of this machine that answers as the test wants.
    final class Server: Sendable {
        struct Request: Sendable, Equatable {
            var line = ""
            var headers: [String: String] = [:]
            var body = ""
        }

        private final class Answering: ChannelInboundHandler, @unchecked Sendable {
            typealias InboundIn = HTTPServerRequestPart
            let server: Server
            private var request = Request()

            init(_ server: Server) { self.server = server }

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                switch unwrapInboundIn(data) {
                case .head(let head):
                    request.line = "\(head.method) \(head.uri)"
                    for header in head.headers { request.headers[header.name.lowercased()] = header.value }
                case .body(let piece): request.body += String(buffer: piece)
                case .end:
                    server.requests.withLock { $0.append(request) }
                    guard let answer = server.answer(request) else { return }
                    context.writeAndFlush(NIOAny(ByteBuffer(string: answer)), promise: nil)
                    if !answer.contains("HOLD") { context.close(promise: nil) }
                }
            }
        }

        let requests = Mutex<[Request]>([])
        private let answer: @Sendable (Request) -> String?
        private let tls: NIOSSLContext?
        private let channel = Mutex<(any Channel)?>(nil)

        var port: Int { channel.withLock { $0?.localAddress?.port ?? 0 } }

        init(isSecure: Bool = false, _ answer: @escaping @Sendable (Request) -> String?) throws {
            self.answer = answer
            let certificate = try NIOSSLCertificate(
                bytes: Array(TestCertificate.certificate.utf8), format: .pem)
            let key = try NIOSSLPrivateKey(bytes: Array(TestCertificate.key.utf8), format: .pem)
            tls =
                isSecure
                ? try NIOSSLContext(
                    configuration: .makeServerConfiguration(
                        certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))) : nil
        }

        func start() async throws {
            let tls = tls
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let tls {
                            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                        }
                        try channel.pipeline.syncOperations.addHandlers(
                            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
                            Answering(self))
                    }
                }.bind(host: "127.0.0.1", port: 0).get()
            self.channel.withLock { $0 = channel }
        }

        func stop() async throws {
            try await channel.withLock { $0 }?.close().get()
        }
    }

    private func withServer(
        _ answer: @escaping @Sendable (Server.Request) -> String?,
        _ test: (Server, HTTPOutboundClient) async throws -> Void
    ) async throws {
        let server = try Server(answer)
        try await server.start()
        let client = try HTTPOutboundClient(
            group: MultiThreadedEventLoopGroup.singleton,
            allowing: [try #require(AddressRange("127.0.0.0/8"))])
        try await test(server, client)
        try await server.stop()
    }

    private static func ok(_ body: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nX-One: 1\r\n\r\n\(body)"
    }

    @Test("A post arrives as it is, and so does its answer")
    func posts() async throws {
        try await withServer({ _ in Self.ok("hello") }) { server, client in
            let answer = await client.send(
                OutboundRequest(
                    .post, try WebURL("http://127.0.0.1:\(server.port)/in?x=1"), headers: [("X-Key", "k")],
                    body: Array("{}".utf8), answerLimit: 100, timeout: 5_000))
            guard case .answered(let response) = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(response.status == 200 && response.body == Array("hello".utf8) && !response.isCut)
            #expect(response["x-one"] == "1")
            let request = try #require(server.requests.withLock { $0.first })
            #expect(request.line == "POST /in?x=1" && request.body == "{}")
            #expect(request.headers["x-key"] == "k" && request.headers["content-length"] == "2")
            #expect(request.headers["host"] == "127.0.0.1:\(server.port)")
        }
    }

    @Test("No more of an answer is read than was wanted")
    func cut() async throws {
        try await withServer({ _ in Self.ok(String(repeating: "a", count: 500_000)) }) { server, client in
            let answer = await client.send(
                OutboundRequest(
                    .get, try WebURL("http://127.0.0.1:\(server.port)/"), answerLimit: 1_000, timeout: 5_000)
            )
            guard case .answered(let response) = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(response.body.count == 1_000 && response.isCut)
        }
    }

    @Test(
        "A server that does not answer, or not to the end, is given up",
        arguments: [
            nil, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nHOLD", "HTTP/1.1 200 OK\r\nHOLD: ",
        ] as [String?])
    func silent(answer: String?) async throws {
        try await withServer({ _ in answer }) { server, client in
            let got = await client.send(
                OutboundRequest(
                    .get, try WebURL("http://127.0.0.1:\(server.port)/"), answerLimit: 1_000, timeout: 300))
            guard case .failed(let reason) = got else {
                Issue.record("\(got)")
                return
            }
            #expect(reason == "No answer came in 0 s.")
        }
    }

    @Test(
        "An answer that is none fails",
        arguments: [
            "hello", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
            "HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: 1_000) + "\r\n",
        ])
    func damaged(answer: String) async throws {
        try await withServer({ _ in answer }) { server, client in
            let got = await client.send(
                OutboundRequest(
                    .get, try WebURL("http://127.0.0.1:\(server.port)/"), answerLimit: 1_000, timeout: 5_000)
            )
            guard case .failed = got else {
                Issue.record("\(got)")
                return
            }
        }
    }

    @Test("Redirects are followed as often as was said, and each is checked anew")
    func redirects() async throws {
        let answer: @Sendable (Server.Request) -> String? = { request in
            let target =
                switch request.line {
                case "GET /a": "/b"
                case "GET /b": "/c"
                case "GET /inside": "http://10.0.0.1/secret"
                case "GET /strange": "gopher://example.org/"
                default: ""
                }
            return target.isEmpty
                ? Self.ok("here") : "HTTP/1.1 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n"
        }
        try await withServer(answer) { server, client in
            func get(_ path: String, _ redirects: Int) async throws -> OutboundAnswer {
                await client.send(
                    OutboundRequest(
                        .get, try WebURL("http://127.0.0.1:\(server.port)\(path)"), answerLimit: 1_000,
                        timeout: 5_000, redirects: redirects))
            }
            guard case .answered(let end) = try await get("/a", 2) else {
                Issue.record("no answer")
                return
            }
            #expect(end.status == 200 && end.url.text.hasSuffix("/c"))
            guard case .answered(let half) = try await get("/a", 1) else {
                Issue.record("no answer")
                return
            }
            #expect(half.status == 302 && half["location"] == "/c")
            for path in ["/inside", "/strange"] {
                guard case .refused = try await get(path, 3) else {
                    Issue.record("\(path) was followed")
                    return
                }
            }
        }
    }

    @Test(
        "What is not public is not reached, however it is written",
        arguments: [
            "http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://127.1:PORT/",
            "http://2130706433:PORT/",
            "http://0x7f000001:PORT/", "http://[::1]:PORT/", "http://[::ffff:127.0.0.1]:PORT/",
            "http://0.0.0.0:PORT/",
            "http://169.254.169.254/latest/meta-data/",
        ])
    func inside(text: String) async throws {
        try await withServer({ _ in Self.ok("secret") }) { server, _ in
            let client = try HTTPOutboundClient(group: MultiThreadedEventLoopGroup.singleton)
            let url = try WebURL(text.replacing("PORT", with: "\(server.port)"))
            let answer = await client.send(OutboundRequest(.get, url, answerLimit: 1_000, timeout: 5_000))
            switch answer {
            case .answered: Issue.record("it was reached")
            case .failed(let reason): #expect(reason.hasSuffix("is not known."))
            case .refused(let reason):
                #expect(reason.hasSuffix("is no public address: it is not reached from here."))
            }
            #expect(server.requests.withLock { $0 } == [])
        }
    }

    @Test("A server proves who it is, or is not spoken to", arguments: ["127.0.0.1", "localhost"])
    func encrypted(host: String) async throws {
        let server = try Server(isSecure: true) { _ in Self.ok("secret") }
        try await server.start()
        let url = try WebURL("https://\(host):\(server.port)/")
        let request = OutboundRequest(.get, url, answerLimit: 100, timeout: 5_000)
        let ranges = ["127.0.0.0/8", "::1"].compactMap { AddressRange($0) }
        let known = try HTTPOutboundClient(
            group: MultiThreadedEventLoopGroup.singleton, allowing: ranges,
            trust: .certificates([
                try NIOSSLCertificate(bytes: Array(TestCertificate.certificate.utf8), format: .pem)
            ]))
        if case .answered(let response) = await known.send(request) {
            #expect(response.body == Array("secret".utf8))
        } else {
            Issue.record("no answer")
        }
        let strict = try HTTPOutboundClient(group: MultiThreadedEventLoopGroup.singleton, allowing: ranges)
        if case .failed(let reason) = await strict.send(request) {
            #expect(reason.contains("not trusted"))
        } else {
            Issue.record("it was spoken to")
        }
        #expect(server.requests.withLock { $0 }.count == 1)
        try await server.stop()
    }

    @Test("Nobody there is a failure in words")
    func unreachable() async throws {
        let server = try Server { _ in nil }
        try await server.start()
        let url = try WebURL("http://127.0.0.1:\(server.port)/")
        try await server.stop()
        let client = try HTTPOutboundClient(
            group: MultiThreadedEventLoopGroup.singleton, allowing: [try #require(AddressRange("127.0.0.1"))])
        guard
            case .failed(let reason) = await client.send(
                OutboundRequest(.get, url, answerLimit: 10, timeout: 5_000))
        else {
            Issue.record("somebody was there")
            return
        }
        #expect(reason.contains("could not be reached"))
    }
}
