internal import ChatDomain
internal import ChatService
internal import SocketIO
internal import Testing

/// Who may connect, what they hear first, and what ends a connection.
@Suite("Connecting to the chat", .timeLimit(.minutes(5)))
struct ConnectingTests {
    @Test("hello is the first event and says what is documented")
    func hello() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let client = try await server.connect(anna)
            let hello = await client.hello
            #expect(await client.beforeHello == [])
            #expect(hello.keys == ["v", "epoch", "me", "now", "limits", "recovered"])
            #expect(hello["v"] == .integer(1))
            #expect(hello["epoch"] == .string(server.chat.epoch))
            #expect(hello["now"] == .integer(SettableClock.start))
            #expect(hello["recovered"] == .bool(false))
            #expect(
                hello["limits"]
                    == .object(["body": .integer(20_000), "gap": .integer(200), "page": .integer(50)]))
            #expect(
                hello["me"]
                    == .object([
                        "u": .string(anna.id), "username": .string("anna"), "name": .string("Anna"),
                        "admin": .bool(true), "role": .string("admin"), "prefs": .object([:]),
                        "totp": .bool(false), "created": .integer(SettableClock.start),
                    ]))
            await client.close()
        }
    }

    @Test("hello is first even when something is announced while the socket joins its rooms")
    func helloFirst() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let first = try await server.connect(anna)
            let room = try #require(
                try await first.done("room.create", #"{"name":"R","public":true}"#)["conv"]?["c"]?.string)
            let message = Message(
                conversation: try #require(ConversationID(room)), seq: MessageSeq(2), clientID: nil,
                sender: try #require(UserID(anna.id)), senderName: "Anna", sentAt: server.clock.now(),
                body: "in between", kind: .text)
            server.store.announceAfterNextWrite(.message(message))
            let second = try await server.connect(anna)
            #expect(await second.beforeHello == [])
            #expect(try await second.next("msg")["body"] == .string("in between"))
            await first.close()
            await second.close()
        }
    }

    @Test("a cookie signs in, before any token; another cookie does not")
    func cookie() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let ben = try await server.signUp("ben")
            let client = try await ChatClient.open(
                port: server.port, headers: [("Cookie", "x=1; parley_session=\(anna.token)")])
            try await client.join(auth: "{\"token\":\"\(ben.token)\"}")
            #expect(await client.hello["me"]?["u"] == .string(anna.id))
            await client.close()
        }
    }

    @Test(
        "without a valid session the CONNECT is refused",
        arguments: [
            "", "{}", #"{"token":null}"#, #"{"token":5}"#, #"{"token":"x"}"#, "UNKNOWN", "[\"token\"]",
        ])
    func unauthorized(_ auth: String) async throws {
        try await ChatServer.run { server in
            _ = try await server.setUp()
            let unknown = "{\"token\":\"\(String(repeating: "ab", count: 32))\"}"
            let client = try await ChatClient.open(port: server.port)
            guard !auth.hasPrefix("[") else {
                // Not an object at all: no Socket.IO.
                try await client.send("40" + auth)
                #expect(try await client.end() == [])
                return
            }
            let answer = try await client.connect(auth: auth == "UNKNOWN" ? unknown : auth)
            #expect(answer.hasPrefix(#"44{"message":"unauthorized""#))
            await client.close()
        }
    }

    @Test("an expired session and one that was signed out are refused")
    func ended() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let ben = try await server.signUp("ben")
            _ = try await server.http("POST", "/api/signout", as: anna)
            server.clock.advance(days: 40)
            for person in [anna, ben] {
                let client = try await ChatClient.open(port: server.port)
                let answer = try await client.connect(auth: "{\"token\":\"\(person.token)\"}")
                #expect(answer.hasPrefix(#"44{"message":"unauthorized""#))
                await client.close()
            }
        }
    }

    @Test("a page of another origin cannot open a socket, cookie or not")
    func foreignOrigin() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            await #expect(throws: ChatClient.Unexpected.self) {
                _ = try await ChatClient.open(
                    port: server.port,
                    headers: [("Cookie", "parley_session=\(anna.token)"), ("Origin", "https://evil.example")])
            }
        }
    }

    @Test("signing out closes the sockets of that session, and only those")
    func signOut() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let again = try await server.http(
                "POST", "/api/signin", #"{"username":"anna","password":"\#(ChatServer.password)"}"#)
            let token = try #require(again["set-cookie"]).dropFirst("parley_session=".count).prefix {
                $0 != ";"
            }
            let phone = [try await server.connect(anna), try await server.connect(anna)]
            let laptop = try await ChatClient.open(port: server.port)
            try await laptop.join(auth: "{\"token\":\"\(token)\"}")
            #expect(try await server.http("POST", "/api/signout", as: anna).status == 204)
            for client in phone { #expect(try await client.end() == ["41"]) }
            _ = try await laptop.done("sync", "{}")
            await laptop.close()
        }
    }

    @Test(
        "a request that is not of the documented form is invalid, whatever the event",
        arguments: [
            "send", "sync", "gap", "page", "read", "got", "typing", "people", "dm", "room.create",
            "room.list",
            "room.join", "room.leave", "room.add", "room.members",
        ])
    func malformed(_ event: String) async throws {
        try await ChatServer.run { server in
            let client = try await server.connect(try await server.setUp())
            for json in ["5", "null", "[]", #""x""#] {
                let answer = try await client.ask(event, json)
                #expect(answer["ok"] == .bool(false), "\(json)")
                #expect(answer["code"] == .string("invalid"), "\(json)")
                #expect(answer["retry"] == .bool(false))
            }
            await client.close()
        }
    }
}
