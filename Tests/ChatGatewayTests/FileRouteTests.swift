internal import ChatDomain
internal import ChatService
internal import Foundation
internal import SocketIO
internal import Testing

/// Uploads and files by HTTP, and messages with files.
@Suite("Routes of files", .timeLimit(.minutes(5)))
struct FileRouteTests {
    private static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [0, 0, 0, 4, 0, 0, 0, 3, 8, 2, 0, 0, 0, 1, 1, 1, 1] + [0, 0, 0, 1] + Array("IDAT".utf8) + [
            9, 1, 1, 1, 1,
        ]
        + [0, 0, 0, 0] + Array("IEND".utf8) + [1, 1, 1, 1]

    private func request(
        _ server: ChatServer, _ method: String, _ path: String, _ bytes: [UInt8]? = nil, as person: Person?,
        headers: [(String, String)] = []
    ) async throws -> HTTPAnswer {
        var headers = headers + [("X-Parley", "1")]
        if let person { headers.append(("Cookie", "parley_session=\(person.token)")) }
        return try await HTTPAnswer.of(method, path, bytes: bytes, headers: headers, port: server.port)
    }

    private static func path(_ number: Int, _ rest: String = "") -> String {
        "/api/uploads/00000000-0000-4000-8000-00000000000\(number)\(rest)"
    }

    @Test("A picture goes up, into a message, and to whoever is there; with the headers of a stranger's file")
    func journey() async throws {
        try await ChatServer.run { server in
            let (anna, ben, cid) = (
                try await server.setUp(), try await server.signUp("ben"), try await server.signUp("cid")
            )
            let up = try await request(
                server, "PUT", Self.path(1, "?name=My%20%22picture%22%20%C3%BC.png"), Self.png, as: anna)
            #expect(up.status == 201)
            let file = up.json
            let id = try #require(file["f"]?.string)
            #expect(file.keys == ["f", "name", "type", "size", "w", "h", "kind"])
            #expect(file["name"] == .string("My \"picture\" ü.png") && file["type"] == .string("image/png"))
            #expect(file["w"] == .integer(4) && file["h"] == .integer(3) && file["kind"] == .string("image"))
            let again = try await request(server, "PUT", Self.path(1), [1], as: anna)
            #expect(again.status == 200 && again.json["f"]?.string == id)

            let thumb = try await request(server, "PUT", Self.path(1, "/thumb"), Self.png, as: anna)
            #expect(thumb.status == 204)
            #expect(try await request(server, "GET", "/files/\(id)", as: ben).status == 404)
            #expect(try await request(server, "GET", "/files/\(id)", as: nil).status == 401)

            let socket = try await server.connect(anna)
            let other = try await server.connect(ben)
            let room = try #require(
                try await socket.done("dm", "{\"u\":\"\(ben.id)\"}")["conv"]?["c"]?.string)
            _ = try await socket.done(
                "send",
                "{\"c\":\"\(room)\",\"cid\":\"00000000-0000-4000-8000-000000000001\",\"body\":\"\",\"files\":[\"\(id)\"]}"
            )
            let message = try await other.next("msg")
            #expect(
                message["files"]?[0]?["f"] == .string(id) && message["files"]?[0]?["thumb"] == .bool(true))
            #expect(message["body"] == .string(""))
            let conv = try await other.done("sync", "{}")["convs"]?[0]
            #expect(conv?["last"]?["files"] == .integer(1))
            let files = try await other.done("files", "{\"c\":\"\(room)\"}")["files"]
            #expect(files?[0]?["file"]?["f"] == .string(id) && files?[0]?["seq"] == .integer(1))

