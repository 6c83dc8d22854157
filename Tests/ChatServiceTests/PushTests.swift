import ChatDomain
import ChatStoreSQLite
import Crypto
import Foundation
import Synchronization
import Testing

@testable import ChatService

@Suite("Web Push")
struct PushTests {
    /// A push service, as the test wants it.
    final class PushServer: OutboundClient {
        private let state = Mutex((requests: [OutboundRequest](), answers: [Int]()))

        var requests: [OutboundRequest] { state.withLock { $0.requests } }

        func answers(_ statuses: Int...) { state.withLock { $0.answers += statuses } }

        func send(_ request: OutboundRequest) async -> OutboundAnswer {
            let status = state.withLock { state in
                state.requests.append(request)
                return state.answers.isEmpty ? 201 : state.answers.removeFirst()
            }
            return .answered(
                OutboundResponse(status: status, headers: [], body: [], isCut: false, url: request.url))
        }
    }

    /// A browser: what it subscribes with, and how it reads.
    struct Browser {
        let key = P256.KeyAgreement.PrivateKey()
        let secret: [UInt8] = Array(1...16)
        let endpoint: String

        func target() throws -> PushTarget {
            try PushTarget(
                endpoint: WebURL(endpoint), publicKey: Array(key.publicKey.x963Representation), secret: secret
            )
        }

