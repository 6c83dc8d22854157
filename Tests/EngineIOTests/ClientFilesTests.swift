internal import EngineIOProtocol
internal import NIOCore
internal import Testing

@testable internal import EngineIO

/// The browser client's bundles, under the engine's path.
struct ClientFilesTests {
    private static let script = "io = \(String(repeating: "x", count: 3_000))"

    private static func configuration(_ origins: OriginPolicy = .sameOrigin) throws -> EngineConfiguration {
        var configuration = EngineConfiguration(origins: origins)
        configuration.clientFiles = try ClientFiles([
            "socket.io.min.js": Array(script.utf8), "socket.io.min.js.map": Array("{}".utf8),
        ])
        return configuration
    }

    private static func request(_ target: String, _ headers: [String] = [], method: String = "GET") -> String
    {
        (["\(method) \(target) HTTP/1.1", "Host: chat.example"] + headers).joined(separator: "\r\n")
            + "\r\n\r\n"
    }

    @Test("A bundle, its headers, and the tag that saves it the next time")
    func bundle() throws {
        try TestServer.run(Self.configuration()) { server in
            let wire = try server.connect()
            wire.send(Self.request("/socket.io/socket.io.min.js?v=1"))
            let answer = try #require(wire.answer())
            #expect(answer.status == 200)
            #expect(answer.body == Self.script)
            #expect(answer.headers["content-type"] == "application/javascript; charset=utf-8")
            #expect(answer.headers["cache-control"] == "public, max-age=0")
            #expect(answer.headers["vary"] == "Accept-Encoding")
            #expect(answer.headers["access-control-allow-origin"] == nil)
            let tag = try #require(answer.headers["etag"])
            for header in [tag, String(tag.dropFirst(2)), "\"other\", \(tag)", "*", "\"a\",\(tag) ,\"b\""] {
                wire.send(Self.request("/socket.io/socket.io.min.js", ["If-None-Match: \(header)"]))
                let again = try #require(wire.answer())
                #expect(again.status == 304)
                #expect(again.headers["etag"] == tag)
                #expect(again.headers["content-length"] == nil)
            }
            wire.send(Self.request("/socket.io/socket.io.min.js", ["If-None-Match: \"other\""]))
            #expect(wire.answer()?.status == 200)
            wire.send(Self.request("/socket.io/socket.io.min.js.map"))
            let map = try #require(wire.answer())
            #expect(map.body == "{}")
            #expect(map.headers["content-type"] == "application/json; charset=utf-8")
            #expect(map.headers["etag"] != tag)
            #expect(wire.isOpen)
        }
    }

    @Test("Compressed as the client likes it", arguments: ["gzip", "deflate"])
    func compressed(encoding: String) throws {
        try TestServer.run(Self.configuration()) { server in
            let wire = try server.connect()
            wire.send(Self.request("/socket.io/socket.io.min.js", ["Accept-Encoding: br, \(encoding)"]))
            let text = wire.text()
            #expect(text.contains("Content-Encoding: \(encoding)\r\n"))
            #expect(text.utf8.count < 600)
        }
    }

    @Test("The Brotli form that lies beside a file goes to who takes it, and is no bundle of its own")
    func brotli() throws {
        var configuration = EngineConfiguration()
        configuration.clientFiles = try ClientFiles([
            "socket.io.min.js": Array(Self.script.utf8), "socket.io.min.js.br": Array("compressed".utf8),
            "socket.io.js": Array(Self.script.utf8),
        ])
        #expect(configuration.clientFiles?.available == ["socket.io.js", "socket.io.min.js"])
        try TestServer.run(configuration) { server in
            let wire = try server.connect()
            for (name, accepted, encoding) in [
                ("socket.io.min.js", "gzip, deflate, br", "br"),
                ("socket.io.min.js", "br;q=0.5, gzip", "gzip"),
                ("socket.io.js", "gzip, deflate, br", "gzip"),
            ] {
                wire.send(Self.request("/socket.io/\(name)", ["Accept-Encoding: \(accepted)"]))
                let text = wire.text()
                #expect(text.contains("Content-Encoding: \(encoding)\r\n"))
                #expect(text.hasSuffix("\r\n\r\ncompressed") == (encoding == "br"))
            }
            wire.send(Self.request("/socket.io/socket.io.min.js", ["Accept-Encoding: identity"]))
            #expect(wire.answer()?.body == Self.script)
            wire.send(Self.request("/socket.io/socket.io.min.js.br"))
            #expect(wire.answer()?.status == 404)
        }
        #expect(throws: EngineConfigurationError.self) {
            try ClientFiles(["socket.io.min.js": [1], "socket.io.js.br": [1]])
        }
    }

    @Test(
        "Nothing else is served",
        arguments: [
            "/socket.io/socket.io.js", "/socket.io/other.js", "/socket.io//socket.io.min.js",
            "/socket.io/./socket.io.min.js", "/socket.io/../socket.io.min.js",
            "/socket.io/%73ocket.io.min.js",
            "/socket.io/x/socket.io.min.js", "/socket.io.min.js", "/socket.ioxsocket.io.min.js",
            "/socket.io/socket.io.min.js/", "/socket.io/SOCKET.IO.min.js", "/socket.io/..%2f..%2fetc/passwd",
        ])
    func others(target: String) throws {
        try TestServer.run(Self.configuration()) { server in
            let wire = try server.connect()
            wire.send(Self.request(target))
            #expect(wire.answer()?.status == 404)
        }
    }

    @Test("Methods: HEAD has no body, others but GET are refused, a body is skipped")
    func methods() throws {
        try TestServer.run(Self.configuration()) { server in
            let wire = try server.connect()
            wire.send(Self.request("/socket.io/socket.io.min.js", method: "HEAD"))
            let text = wire.text()
            #expect(text.contains("Content-Length: \(Self.script.utf8.count)\r\n"))
            #expect(text.hasSuffix("\r\n\r\n"))
            wire.send(
                Self.request("/socket.io/socket.io.min.js", ["Content-Length: 4"], method: "POST") + "body")
            let refused = try #require(wire.answer())
            #expect(refused.status == 405)
            #expect(refused.headers["allow"] == "GET, HEAD")
            wire.send(Self.request("/socket.io/socket.io.min.js"))
            #expect(wire.answer()?.status == 200)
        }
    }

    @Test("Pages of other origins are told as with polling")
    func cors() throws {
        try TestServer.run(Self.configuration(.list(["https://friend.example"]))) { server in
            let wire = try server.connect()
            for (origin, allowed) in [("https://friend.example", true), ("https://evil.example", false)] {
                wire.send(Self.request("/socket.io/socket.io.min.js", ["Origin: \(origin)"]))
                let answer = try #require(wire.answer())
                #expect(answer.status == 200)
                #expect(answer.headers["access-control-allow-origin"] == (allowed ? origin : nil))
            }
            wire.send(
                Self.request(
                    "/socket.io/socket.io.min.js", ["Origin: https://friend.example"], method: "OPTIONS"))
            #expect(wire.answer()?.status == 204)
        }
    }

    @Test("Only the bundles' names can be given")
    func names() throws {
        for contents in [["evil.js": [1]], ["../socket.io.js": [1]], [:]] as [[String: [UInt8]]] {
            #expect(throws: EngineConfigurationError.self) { try ClientFiles(contents) }
        }
        let all = try ClientFiles(Dictionary(uniqueKeysWithValues: ClientFiles.names.map { ($0, [1, 2]) }))
        #expect(all.available == ClientFiles.names.sorted())
    }
}
