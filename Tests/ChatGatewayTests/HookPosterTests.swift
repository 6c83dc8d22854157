internal import ChatDomain
internal import ChatGateway
internal import ChatService
internal import Foundation
internal import SocketIO
internal import Synchronization
internal import Testing

/// What another server gets from an outgoing webhook, and what becomes of its answer.
@Suite("Posts of webhooks", .timeLimit(.minutes(5)))
struct HookPosterTests {
    private final class Transport: OutboundClient {
        let requests = Mutex<[OutboundRequest]>([])
        let answer: OutboundAnswer

        init(_ answer: OutboundAnswer) { self.answer = answer }

        func send(_ request: OutboundRequest) async -> OutboundAnswer {
            requests.withLock { $0.append(request) }
            return answer
        }
    }

    private static func answered(_ status: Int, _ body: String = "") throws -> OutboundAnswer {
        .answered(
            OutboundResponse(
                status: status, headers: [], body: Array(body.utf8), isCut: false,
                url: try WebURL("https://example.org/in")))
    }

    /// Lets Anna write into a room with an outgoing webhook; the requests, and the room's messages.
    private func exchange(
        _ answer: OutboundAnswer
    ) async throws -> (request: OutboundRequest, secret: String, bodies: [String], last: JSONValue) {
        var result: (OutboundRequest, String, [String], JSONValue)?
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let client = try await server.connect(anna)
            let made = try await client.done("room.create", #"{"name":"Ops","public":true}"#)
            let c = try #require(made["conv"]?["c"]?.string)
            let path = "/api/conversations/\(c)/hooks"
            let hook = try await server.http(
                "POST", path, #"{"kind":"out","name":"Echo","url":"https://example.org/in"}"#, as: anna)
            _ = try await client.done(
                "send", #"{"c":"\#(c)","cid":"00000000-0000-4000-8000-000000000001","body":"hello"}"#)
            let transport = Transport(answer)
            let poster = HookPoster(client: transport) { Timestamp(milliseconds: 1_700_000_000_000) }
            _ = try await server.chat.deliverHooks(by: poster)
            let requests = transport.requests.withLock { $0 }
            let page = try await client.done("page", #"{"c":"\#(c)"}"#)
            let listed = try await server.http("GET", path, as: anna)
            result = (
                try #require(requests.first), try #require(hook.json["secret"]?.string),
                (page["msgs"]?.elements ?? []).filter { $0["kind"] == .string("text") }.compactMap {
                    $0["body"]?.string
                }, listed.json["hooks"]?[0]?["last"] ?? .null
            )
            await client.close()
        }
        return try #require(result)
    }

    @Test("the body is what is documented, and signed")
    func body() async throws {
        let (request, secret, bodies, last) = try await exchange(Self.answered(204))
        #expect(request.url.text == "https://example.org/in" && request.method == .post)
        #expect(request.timeout == 7_000 && request.redirects == 0)
        let json = try JSONDecoder().decode(JSONValue.self, from: Data(request.body))
        #expect(json.keys == ["hook", "event", "conversation", "msg", "from"])
        #expect(json["event"] == .string("message"))
        #expect(json["conversation"]?["name"] == .string("Ops"))
        #expect(json["conversation"]?["kind"] == .string("public"))
        #expect(json["msg"]?["body"] == .string("hello"))
        #expect(json["from"]?["username"] == .string("anna"))
        let expected = HookSignature.value(
            of: request.body, key: Array(secret.utf8), at: Timestamp(milliseconds: 1_700_000_000_000))
        #expect(request.headers.first { $0.name == "X-Parley-Signature" }?.value == expected)
        #expect(request.headers.first { $0.name == "Content-Type" }?.value == "application/json")
        #expect(bodies == ["hello"])
        #expect(last["status"] == .integer(204) && last["error"] == nil)
    }

    @Test(
        "the text of an answer is said; anything else that comes back is not",
        arguments: [
            (#"{"text":"hello yourself"}"#, ["hello", "hello yourself"]), (#"{"text":""}"#, ["hello"]),
            (#"{"text":5}"#, ["hello"]), ("<html>", ["hello"]), ("[]", ["hello"]), ("{}", ["hello"]),
            (#"{"text":" "}"#, ["hello"]),
        ] as [(String, [String])])
    func answers(answer: String, expected: [String]) async throws {
        let result = try await exchange(Self.answered(200, answer))
        #expect(result.bodies == expected)
    }

    @Test("what went wrong is in the list")
    func failures() async throws {
        let failed = try await exchange(.failed("No answer came in 7 s."))
        #expect(failed.last["error"] == .string("No answer came in 7 s.") && failed.last["status"] == nil)
        let refused = try await exchange(Self.answered(500, #"{"text":"no"}"#))
        #expect(refused.last["error"] == .string("The answer was 500.") && refused.bodies == ["hello"])
    }
}
