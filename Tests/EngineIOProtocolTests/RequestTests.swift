internal import EngineIOProtocol
internal import Testing

/// What a request asks for, in which order it is checked, and what a refusal looks like.
struct RequestTests {
    static let sid = "abcdefghij0123456_-Z"

    struct Row: Sendable, CustomTestStringConvertible {
        let request: String
        let expected: String

        init(_ request: String, _ expected: String) {
            self.request = request
            self.expected = expected
        }

        var testDescription: String { request }
    }

    /// `method query`, then `upgrade` and `origin=...` as wanted. `SID` stands for a live session's id.
    static let rows: [Row] = [
        Row("GET EIO=4&transport=polling", "handshake(polling)"),
        Row("GET EIO=4&transport=websocket upgrade", "handshake(websocket)"),
        Row("GET transport=polling&EIO=4&t=abc", "handshake(polling)"),
        Row("GET EIO=4&transport=polling&sid=SID", "poll(SID)"),
        Row("POST EIO=4&transport=polling&sid=SID", "post(SID)"),
        Row("GET EIO=4&transport=websocket&sid=SID upgrade", "upgrade(SID)"),
        Row("GET EIO=4&transport=polling origin=https://chat.example", "handshake(polling)"),
        // 0: the transport comes before everything else.
        Row("GET EIO=4", "0"),
        Row("GET EIO=4&transport=", "0"),
        Row("GET EIO=4&transport=tobi", "0"),
        Row("GET EIO=4&transport=constructor", "0"),
        Row("GET EIO=4&transport=__proto__", "0"),
        Row("GET EIO=4&transport=Polling", "0"),
        Row("GET EIO=4&transport=polling%20", "0"),
        Row("POST EIO=3&transport=x&sid=nobody origin=https://evil.example", "0"),
        // 4: then where the page is from.
        Row("GET EIO=4&transport=polling origin=https://evil.example", "4"),
        Row("GET EIO=4&transport=polling origin=null", "4"),
        Row("GET EIO=4&transport=websocket upgrade origin=https://evil.example", "4"),
        Row("POST EIO=3&transport=polling&sid=nobody origin=https://evil.example", "4"),
        // 1: then the session.
        Row("GET EIO=4&transport=polling&sid=nobody", "1"),
        Row("GET EIO=4&transport=polling&sid=", "1"),
        Row("GET EIO=4&transport=polling&sid=__proto__", "1"),
        Row("GET EIO=4&transport=polling&sid=ABCDEFGHIJ0123456_-Z", "1"),
        Row("GET EIO=4&transport=polling&sid=SIDx", "1"),
        Row("PUT EIO=4&transport=websocket&sid=nobody", "1"),
        Row("GET EIO=4&transport=websocket&sid=nobody upgrade", "1"),
        // 3: then whether the request fits its transport.
        Row("GET EIO=4&transport=websocket&sid=SID", "3"),
        Row("GET EIO=4&transport=polling&sid=SID upgrade", "3"),
        Row("POST EIO=4&transport=websocket&sid=SID upgrade", "3"),
        Row("PUT EIO=4&transport=polling&sid=SID", "3"),
        Row("OPTIONS EIO=4&transport=polling&sid=SID", "3"),
        Row("get EIO=4&transport=polling&sid=SID", "3"),
        // 2: without a session, the method first.
        Row("POST EIO=4&transport=polling", "2"),
        Row("OPTIONS EIO=4&transport=polling", "2"),
        Row("HEAD EIO=4&transport=polling", "2"),
        Row("POST EIO=3&transport=websocket", "2"),
        Row("GET EIO=4&transport=websocket", "3"),
        Row("GET EIO=4&transport=polling upgrade", "3"),
        Row("GET EIO=3&transport=websocket", "3"),
        // 5: the version last.
        Row("GET transport=polling", "5"),
        Row("GET EIO=3&transport=polling", "5"),
        Row("GET EIO=5&transport=polling", "5"),
        Row("GET EIO=04&transport=polling", "5"),
        Row("GET EIO=4&EIO=3&transport=polling", "5"),
        Row("GET EIO=abc&transport=websocket upgrade", "5"),
        // The version of a live session is its handshake's affair.
        Row("GET transport=polling&sid=SID", "poll(SID)"),
    ]