        func read(_ body: [UInt8]) throws -> [String: Any] {
            let salt = Array(body[0..<16]), theirs = Array(body[21..<86]), sealed = Array(body[86...])
            let shared = try key.sharedSecretFromKeyAgreement(
                with: P256.KeyAgreement.PublicKey(x963Representation: theirs))
            let material = HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: shared.withUnsafeBytes { Data($0) }), salt: secret,
                info: Array("WebPush: info\0".utf8) + Array(key.publicKey.x963Representation) + theirs,
                outputByteCount: 32)
            func part(_ name: String, _ count: Int) -> SymmetricKey {
                HKDF<SHA256>.deriveKey(
                    inputKeyMaterial: material, salt: salt, info: Array("Content-Encoding: \(name)\0".utf8),
                    outputByteCount: count)
            }
            let nonce = part("nonce", 12).withUnsafeBytes { Data($0) }
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: sealed.dropLast(16), tag: sealed.suffix(16))
            let plain = try AES.GCM.open(box, using: part("aes128gcm", 16))
            return try #require(try JSONSerialization.jsonObject(with: plain.dropLast()) as? [String: Any])
        }
    }

    @Test("The example of RFC 8291, appendix A, byte for byte")
    func example() throws {
        func bytes(_ text: String) throws -> [UInt8] { try #require(Base64URL.bytes(of: text)) }
        let target = try PushTarget(
            endpoint: WebURL("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"),
            publicKey: bytes(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            secret: bytes("BTBZMqHH6r4Tts7J_aSIgg"))
        let body = try PushEncryption.body(
            Array("When I grow up, I want to be a watermelon".utf8), for: target,
            salt: bytes("DGv6ra1nlYgDCS1FRnbzlw"),
            key: P256.KeyAgreement.PrivateKey(
                rawRepresentation: bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")))
        #expect(
            Base64URL.text(of: body)
                == "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        )
    }

    @Test("The token names the service, an end, and is signed by the key that browsers know")
    func token() async throws {
        let identity = PushIdentity()
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        let field = try identity.authorization(
            for: WebURL("https://push.example.net/push/x"), contact: "mailto:a@b.example", at: now)
        #expect(field.hasPrefix("vapid t=") && field.hasSuffix(", k=\(identity.publicKey)"))
        let parts = field.dropFirst(8).prefix { $0 != "," }.split(separator: ".").map(String.init)
        let claims = try #require(Base64URL.bytes(of: parts[1]))
        #expect(
            String(decoding: claims, as: UTF8.self)
                == #"{"aud":"https://push.example.net","exp":1700043200,"sub":"mailto:a@b.example"}"#)
        let key = try P256.Signing.PublicKey(
            x963Representation: #require(Base64URL.bytes(of: identity.publicKey)))
        let signature = try P256.Signing.ECDSASignature(
            rawRepresentation: #require(Base64URL.bytes(of: parts[2])))
        #expect(key.isValidSignature(signature, for: Array("\(parts[0]).\(parts[1])".utf8)))
    }

    @Test("Base64 for addresses, both ways", arguments: ["", "f", "fo", "foo", "foob", "\u{0}\u{1}ÿ"])
    func base64(text: String) {
        let bytes = Array(text.utf8)
        let coded = Base64URL.text(of: bytes)
        #expect(Base64URL.bytes(of: coded) == bytes)
        #expect(
            Data(bytes).base64EncodedString().replacing("=", with: "").replacing("+", with: "-").replacing(
                "/", with: "_") == coded)
        #expect(Base64URL.bytes(of: "a b") == nil)
    }

    private func withBrowser(
        _ body: (TestChat, PushServer, Browser, (admin: UserID, ben: UserID, room: ConversationID))
            async throws -> Void
    ) async throws {
        try await withChat { test in
            let admin = try await test.open()
            let ben = try await test.signUp("ben")
            let room = try await test.room("Ops", members: [ben.account.user.id], by: admin)
            let browser = Browser(endpoint: "https://push.example/1")
            try await test.chat.addPushDevice(
                browser.target(), of: ben.account.user.id, session: ben.session)
            try await body(test, PushServer(), browser, (admin, ben.account.user.id, room))
        }
    }

    @Test("Who is away is told, in words that only the browser reads")
    func told() async throws {
        try await withBrowser { test, server, browser, who in
            let sent = try await test.send("dinner?", to: who.room, by: who.admin)
            #expect(server.requests.isEmpty)
            #expect(try await test.chat.sendPushes(by: server) { _ in false } == nil)
            let request = try #require(server.requests.first)
            #expect(server.requests.count == 1 && request.url.text == browser.endpoint)
            let names = Set(request.headers.map(\.name))
            #expect(names == ["Content-Type", "Content-Encoding", "TTL", "Urgency", "Authorization"])
            #expect(!request.body.contains(Array("dinner".utf8)))
            let payload = try browser.read(request.body)
            #expect(payload["title"] as? String == "Ops" && payload["body"] as? String == "Admin: dinner?")
            #expect(
                payload["url"] as? String == "/c/\(who.room)/\(sent.seq)" && payload["unread"] as? Int == 1)
            let listed = try await test.chat.listPushDevices(of: who.ben)
            #expect(listed.map(\.host) == ["push.example"] && listed.first?.last?.status == 201)
        }
    }

    @Test("A character as long as a page is cut too, and does not keep its message from being told")
    func longCharacter() async throws {
        try await withBrowser { test, server, browser, who in
            try await test.send(
                "Z" + String(repeating: "\u{0351}", count: 5_000), to: who.room, by: who.admin)
            _ = try await test.chat.sendPushes(by: server) { _ in false }
            let payload = try browser.read(#require(server.requests.first).body)
            let body = try #require(payload["body"] as? String)
            #expect(body.unicodeScalars.count == "Admin: ".count + 300)
        }
    }

    @Test(
        "Nothing is told to the author, to who is there, has read it, has muted it, or is called for mentions only"
    )
    func notTold() async throws {
        try await withBrowser { test, server, browser, who in
            let chat = test.chat
            func tell(isThere: Bool = false) async throws -> Int {
                let before = server.requests.count
                _ = try await chat.sendPushes(by: server) { _ in isThere }
                return server.requests.count - before
            }
            try await test.send("mine", to: who.room, by: who.ben)
            #expect(try await tell() == 0)
            try await test.send("seen here", to: who.room, by: who.admin)
            #expect(try await tell(isThere: true) == 0)
            let read = try await test.send("read elsewhere", to: who.room, by: who.admin)
            _ = try await chat.markRead(upTo: read.seq, in: who.room, by: who.ben)
            #expect(try await tell() == 0)
            try await chat.arrange(who.room, by: who.ben) { $0.notify = .mentions }
            try await test.send("nobody in particular", to: who.room, by: who.admin)
            #expect(try await tell() == 0)
            try await test.send("@ben!", to: who.room, by: who.admin)
            try await test.send("@all", to: who.room, by: who.admin)
            #expect(try await tell() == 2)
            let until = test.clock.now().advanced(byMilliseconds: 60_000)
            try await chat.arrange(who.room, by: who.ben) { $0.mutedUntil = until }
            try await test.send("@ben?", to: who.room, by: who.admin)
            #expect(try await tell() == 0)
        }
    }

    @Test(
        "A browser that its service does not know is forgotten; other failures are repeated and then given up"
    )
    func failures() async throws {
        try await withBrowser { test, server, browser, who in
            try await test.send("one", to: who.room, by: who.admin)
            server.answers(500, 503, 429, 500)
            var pauses: [Int64] = []
            while let next = try await test.chat.sendPushes(by: server, isThere: { _ in false }) {
                pauses.append(next.milliseconds(since: test.clock.now()))
                test.clock.advance(milliseconds: pauses[pauses.count - 1])
            }
            #expect(pauses == [10_000, 60_000, 300_000] && server.requests.count == 4)
            try await test.send("two", to: who.room, by: who.admin)
            server.answers(410)
            #expect(try await test.chat.sendPushes(by: server) { _ in false } == nil)
            #expect(try await test.chat.listPushDevices(of: who.ben) == [])
            try await test.send("three", to: who.room, by: who.admin)
            #expect(try await test.chat.sendPushes(by: server) { _ in false } == nil)
            #expect(server.requests.count == 5)
        }
    }

    @Test("A browser goes with its session, and is one person's")
    func sessions() async throws {
        try await withBrowser { test, server, browser, who in
            let admin = try await test.signIn("admin")
            try await test.chat.addPushDevice(browser.target(), of: who.admin, session: admin.session)
            #expect(try await test.chat.listPushDevices(of: who.ben) == [])
            try await test.chat.testPush(of: who.admin)
            _ = try await test.chat.sendPushes(by: server) { _ in true }
            #expect(try browser.read(#require(server.requests.last).body)["test"] as? Bool == true)
            try await test.chat.signOut(admin.token, from: .local)
            #expect(try await test.chat.listPushDevices(of: who.admin) == [])
            #expect(try await test.chat.pushKey() == test.chat.pushKey())
        }
    }
}
