internal import Foundation
internal import SocketIO
internal import Testing

@testable internal import ChatGateway

/// The document of the REST interface and its routes: each names what the other has.
@Suite("OpenAPI", .timeLimit(.minutes(5)))
struct OpenAPITests {
    private static let methods: Set<String> = ["get", "put", "post", "patch", "delete", "head", "options"]

    @Test("every route is in the document, and nothing else is")
    func routes() async throws {
        try await ChatServer.run { server in
            let answer = try await server.http("GET", "/api/openapi.json", headers: [])
            #expect(answer.status == 200 && answer["content-type"] == "application/json")
            guard case .object(let paths) = answer.json["paths"] else {
                Issue.record("no paths")
                return
            }
            var documented: Set<String> = []
            for (path, operations) in paths {
                for method in operations.keys where Self.methods.contains(method) {
                    documented.insert("\(method.uppercased()) \(path)")
                }
            }
            let served = Set(
                server.gateway.routes.filter { $0.contains(" /api/v1/") && !$0.hasSuffix("/**") })
            #expect(served.subtracting(documented) == [], "served, not documented")
            #expect(documented.subtracting(served) == [], "documented, not served")
            #expect(documented.count > 20)
        }
    }

    @Test("no operation takes a cookie, and each answers who has no token with the documented error")
    func tokens() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            for route in server.gateway.routes.filter({ $0.contains(" /api/v1/") && !$0.hasSuffix("/**") }) {
                let parts = route.split(separator: " ")
                let path = String(parts[1]).replacing(/\{[a-z]+\}/, with: "x")
                let answer = try await server.http(String(parts[0]), path, "{}", as: anna)
                #expect((answer.status, answer.code) == (401, "unauthorized"), "\(route)")
            }
            let unknown = try await server.http("GET", "/api/v1/nothing", as: anna)
            #expect((unknown.status, unknown.code) == (404, "not_found"))
        }
    }
}
