import ChatDomain
import Testing

@Suite("Devices")
struct DeviceTests {
    @Test(
        "A browser is called by its name and its system, not by those that it claims to be like",
        arguments: [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0",
                "Edge on Windows"
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                "Safari on macOS"
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone"
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36",
                "Chrome on Android"
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
                "Chrome on ChromeOS"
            ),
            ("Mozilla/5.0 (iPad; CPU OS 18_0) FxiOS/131.0 Safari/605", "Firefox on iPad"),
            ("curl/8.5.0", "curl"), ("python-requests/2.32", "Python"), ("Something on Linux", "Linux"),
            ("LINUX FIREFOX/1", "Firefox on Linux"),
        ])
    func names(agent: String, name: String) {
        #expect(DeviceName.from(agent: agent) == name)
    }

    @Test(
        "Nothing known is nothing", arguments: ["", "x", "firefo", "Mozilla/5.0 (compatible)", "\u{1F600}"])
    func unknown(agent: String) {
        #expect(DeviceName.from(agent: agent) == nil)
    }

    @Test("A session is called by its device, when it said one")
    func session() {
        func listing(_ agent: String?) -> SessionListing {
            let moment = Timestamp(milliseconds: 1)
            return SessionListing(
                id: SessionID(bits: 1), createdAt: moment, seenAt: moment, expiresAt: moment, ip: nil,
                agent: agent)
        }
        #expect(listing("curl/8").device == "curl")
        #expect(listing("?").device == nil && listing(nil).device == nil)
    }

    // MARK: - Push

    @Test("A browser's keys have one form")
    func target() throws {
        let (address, key, secret) = (
            try WebURL("https://push.example/1"), [4] + [UInt8](repeating: 1, count: 64),
            [UInt8](repeating: 2, count: 16)
        )
        let target = try PushTarget(endpoint: address, publicKey: key, secret: secret)
        #expect(target.endpoint == address && target.publicKey == key && target.secret == secret)
        let wrong: [(WebURL, [UInt8], [UInt8])] = [
            (try WebURL("http://push.example/1"), key, secret), (address, [], secret), (address, [4], secret),
            (address, [2] + key.dropFirst(), secret), (address, key + [0], secret), (address, key, []),
            (address, key, secret + [0]),
        ]
        for (address, key, secret) in wrong {
            #expect(throws: InvalidValue(.push, .malformed)) {
                try PushTarget(endpoint: address, publicKey: key, secret: secret)
            }
        }
    }

    @Test("Two browsers of a list are the same when everything of them is")
    func listing() {
        let (one, two) = (Timestamp(milliseconds: 1), Timestamp(milliseconds: 2))
        let browser = PushListing(host: "a", createdAt: one, last: (at: two, status: 201))
        #expect(browser == PushListing(host: "a", createdAt: one, last: (at: two, status: 201)))
        for other in [
            PushListing(host: "b", createdAt: one, last: (at: two, status: 201)),
            PushListing(host: "a", createdAt: two, last: (at: two, status: 201)),
            PushListing(host: "a", createdAt: one, last: (at: one, status: 201)),
            PushListing(host: "a", createdAt: one, last: (at: two, status: 410)),
            PushListing(host: "a", createdAt: one, last: nil),
        ] {
            #expect(browser != other)
        }
        #expect(Set([browser, PushListing(host: "a", createdAt: one, last: nil), browser]).count == 2)
    }
}
