internal import EngineIOProtocol
internal import NIOHTTP1
internal import Testing

@testable internal import SocketIOClient

@Suite struct SmallValuesTests {
    @Test(arguments: [
        ("http://localhost:3000", false, "localhost", 3_000, "localhost:3000"),
        ("ws://localhost", false, "localhost", 80, "localhost"),
        ("https://chat.example/", true, "chat.example", 443, "chat.example"),
        ("wss://chat.example:8443?a=b", true, "chat.example", 8_443, "chat.example:8443"),
        ("http://[::1]:80", false, "::1", 80, "[::1]"),
    ])
    func urls(_ text: String, _ secure: Bool, _ host: String, _ port: Int, _ header: String) throws {
        let url = try ClientURL(text)
        #expect(url.isSecure == secure && url.address == host && url.port == port && url.hostHeader == header)
    }

    @Test(arguments: [
        "", "localhost:3000", "ftp://localhost", "http://", "http://host/chat", "http://host:99999",
        "http://ho\r\nst",
    ])
    func whatIsNoAddressIsRefused(_ text: String) {
        #expect(throws: ClientError.self) { try ClientURL(text) }
    }

    @Test func theQueryIsEncodedAndFramingHeadersAreNotTheUsers() throws {
        var configuration = SocketClient.Configuration()
        configuration.query = [("to ken", "a&b=c\r\n")]
        configuration.headers = ["Authorization": "Bearer x", "content-length": "3", "Upgrade": "h2c"]
        let builder = RequestBuilder(url: try ClientURL("http://h:1?x=y"), configuration: configuration)
        #expect(
            builder.target(.polling, sid: "s")
                == "/socket.io/?EIO=4&transport=polling&sid=s&x=y&to%20ken=a%26b%3Dc%0D%0A")
        let head = builder.polling(.POST, sid: nil, cookies: "a=b", bodyLength: 5)
        #expect(head.headers["Content-Length"] == ["5"] && head.headers["Upgrade"].isEmpty)
        #expect(head.headers["Authorization"] == ["Bearer x"] && head.headers["Cookie"] == ["a=b"])
    }

    @Test(arguments: [
        (#"{"sid":"abc","upgrades":["websocket"],"pingInterval":1,"pingTimeout":2,"maxPayload":3}"#, true),
        (#"{"sid":"abc","pingInterval":1,"pingTimeout":2}"#, true),
        (#"{"sid":"a b","pingInterval":1,"pingTimeout":2}"#, false),
        (#"{"sid":"","pingInterval":1,"pingTimeout":2}"#, false),
        (#"{"sid":"a\r\nX: y","pingInterval":1,"pingTimeout":2}"#, false),
        (#"{"sid":"abc","pingInterval":1e99,"pingTimeout":2}"#, false),
        (#"{"sid":"abc"}"#, false), ("[]", false), ("", false),
    ])
    func openPackets(_ json: String, _ isGood: Bool) {
        #expect((EngineHandshake(Array(json.utf8)) != nil) == isGood)
    }

    @Test func aHandshakeIsBounded() {
        let long = String(repeating: "x", count: 257)
        #expect(EngineHandshake(Array(#"{"sid":"\#(long)","pingInterval":1,"pingTimeout":2}"#.utf8)) == nil)
    }

    @Test func cookiesAreKeptReplacedAndForgotten() {
        var jar = CookieJar()
        #expect(jar.header == nil)
        jar.receive("io=abc; Path=/; HttpOnly; SameSite=Lax")
        jar.receive("lb=1")
        #expect(jar.header == "io=abc; lb=1")
        jar.receive("io=def")
        #expect(jar.header == "lb=1; io=def")
        jar.receive("lb=; Max-Age=0")
        #expect(jar.header == "io=def")
        for bad in ["", "=x", "novalue", "a=b\r\nSet-Cookie: c=d", String(repeating: "x", count: 5_000)] {
            jar.receive(bad)
        }
        #expect(jar.header == "io=def")
        for number in 0..<100 { jar.receive("n\(number)=1") }
        #expect((jar.header ?? "").split(separator: ";").count == 32)
    }

    @Test func authCarriesTheRecovery() async throws {
        #expect(try await Auth.none.json().isEmpty)
        let json = try await Auth(["token": "a"]).json()
        #expect(String(decoding: json, as: UTF8.self) == #"{"token":"a"}"#)
        #expect(Auth.payload(json, pid: nil, offset: "o") == json)
        let whole = Auth.payload(json, pid: "p", offset: "o")
        let text = String(decoding: whole, as: UTF8.self)
        #expect(text.hasPrefix("{") && text.hasSuffix(#","token":"a"}"#) && text.contains(#""pid":"p""#))
        let bare = String(decoding: Auth.payload([], pid: "p", offset: nil), as: UTF8.self)
        #expect(bare == #"{"pid":"p"}"#)
        await #expect(throws: ClientError.invalidAuth) { try await Auth(["an", "array"]).json() }
    }

    @Test func theOutboxFillsAPostUpToMaxPayload() {
        var outbox = ClientOutbox()
        outbox.append([.text(Array("4aaaa".utf8)), .text(Array("4bbbb".utf8))], promise: nil)
        outbox.append([.binary([1, 2, 3, 4])], promise: nil)
        #expect(
            String(decoding: outbox.takePayload(maxBytes: 11).payload, as: UTF8.self) == "4aaaa\u{1E}4bbbb")
        #expect(outbox.byteCount == 4)
        // One packet goes even if it is too large; who sends it has been told by then.
        #expect(String(decoding: outbox.takePayload(maxBytes: 1).payload, as: UTF8.self) == "bAQIDBA==")
        #expect(outbox.isEmpty && outbox.byteCount == 0)
    }
}