    private static func verify(
        _ text: String, transports: [TransportName] = TransportName.allCases, allowUpgrades: Bool = true,
        allowEIO3: Bool = false
    ) -> String {
        let parts = text.split(separator: " ")
        let query = parts[1].split(separator: "SID", omittingEmptySubsequences: false).joined(separator: sid)
        let origin = parts.first { $0.hasPrefix("origin=") }.map { String($0.dropFirst(7)) }
        let request = RequestVerifier.Request(
            method: String(parts[0]), query: RequestQuery(query[...]), isUpgrade: parts.contains("upgrade"),
            origin: origin, host: "chat.example")
        let verifier = RequestVerifier(
            transports: transports, allowUpgrades: allowUpgrades, origins: .sameOrigin, allowEIO3: allowEIO3)
        do throws(RequestError) {
            switch try verifier.verify(request, isLive: { $0 == sid }) {
            case .handshake(let transport): return "handshake(\(transport))"
            case .poll(let id): return id == sid ? "poll(SID)" : id
            case .post(let id): return id == sid ? "post(SID)" : id
            case .upgrade(let id): return id == sid ? "upgrade(SID)" : id
            }
        } catch {
            return "\(error.code)"
        }
    }

    @Test(arguments: rows)
    func verify(row: Row) {
        #expect(Self.verify(row.request) == row.expected)
    }

