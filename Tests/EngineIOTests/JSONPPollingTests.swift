internal import EngineIOProtocol
internal import Testing

@testable internal import EngineIO

/// Polling by scripts and forms: off by default, and then not for every page.
struct JSONPPollingTests {
    private static func configuration(_ origins: OriginPolicy = .sameOrigin) -> EngineConfiguration {
        var configuration = EngineConfiguration(origins: origins)
        configuration.jsonp = true
        return configuration
    }

    private static let open = "EIO=4&transport=polling&j=0"

    @Test("A session by scripts")
    func session() throws {
        try TestServer.run(Self.configuration()) { server in
            let wire = try server.connect()
            wire.get(Self.open)
            let opened = try #require(wire.answer())
            #expect(opened.headers["content-type"] == "text/javascript; charset=UTF-8")
            #expect(opened.headers["x-content-type-options"] == "nosniff")
            #expect(opened.body.hasPrefix(#"___eio[0]("0{\"sid\":\""#))
            #expect(opened.body.hasSuffix(#"}");"#))
            let sid = try server.session.id
            let query = "EIO=4&transport=polling&sid=\(sid)&j="
            let form = #"d=4a%20%22b%22\nc"#
            wire.send(
                Wire.request(
                    "POST", query + "1",
                    headers: [
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: \(form.utf8.count)",
                    ]) + form)
            #expect(wire.answer()?.body == "ok")
            #expect(server.application.takeEvents() == ["open", "text a \"b\"\nc"])
            try server.session.send(.text(Array("4\u{2028}\"".utf8)))
            wire.get(query + "17")
            #expect(wire.answer()?.body == #"___eio[17]("4\u2028\"");"#)
        }
    }

    @Test("A form without a payload ends the session", arguments: ["", "x=4hello", "4hello"])
    func badForm(form: String) throws {
        try TestServer.run(Self.configuration()) { server in
            let wire = try server.connect()
            wire.get(Self.open)
            #expect(wire.answer()?.status == 200)
            let sid = try server.session.id
            wire.send(
                Wire.request(
                    "POST", "EIO=4&transport=polling&sid=\(sid)&j=0",
                    headers: ["Content-Length: \(form.utf8.count)"]) + form)
            #expect(wire.answer()?.body == "ok")
            #expect(server.application.takeEvents() == ["open", "closed parse error"])
        }
    }

    @Test(
        "What is no number is refused; it would become part of a script",
        arguments: ["", "a", "1](x", "12345678901"])
    func badIndex(index: String) throws {
        try TestServer.run(Self.configuration()) { server in
            let wire = try server.connect()
            wire.get("EIO=4&transport=polling&j=\(index)")
            #expect(wire.answer()?.body == #"{"code":3,"message":"Bad request"}"#)
        }
    }

    @Test("Switched off it is refused, and WebSockets do not care")
    func off() throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.get(Self.open)
            let answer = try #require(wire.answer())
            #expect(answer.status == 400)
            #expect(answer.body == #"{"code":3,"message":"Bad request"}"#)
            let socket = try server.connect()
            socket.upgrade("EIO=4&transport=websocket&j=0")
            #expect(socket.answer()?.status == 101)
        }
    }

    @Test(
        "Scripts come without Origin: the page is told otherwise",
        arguments: [
            ([], 200), (["Referer: https://chat.example/page?x=https://evil.example/"], 200),
            (["Referer: https://evil.example/https://chat.example/"], 403),
            (["Referer: https://evil.example"], 403),
            (["Referer: nonsense"], 403), (["Referer: https://friend.example/a"], 200),
            (["Sec-Fetch-Site: same-origin"], 200), (["Sec-Fetch-Site: none"], 200),
            (["Sec-Fetch-Site: cross-site"], 403), (["Sec-Fetch-Site: same-site"], 403),
            (["Sec-Fetch-Site: cross-site", "Referer: https://friend.example/"], 200),
            (["Origin: https://evil.example"], 403),
        ] as [([String], Int)])
    func pages(headers: [String], status: Int) throws {
        try TestServer.run(Self.configuration(.list(["https://friend.example"]))) { server in
            let wire = try server.connect()
            wire.get(Self.open, headers: headers)
            #expect(wire.answer()?.status == status)
            wire.get("EIO=4&transport=polling", headers: headers.filter { !$0.hasPrefix("Origin") })
            #expect(wire.answer()?.status == 200)
        }
    }

    @Test(
        "A client of version 3 gets its payload in a script, binary in base64 though it did not ask for that")
    func version3() throws {
        var configuration = Self.configuration()
        configuration.allowEIO3 = true
        try TestServer.run(configuration) { server in
            let wire = try server.connect()
            wire.get("EIO=3&transport=polling&j=0")
            let opened = try #require(wire.answer()).body
            #expect(opened.wholeMatch(of: /___eio\[0\]\("\d+:0\{.*\}(2:40)?"\);/) != nil)
            try server.session.send(.binary([1, 2]))
            wire.get("EIO=3&transport=polling&j=0&sid=\(try server.session.id)")
            #expect(wire.answer()?.body == #"___eio[0]("6:b4AQI=");"#)
        }
    }
}
