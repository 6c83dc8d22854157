internal import ChatService
internal import Testing

@testable internal import ChatGateway

@Suite("Whom a request comes from behind proxies", .timeLimit(.minutes(5)))
struct TrustedProxiesTests {
    private static let ours = ["10.0.0.0/8", "::1", "127.0.0.1"].compactMap { AddressRange($0) }

    @Test(
        "The nearest address that is no proxy of ours; nobody else is believed",
        arguments: [
            ("10.0.0.1", ["192.0.2.7"], "192.0.2.7"), ("::1", ["2001:db8::7"], "2001:db8::7"),
            ("10.0.0.1", [], "10.0.0.1"), ("10.0.0.1", [""], "10.0.0.1"),
            // A stranger says what they like.
            ("192.0.2.9", ["10.1.1.1"], "192.0.2.9"), ("192.0.2.9", ["198.51.100.1"], "192.0.2.9"),
            // What stands left of the first stranger was written by the stranger.
            ("10.0.0.1", ["1.1.1.1, 192.0.2.7"], "192.0.2.7"),
            ("10.0.0.1", ["1.1.1.1", "192.0.2.7"], "192.0.2.7"),
            ("10.0.0.1", ["1.1.1.1, 192.0.2.7 ,10.0.0.2,\t10.0.0.3"], "192.0.2.7"),
            ("10.0.0.1", ["10.0.0.9,10.0.0.2"], "10.0.0.9"),
            // What is no address says nothing.
            ("10.0.0.1", ["192.0.2.7, unknown"], "10.0.0.1"), ("10.0.0.1", ["unknown, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", ["192.0.2.7:1234"], "10.0.0.1"), ("10.0.0.1", ["192.0.2.7 x"], "192.0.2.7"),
            ("10.0.0.1", [",,"], "10.0.0.1"), ("::ffff:10.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        ] as [(String, [String], String)])
    func client(peer: String, said: [String], expected: String) {
        #expect(TrustedProxies(ranges: Self.ours).client(of: peer, forwardedFor: said) == expected)
    }

    @Test("A connection without an address stays one")
    func noPeer() {
        #expect(TrustedProxies(ranges: Self.ours).client(of: nil, forwardedFor: ["192.0.2.7"]) == nil)
    }

    private func addressOfDevice(_ server: ChatServer) async throws -> String? {
        let anna = try await server.setUp()
        let headers = [("X-Parley", "1"), ("X-Forwarded-For", "203.0.113.9, 192.0.2.7")]
        let signedIn = try await server.http(
            "POST", "/api/signin", #"{"username":"\#(anna.username)","password":"\#(ChatServer.password)"}"#,
            headers: headers)
        #expect(signedIn.status == 200)
        let log = try await server.http("GET", "/api/admin/audit?action=signin", as: anna)
        return log.json["entries"]?[0]?["ip"]?.string
    }

    @Test("The log holds the client's address when the proxy is trusted, and the proxy's when it is not")
    func audit() async throws {
        try await ChatServer.run(proxies: Self.ours) { server in
            let seen = try await addressOfDevice(server)
            #expect(seen == "192.0.2.7")
        }
        try await ChatServer.run { server in
            let seen = try await addressOfDevice(server)
            #expect(seen == "127.0.0.1")
        }
    }
}