    @Test(
        "With allowEIO3 every version is served, and what is wrong with a request is still wrong",
        arguments: rows)
    func verifyWithV3(row: Row) {
        let served = row.request.contains("websocket") ? "handshake(websocket)" : "handshake(polling)"
        #expect(
            Self.verify(row.request, allowEIO3: true) == (row.expected == "5" ? served : row.expected))
    }

    static let versions: [(String, ProtocolVersion, Bool)] = [
        ("EIO=4", .v4, false), ("EIO=3", .v3, false), ("", .v3, false), ("EIO=", .v3, false),
        ("EIO=5", .v3, false), ("EIO=abc", .v3, false), ("EIO=04", .v3, false), ("EIO=4&EIO=3", .v3, false),
        ("EIO=3&b64=1", .v3, true), ("EIO=3&b64=0", .v3, true), ("EIO=3&b64=", .v3, false),
        ("EIO=3&b64", .v3, false), ("EIO=4&b64=1", .v4, true),
    ]

    @Test(arguments: versions)
    func version(text: String, version: ProtocolVersion, wantsBase64: Bool) {
        let query = RequestQuery(text[...])
        #expect(query.protocolVersion == version)
        #expect(query.wantsBase64 == wantsBase64)
    }

    @Test("Transports that are switched off are unknown; upgrades that are switched off are bad requests")
    func restricted() {
        let polling = "GET EIO=4&transport=polling"
        let webSocket = "GET EIO=4&transport=websocket upgrade"
        let upgrade = "GET EIO=4&transport=websocket&sid=SID upgrade"
        #expect(Self.verify(polling, transports: [.websocket]) == "0")
        #expect(Self.verify(webSocket, transports: [.polling]) == "0")
        #expect(Self.verify(upgrade, transports: [.polling]) == "0")
        #expect(Self.verify(upgrade, allowUpgrades: false) == "3")
        #expect(Self.verify(webSocket, allowUpgrades: false) == "handshake(websocket)")
        #expect(Self.verify(polling, transports: []) == "0")
    }

    @Test("A text that is no sid is not even looked up", arguments: ["", "x", "12345678901234567890x"])
    func sidLength(sid: String) {
        let verifier = RequestVerifier(transports: [.polling], allowUpgrades: true, origins: .any)
        let request = RequestVerifier.Request(
            method: "GET", query: RequestQuery("transport=polling&sid=\(sid)"[...]), isUpgrade: false,
            origin: nil, host: nil)
        #expect(throws: RequestError.sessionIDUnknown) {
            try verifier.verify(request) { _ in
                Issue.record("looked up")
                return true
            }
        }
    }

    static let queries: [(String, [String?])] = [
        ("EIO=4&transport=polling&sid=x&j=0&t=z", ["4", "polling", "x", "0"]),
        ("", [nil, nil, nil, nil]),
        ("EIO", ["", nil, nil, nil]),
        ("EIO=", ["", nil, nil, nil]),
        ("=4", [nil, nil, nil, nil]),
        ("EIO=4&EIO=3", ["3", nil, nil, nil]),
        ("sid=a&sid=b&sid", [nil, nil, "", nil]),
        ("EIO=4=4", ["4=4", nil, nil, nil]),
        ("&&EIO=4&&", ["4", nil, nil, nil]),
        ("&", [nil, nil, nil, nil]),
        ("=", [nil, nil, nil, nil]),
        ("eio=4&Transport=polling", [nil, nil, nil, nil]),
        ("EIO=4?transport=polling", ["4?transport=polling", nil, nil, nil]),
        ("%45IO=4", [nil, nil, nil, nil]),
        ("sid=%41", [nil, nil, "%41", nil]),
        ("EIO=4;transport=polling", ["4;transport=polling", nil, nil, nil]),
        ("j=1&transport=é", [nil, "é", nil, "1"]),
        // An accent after a separator makes one character of both; bytes are what counts.
        ("EIO=4&\u{301}x=1&sid=a", ["4", nil, "a", nil]),
        ("EIO=\u{301}4&sid=a", ["\u{301}4", nil, "a", nil]),
    ]

    @Test(arguments: queries)
    func query(text: String, expected: [String?]) {
        let query = RequestQuery(text[...])
        #expect([query.version, query.transport, query.sid, query.jsonp] == expected)
    }

    static let errors: [(RequestError, Int, String)] = [
        (.transportUnknown, 400, #"{"code":0,"message":"Transport unknown"}"#),
        (.sessionIDUnknown, 400, #"{"code":1,"message":"Session ID unknown"}"#),
        (.badHandshakeMethod, 400, #"{"code":2,"message":"Bad handshake method"}"#),
        (.badRequest, 400, #"{"code":3,"message":"Bad request"}"#),
        (.forbidden("Forbidden"), 403, #"{"code":4,"message":"Forbidden"}"#),
        (.unsupportedProtocolVersion, 400, #"{"code":5,"message":"Unsupported protocol version"}"#),
        (.forbidden(#"say "no" \ é"#), 403, #"{"code":4,"message":"say \"no\" \\ é"}"#),
        (.forbidden("a\nb\u{0}c\u{1F}"), 403, #"{"code":4,"message":"abc"}"#),
        (.forbidden(""), 403, #"{"code":4,"message":""}"#),
    ]

    @Test(arguments: errors)
    func errorBody(error: RequestError, status: Int, json: String) {
        #expect(String(decoding: error.json, as: UTF8.self) == json)
        #expect(error.status == status)
    }

    @Test func openPacket() {
        let packet = OpenPacket(
            sid: Self.sid, upgrades: ["websocket"], pingInterval: 25_000, pingTimeout: 20_000,
            maxPayload: 1_000_000)
        let expected =
            #"0{"sid":"abcdefghij0123456_-Z","upgrades":["websocket"],"pingInterval":25000,"#
            + #""pingTimeout":20000,"maxPayload":1000000}"#
        #expect(String(decoding: packet.encode(), as: UTF8.self) == expected)
        let none = OpenPacket(
            sid: "s", upgrades: [], pingInterval: 300, pingTimeout: 200, maxPayload: 1_000_000)
        #expect(
            String(decoding: none.encode(), as: UTF8.self)
                == #"0{"sid":"s","upgrades":[],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}"#)
        let two = OpenPacket(sid: "s", upgrades: ["a", "b"], pingInterval: 1, pingTimeout: 2, maxPayload: 3)
        #expect(String(decoding: two.encode(), as: UTF8.self).contains(#""upgrades":["a","b"],"#))
    }

    @Test func timings() {
        let timings = SessionTimings()
        #expect(timings.pingInterval == .milliseconds(25_000))
        #expect(timings.pingTimeout == .milliseconds(20_000))
        #expect(timings.upgradeTimeout == .milliseconds(10_000))
        #expect(timings.noopInterval == .milliseconds(100))
        #expect(timings.closeTimeout == .milliseconds(30_000))
    }

    static let reasons: [(CloseReason, String)] = [
        (.transportError, "transport error"), (.transportClose, "transport close"),
        (.forcedClose, "forced close"), (.pingTimeout, "ping timeout"), (.parseError, "parse error"),
        (.serverShuttingDown, "server shutting down"), (.slowConsumer, "slow consumer"),
    ]

    @Test(arguments: reasons)
    func reason(reason: CloseReason, words: String) {
        #expect(reason.description == words)
    }
}
