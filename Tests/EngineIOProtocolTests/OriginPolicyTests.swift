internal import EngineIOProtocol
internal import Testing

/// Which pages may talk to the server: what a browser sends as Origin against what it sends as Host.
struct OriginPolicyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let origin: String?
        let host: String?
        let same: Bool

        init(_ origin: String?, _ host: String?, _ same: Bool) {
            self.origin = origin
            self.host = host
            self.same = same
        }

        var testDescription: String { "\(origin ?? "no origin") at \(host ?? "no host")" }
    }

    static let rows: [Row] = [
        // The same place.
        Row("https://chat.example", "chat.example", true),
        Row("http://chat.example", "chat.example", true),
        Row("https://chat.example:443", "chat.example", true),
        Row("https://chat.example", "chat.example:443", true),
        Row("http://chat.example:80", "chat.example", true),
        Row("http://chat.example", "chat.example:80", true),
        Row("http://localhost:3000", "localhost:3000", true),
        Row("https://chat.example:8443", "chat.example:8443", true),
        Row("HTTPS://CHAT.example", "chat.EXAMPLE", true),
        Row("http://127.0.0.1:8080", "127.0.0.1:8080", true),
        Row("http://[::1]:8080", "[::1]:8080", true),
        Row("http://[::1]", "[::1]", true),
        Row("http://[::1]:80", "[::1]", true),
        Row("https://xn--bcher-kva.example", "xn--bcher-kva.example", true),
        // Another place.
        Row("null", "chat.example", false),
        Row("", "chat.example", false),
        Row("chat.example", "chat.example", false),
        Row("//chat.example", "chat.example", false),
        Row("https:chat.example", "chat.example", false),
        Row("https:/chat.example", "chat.example", false),
        Row("://chat.example", "chat.example", false),
        Row("https://evil.example", "chat.example", false),
        Row("https://sub.chat.example", "chat.example", false),
        Row("https://example", "chat.example", false),
        Row("https://chat.example.evil.example", "chat.example", false),
        Row("https://evilchat.example", "chat.example", false),
        Row("https://chat.example@evil.example", "chat.example", false),
        Row("https://evil.example@chat.example", "chat.example", false),
        Row("https://chat.example:pw@evil.example", "chat.example", false),
        Row("https://evil.example/chat.example", "chat.example", false),
        Row("https://chat.example/", "chat.example", false),
        Row("https://evil.example?chat.example", "chat.example", false),
        Row("https://evil.example#://chat.example", "chat.example", false),
        Row("https://chat.example.", "chat.example", false),
        Row("https://chat.example:8443", "chat.example", false),
        Row("https://chat.example", "chat.example:8443", false),
        Row("https://chat.example:80", "chat.example", false),
        Row("http://chat.example:443", "chat.example", false),
        Row("https://chat.example:4430", "chat.example", false),
        Row("https://chat.example:443:443", "chat.example", false),
        Row("http://[::1]:8080", "[::1]:8081", false),
        Row("http://[::2]", "[::1]", false),
        Row("http://127.0.0.1", "localhost", false),
        Row("ftp://chat.example", "chat.example", false),
        Row("file://", "chat.example", false),
        Row("chrome-extension://chat.example", "chat.example", false),
        Row("javascript://chat.example", "chat.example", false),
        Row(" https://chat.example", "chat.example", false),
        Row("https://chat.example ", "chat.example", false),
        Row("https://a.example https://chat.example", "chat.example", false),
        Row("https://chat.example", nil, false),
        Row("https://chat.example", "", false),
        Row("https://", "", false),
        Row("http://:80", ":80", false),
        Row("https://\u{212A}ey.example", "key.example", false),
        Row("https://cafe\u{301}.example", "caf\u{E9}.example", false),
    ]

    @Test(arguments: rows)
    func sameOrigin(row: Row) {
        #expect(OriginPolicy.sameOrigin.allows(origin: row.origin, host: row.host) == row.same)
        #expect(OriginPolicy.any.isForeign(origin: row.origin, host: row.host) == !row.same)
        #expect(OriginPolicy.any.allows(origin: row.origin, host: row.host))
        #expect(OriginPolicy.list([]).allows(origin: row.origin, host: row.host) == row.same)
    }

    @Test(
        "Of an encrypted server, only encrypted pages are its own",
        arguments: [
            ("https://chat.example", true), ("https://chat.example:443", true),
            ("HTTPS://CHAT.EXAMPLE", true),
            ("http://chat.example", false), ("http://chat.example:80", false),
            ("http://chat.example:443", false),
        ])
    func secure(origin: String, isSame: Bool) {
        let host = "chat.example"
        #expect(OriginPolicy.sameOrigin.allows(origin: origin, host: host, isSecure: true) == isSame)
        #expect(OriginPolicy.list([]).allows(origin: origin, host: host, isSecure: true) == isSame)
        #expect(OriginPolicy.list([origin]).allows(origin: origin, host: host, isSecure: true))
        #expect(
            OriginPolicy.matching { _ in false }.allows(origin: origin, host: host, isSecure: true) == isSame)
        #expect(OriginPolicy.any.isForeign(origin: origin, host: host, isSecure: true) == !isSame)
        #expect(OriginPolicy.any.allows(origin: nil, host: host, isSecure: true))
    }

    @Test("A request of no page is let through", arguments: [nil, "", "chat.example"])
    func noOrigin(host: String?) {
        for policy in [OriginPolicy.sameOrigin, .list([]), .list(["https://a.example"]), .any] {
            #expect(policy.allows(origin: nil, host: host))
            #expect(!policy.isForeign(origin: nil, host: host))
        }
    }

    @Test(
        "A list is compared whole and without case",
        arguments: [
            ("https://app.example", true), ("HTTPS://APP.EXAMPLE", true), ("https://chat.example", true),
            ("https://app.example:8443", true), ("https://app.example:8444", false),
            ("http://app.example", false),
            ("https://sub.app.example", false), ("https://app.example.evil.example", false),
            ("https://app.example/", false), ("https://app.exampl", false), ("null", false), ("", false),
            ("https://\u{212A}ite.example", false), ("https://kite.example", true),
        ])
    func list(origin: String, allowed: Bool) {
        let policy = OriginPolicy.list([
            "https://App.example", "https://app.example:8443", "https://kite.example",
        ])
        #expect(policy.allows(origin: origin, host: "chat.example") == allowed)
    }

    @Test("`null` is allowed when somebody wants it so")
    func listedNull() {
        #expect(OriginPolicy.list(["null"]).allows(origin: "null", host: "chat.example"))
    }
}