            for path in ["/files/\(id)", "/files/\(id)/thumb"] {
                let got = try await request(server, "GET", path, as: ben)
                #expect(got.status == 200 && got.body == Self.png)
                #expect(got["content-type"] == "image/png" && got["content-length"] == "\(Self.png.count)")
                #expect(got["x-content-type-options"] == "nosniff")
                #expect(got["content-security-policy"] == "sandbox; default-src 'none'")
                #expect(got["cache-control"]?.hasPrefix("private") == true)
                #expect(
                    got["content-disposition"]
                        == "inline; filename=\"My _picture_ _.png\"; filename*=UTF-8''My%20%22picture%22%20%C3%BC.png"
                )
                #expect(try await request(server, "GET", path, as: cid).status == 404)
                let tag = try #require(got["etag"])
                let known = try await request(server, "GET", path, as: ben, headers: [("If-None-Match", tag)])
                #expect(known.status == 304 && known.body.isEmpty)
                let part = try await request(server, "GET", path, as: ben, headers: [("Range", "bytes=4-7")])
                #expect(part.status == 206 && part.body == Array(Self.png[4..<8]))
                #expect(part["content-range"] == "bytes 4-7/\(Self.png.count)")
                let beyond = try await request(
                    server, "GET", path, as: ben, headers: [("Range", "bytes=999-")])
                #expect(beyond.status == 416 && beyond["content-range"] == "bytes */\(Self.png.count)")
                let changed = try await request(
                    server, "GET", path, as: ben,
                    headers: [("Range", "bytes=4-7"), ("If-Range", "\"other\"")])
                #expect(changed.status == 200)
                let head = try await request(server, "HEAD", path, as: ben)
                #expect(
                    head.status == 200 && head.body.isEmpty && head["content-length"] == "\(Self.png.count)")
            }
            await socket.close()
            await other.close()
        }
    }

    @Test("A page is a text to keep, whatever it is called and said to be")
    func page() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let html = Array("<script>alert(1)</script>".utf8)
            let up = try await request(
                server, "PUT", Self.path(1, "?name=x.html"), html, as: anna,
                headers: [("Content-Type", "text/html")])
            #expect(up.json["type"] == .string("text/plain") && up.json["kind"] == .string("file"))
            let got = try await request(server, "GET", "/files/\(up.json["f"]?.string ?? "")", as: anna)
            #expect(got["content-type"] == "text/plain; charset=utf-8")
            #expect(got["content-disposition"]?.hasPrefix("attachment") == true)
        }
    }

    @Test("What cannot be taken is refused, with the code that says why")
    func refused() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            #expect(try await request(server, "PUT", Self.path(1), [1], as: nil).status == 401)
            let noHeader = try await HTTPAnswer.of(
                "PUT", Self.path(1), bytes: [1], headers: [("Cookie", "parley_session=\(anna.token)")],
                port: server.port)
            #expect(noHeader.status == 403)
            let badID = try await request(server, "PUT", "/api/uploads/x", [1], as: anna)
            #expect(badID.status == 400 && badID.code == "invalid")
            let damaged = try await request(server, "PUT", Self.path(1), Array(Self.png.prefix(20)), as: anna)
            #expect(damaged.status == 415 && damaged.code == "type")
            let large = try await request(
                server, "PUT", Self.path(1, "/thumb"), [UInt8](repeating: 0, count: 524_289), as: anna)
            #expect(large.status == 413 && large.code == "too_large")
            let huge = try await request(
                server, "PUT", Self.path(2), nil, as: anna, headers: [("Content-Length", "\(51 << 20)")])
            #expect(huge.status == 413 && huge.code == "too_large")
            #expect(try await request(server, "GET", "/files/nothing", as: anna).status == 404)
        }
    }

    @Test("A large file goes through in pieces, up and down")
    func large() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
            let up = try await request(server, "PUT", Self.path(1), bytes, as: anna)
            #expect(up.status == 201 && up.json["size"] == .integer(3_000_000))
            let got = try await request(server, "GET", "/files/\(up.json["f"]?.string ?? "")", as: anna)
            #expect(got.status == 200 && got.body == bytes)
        }
    }
}
