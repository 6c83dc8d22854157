internal import ChatDomain
internal import ChatService
internal import SocketIO
internal import Testing

/// How a browser asks to be told.
@Suite("Routes of push", .timeLimit(.minutes(5)))
struct PushRouteTests {
    private static let key =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"

    private func subscription(
        _ endpoint: String = "https://push.example/secret", key: String = key,
        auth: String = "BTBZMqHH6r4Tts7J_aSIgg"
    ) -> String {
        #"{"endpoint":"\#(endpoint)","expirationTime":null,"keys":{"p256dh":"\#(key)","auth":"\#(auth)"}}"#
    }

    @Test("A subscription is taken, listed without its address, and taken back")
    func subscribes() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let state = try await server.http("GET", "/api/state")
            #expect(Base64URL.bytes(of: state.json["push"]?.string ?? "")?.count == 65)
            for _ in 0..<2 {
                #expect(try await server.http("POST", "/api/push", subscription(), as: anna).status == 201)
            }
            let listed = try await server.http("GET", "/api/push", as: anna)
            #expect(listed.json["devices"]?.elements.count == 1 && !listed.text.contains("secret"))
            #expect(listed.json["devices"]?[0]?["endpoint"] == .string("push.example"))
            #expect(try await server.http("POST", "/api/push/test", as: anna).status == 204)
            let body = #"{"endpoint":"https://push.example/secret"}"#
            #expect(try await server.http("DELETE", "/api/push", body, as: anna).status == 204)
            #expect(
                try await server.http("GET", "/api/push", as: anna).json["devices"]?.elements.isEmpty == true)
        }
    }

    @Test("What is no subscription is refused")
    func refused() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            for body in [
                "{}", subscription("http://push.example/x"), subscription("x"), subscription(key: "AAAA"),
                subscription(auth: "AAAA"), subscription(key: "!"),
                subscription("https://a.example/\(String(repeating: "x", count: 2_000))"),
            ] {
                let answer = try await server.http("POST", "/api/push", body, as: anna)
                #expect((answer.status, answer.code) == (400, "invalid"), "\(body.prefix(60))")
            }
        }
    }
}
