internal import Foundation
internal import SocketIO
internal import Testing

/// The id of a transport's session opens nothing without the cookie that it was opened with.
@Suite("Sessions of the transport and the cookie", .timeLimit(.minutes(5)))
struct SessionBindingTests {
    private func open(_ server: ChatServer, as person: Person?) async throws -> String {
        let answer = try await server.http("GET", "/socket.io/?EIO=4&transport=polling", as: person)
        #expect(answer.status == 200)
        let json = try JSONDecoder().decode(JSONValue.self, from: Data(answer.body.dropFirst()))
        return try #require(json["sid"]?.string)
    }

    @Test("long-polling: a stranger's GET and POST with the id are as good as an unknown id")
    func polling() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let ben = try await server.signUp("ben")
            let sid = try await open(server, as: anna)
            let path = "/socket.io/?EIO=4&transport=polling&sid=\(sid)"
            for stranger in [nil, ben] {
                for (method, body) in [("GET", nil), ("POST", "40")] as [(String, String?)] {
                    let answer = try await server.http(method, path, body, as: stranger)
                    #expect(answer.status == 400)
                    #expect(answer.json["code"] == .integer(1))
                }
            }
            let own = try await server.http("POST", path, "40", as: anna)
            #expect(own.status == 200)
            let joined = try await server.http("GET", path, as: anna)
            #expect(joined.text.hasPrefix(#"40{"sid":""#))
        }
    }

    @Test("a session that was opened without a cookie goes on without one")
    func programs() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let sid = try await open(server, as: nil)
            let path = "/socket.io/?EIO=4&transport=polling&sid=\(sid)"
            #expect(try await server.http("POST", path, "40", as: anna).status == 400)
            let own = try await server.http("POST", path, #"40{"token":"\#(anna.token)"}"#)
            #expect(own.status == 200)
        }
    }
}
