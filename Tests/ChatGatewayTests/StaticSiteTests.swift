internal import Testing

/// The web client's files.
@Suite("The static site", .timeLimit(.minutes(5)))
struct StaticSiteTests {
    private func get(
        _ server: ChatServer, _ path: String, _ method: String = "GET", _ headers: [(String, String)] = []
    ) async throws -> HTTPAnswer {
        try await server.http(method, path, headers: headers)
    }

    @Test(
        "the page, for every path that names no file",
        arguments: ["/", "/index.html", "/join/abc", "/c/1", "//", "/?q=a.b"])
    func page(_ path: String) async throws {
        try await ChatServer.run { server in
            let answer = try await get(server, path)
            #expect((answer.status, answer.text) == (200, WebFolder.page))
            #expect(answer["content-type"] == "text/html; charset=utf-8")
            #expect(answer["cache-control"] == "no-cache")
            #expect(answer["content-length"] == String(WebFolder.page.utf8.count))
        }
    }

    @Test("files whose names change with their content are kept for ever")
    func immutable() async throws {
        try await ChatServer.run { server in
            let script = try await get(server, "/assets/app-1a2b.js")
            #expect((script.status, script.text) == (200, WebFolder.script))
            #expect(script["content-type"] == "text/javascript; charset=utf-8")
            #expect(script["cache-control"] == "public, max-age=31536000, immutable")
            #expect(script["vary"] == "Accept-Encoding")
            let icon = try await get(server, "/icon.svg")
            #expect(icon["content-type"] == "image/svg+xml")
            #expect(icon["cache-control"] == "no-cache")
        }
    }

    @Test(
        "compressed forms go to whoever takes them",
        arguments: [
            ("/assets/app-1a2b.js", "gzip, deflate, br", "br", "brotli"),
            ("/assets/app-1a2b.js", "gzip", "gzip", "gzip"),
            ("/assets/app-1a2b.js", "br;q=0, gzip;q=0.5", "gzip", "gzip"),
            ("/assets/app-1a2b.js", "BR", "br", "brotli"),
            ("/assets/app-1a2b.js", "identity", nil, WebFolder.script),
            ("/assets/app-1a2b.js", "", nil, WebFolder.script),
            ("/assets/app-1a2b.js", "vibration, zgzip", nil, WebFolder.script),
            ("/assets/app-1a2b.css", "br", nil, "body{}"),
            ("/assets/app-1a2b.css", "br, gzip", "gzip", "gzip"),
        ] as [(String, String, String?, String)])
    func compressed(_ path: String, _ accepted: String, _ encoding: String?, _ body: String) async throws {
        try await ChatServer.run { server in
            let answer = try await get(server, path, "GET", [("Accept-Encoding", accepted)])
            #expect((answer.status, answer.text) == (200, body))
            #expect(answer["content-encoding"] == encoding)
            #expect(answer["vary"] == "Accept-Encoding")
        }
    }

    @Test("an unchanged file is not sent again")
    func notModified() async throws {
        try await ChatServer.run { server in
            let first = try await get(server, "/")
            let tag = try #require(first["etag"])
            for condition in [tag, "W/" + tag, "\"other\", " + tag, "*"] {
                let again = try await get(server, "/", "GET", [("If-None-Match", condition)])
                #expect((again.status, again.body) == (304, []), "\(condition)")
                #expect(again["etag"] == tag)
                #expect(again["cache-control"] == "no-cache")
            }
            #expect(try await get(server, "/", "GET", [("If-None-Match", "\"other\"")]).status == 200)
            #expect(try await get(server, "/icon.svg")["etag"] != tag)
        }
    }

    @Test("each form of a file has a tag of its own")
    func tags() async throws {
        try await ChatServer.run { server in
            let path = "/assets/app-1a2b.js"
            var tags: Set<String> = []
            for accepted in ["br", "gzip", "identity"] {
                let form = try await get(server, path, "GET", [("Accept-Encoding", accepted)])
                let tag = try #require(form["etag"])
                tags.insert(tag)
                let again = try await get(
                    server, path, "GET", [("Accept-Encoding", accepted), ("If-None-Match", tag)])
                #expect(again.status == 304)
                let other = try await get(
                    server, path, "GET", [("Accept-Encoding", "deflate"), ("If-None-Match", tag)])
                #expect(other.status == (accepted == "identity" ? 304 : 200))
            }
            #expect(tags.count == 3)
        }
    }

    @Test("HEAD has the headers without the body", arguments: ["/", "/assets/app-1a2b.js", "/join/abc"])
    func head(_ path: String) async throws {
        try await ChatServer.run { server in
            let full = try await get(server, path)
            let answer = try await get(server, path, "HEAD")
            #expect((answer.status, answer.body) == (200, []))
            #expect(answer["content-length"] == full["content-length"])
            #expect(answer["etag"] == full["etag"])
        }
    }

    @Test(
        "no path leads out of the folder, nor to what is no part of the site",
        arguments: [
            "/nothing.js", "/assets/", "/assets/nothing.js", "/notes.secret", "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt", "/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt",
            "/....//secret.txt",
            "/%2fetc%2fpasswd.txt", "/\\..\\secret.txt", "/assets/app-1a2b.js%00.txt", "/ASSETS/app-1a2b.js",
            "/assets/app-1a2b.js/", "/assets/app-1a2b.js.br", "/./index.html", "/assets/../index.html",
        ])
    func tricks(_ path: String) async throws {
        try await ChatServer.run { server in
            let answer = try await get(server, path)
            #expect(!answer.text.contains("secret"))
            #expect(!answer.text.contains("root:"))
            if path == "/assets/" || path.hasSuffix(".js/") {
                #expect(answer.status == 200 || answer.status == 404)
            } else {
                #expect(answer.status == 404)
            }
        }
    }

    @Test("an unknown path of the API is no page", arguments: ["/api/nothing", "/api", "/api/state/more"])
    func api(_ path: String) async throws {
        try await ChatServer.run { server in
            let answer = try await get(server, path)
            #expect(answer.status == 404)
            #expect(answer.text != WebFolder.page)
        }
    }
}
