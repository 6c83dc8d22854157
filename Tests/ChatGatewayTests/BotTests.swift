internal import ChatDomain
internal import ChatService
internal import SocketIO
internal import Testing

/// Programs on their namespace, and what people see of them.
@Suite("Bots", .timeLimit(.minutes(5)))
struct BotTests {
    private struct Bot {
        let id: String
        let token: String
    }

    private func bot(_ server: ChatServer, by admin: Person, _ username: String = "helper") async throws
        -> Bot
    {
        let made = try await server.http(
            "POST", "/api/admin/bots", #"{"username":"\#(username)","name":"Helper"}"#, as: admin)
        #expect(made.status == 201)
        #expect(made.json["bot"]?["user"]?["bot"] == .bool(true))
        return Bot(
            id: try #require(made.json["bot"]?["user"]?["u"]?.string),
            token: try #require(made.json["token"]?.string))
    }

    private func connect(_ server: ChatServer, _ bot: Bot) async throws -> ChatClient {
        let client = try await ChatClient.open(port: server.port, namespace: "/bot")
        try await client.join(auth: #"{"token":"\#(bot.token)"}"#)
        return client
    }

    @Test("people and programs hear the same, in both directions")
    func sameEvents() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let bot = try await bot(server, by: anna)
            let (person, program) = (try await server.connect(anna), try await connect(server, bot))
            #expect(await program.hello["me"]?["bot"] == .bool(true))
            let room = try await person.done(
                "room.create", #"{"name":"Ops","public":false,"members":["\#(bot.id)"]}"#)
            let c = try #require(room["conv"]?["c"]?.string)
            #expect(try await program.next("conv")["conv"]?["c"] == .string(c))
            _ = try await person.done(
                "send", #"{"c":"\#(c)","cid":"00000000-0000-4000-8000-000000000001","body":"hello @helper"}"#)
            var heard = try await program.next("msg")
            while heard["body"] != .string("hello @helper") { heard = try await program.next("msg") }
            #expect(heard["mentions"]?[0] == .string(bot.id))
            _ = try await program.done("typing", #"{"c":"\#(c)"}"#)
            #expect(try await person.next("typing")["u"] == .string(bot.id))
            _ = try await program.done(
                "send", #"{"c":"\#(c)","cid":"00000000-0000-4000-8000-000000000002","body":"hello, human"}"#)
            var answer = try await person.next("msg")
            while answer["body"] != .string("hello, human") { answer = try await person.next("msg") }
            #expect(answer["bot"] == .bool(true) && answer["from"] == .string(bot.id))
            #expect(try await program.done("sync", "{}")["convs"]?[0]?["c"] == .string(c))
            let seq = try #require(answer["seq"]?.integer)
            _ = try await person.done(
                "react",
                #"{"c":"\#(c)","seq":\#(seq),"mid":"00000000-0000-4000-8000-000000000003","emoji":"👍","on":true}"#
            )
            #expect(try await program.next("chg")["k"] == .string("react"))
            _ = try await person.done("room.kick", #"{"c":"\#(c)","u":"\#(bot.id)"}"#)
            #expect(try await program.next("conv.gone")["c"] == .string(c))
            await person.close()
            await program.close()
        }
    }

    @Test("each namespace takes its own tokens only")
    func namespaces() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let bot = try await bot(server, by: anna)
            for (namespace, token) in [
                ("/", bot.token), ("/", String(bot.token.dropFirst(4))), ("/bot", anna.token),
                ("/bot", "pbt_" + anna.token),
                ("/bot", String(bot.token.dropFirst(4))), ("/bot", ""),
            ] {
                let client = try await ChatClient.open(port: server.port, namespace: namespace)
                let answer = try await client.connect(auth: #"{"token":"\#(token)"}"#)
                #expect(answer.hasPrefix("44"), "\(namespace)")
                await client.close()
            }
            // The cookie of a person does not make a program of them.
            let client = try await ChatClient.open(
                port: server.port, namespace: "/bot", headers: [("Cookie", "parley_session=\(anna.token)")])
            #expect(try await client.connect(auth: "").hasPrefix("44"))
            await client.close()
            for (name, value) in [
                ("Cookie", "parley_session=\(bot.token)"), ("Authorization", "Bearer \(bot.token)"),
            ] {
                let answer = try await server.http("GET", "/api/me", headers: [(name, value)])
                #expect(answer.status == 401)
            }
        }
    }

    @Test("a new token, none, and a closed account end the sockets", arguments: ["renew", "revoke", "close"])
    func ended(how: String) async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let bot = try await bot(server, by: anna)
            let client = try await connect(server, bot)
            let (method, path, body) =
                switch how {
                case "renew": ("POST", "/token", nil as String?)
                case "revoke": ("DELETE", "/token", nil)
                default: ("PATCH", "", #"{"state":"deactivated"}"#)
                }
            let answer = try await server.http(method, "/api/admin/bots/\(bot.id)\(path)", body, as: anna)
            #expect((200...204).contains(answer.status))
            _ = try await client.end()
            let again = try await ChatClient.open(port: server.port, namespace: "/bot")
            #expect(try await again.connect(auth: #"{"token":"\#(bot.token)"}"#).hasPrefix("44"))
            await again.close()
            let listed = try await server.http("GET", "/api/admin/bots", as: anna)
            #expect(listed.json["bots"]?[0]?["user"]?["u"] == .string(bot.id))
            #expect(listed.json["bots"]?[0]?["by"]?["u"] == .string(anna.id))
        }
    }
}
