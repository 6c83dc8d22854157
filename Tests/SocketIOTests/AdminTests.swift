internal import NIOCore
internal import NIOHTTP1
internal import SocketIOCore
internal import Testing

@testable internal import SocketIO

/// The admin UI's namespace: who gets in, what is told, what may be done.
@Suite("Admin UI", .timeLimit(.minutes(1)))
struct AdminTests {
    private static let credentials = #"{"username":"admin","password":"secret"}"#

    private func stack(
        _ mode: Admin.Mode = .production, isReadOnly: Bool = false, maxSessions: Int = 10
    ) -> Stack {
        let stack = Stack()
        _ = stack.io.namespace()
        stack.io.instrument(
            Admin(
                authentication: .credentials(username: "admin", password: "secret"), isReadOnly: isReadOnly,
                mode: mode, serverID: "node-1", maxSessions: maxSessions))
        return stack
    }

    /// The next text whose event has this name.
    private func next(_ event: String, _ client: WebSocketClient) async throws -> String {
        while true {
            guard case .text(let text) = try await client.next() else {
                throw WebSocketClient.Broken(what: "no text")
            }
            if text.hasPrefix(#"42/admin,["\#(event)""#) { return text }
        }
    }

    // MARK: - Signing in

    @Test(
        "who does not know the password does not get in",
        arguments: [
            "", #"{"username":"admin"}"#, #"{"username":"admin","password":"Secret"}"#,
            #"{"username":"admin","password":""}"#, #"{"username":"root","password":"secret"}"#,
            #"{"sessionId":"0123456789abcdef"}"#, #"{"username":1,"password":["secret"]}"#,
        ])
    func refused(_ auth: String) async throws {
        let client = try await stack().webSocket()
        await client.send("40/admin,\(auth)")
        #expect(try await client.texts(1) == [#"44/admin,{"message":"invalid credentials"}"#])
    }

    @Test("a session lets in again, until its time is over")
    func sessions() async throws {
        let stack = stack()
        let first = try await stack.client("/admin", auth: Self.credentials)
        let session = try await next("session", first)
        let id = String(session.dropFirst(#"42/admin,["session",""#.count).dropLast(2))
        #expect(id.count == 32)
        let second = try await stack.client("/admin", auth: #"{"sessionId":"\#(id)"}"#)
        #expect(try await second.texts(1).first?.hasPrefix(#"42/admin,["config""#) == true)
    }

    @Test("sessions are bounded and end")
    func store() {
        var sessions = AdminSessions(capacity: 2, lifetime: 100)
        sessions.add("a", now: 0)
        sessions.add("b", now: 50)
        #expect(sessions.contains("a", now: 99))
        sessions.add("c", now: 60)
        #expect(!sessions.contains("a", now: 60))
        #expect(sessions.contains("b", now: 149))
        #expect(!sessions.contains("b", now: 150))
        #expect(sessions.contains("c", now: 159))
        #expect(!sessions.contains("c", now: 160))
        #expect(sessions.count == 2)
        sessions.add("d", now: 1_000)
        #expect(sessions.count == 1)
    }

    @Test(
        "comparison in constant time",
        arguments: [
            ("a", "a", true), ("", "", true), ("a", "b", false), ("a", "", false), ("", "a", false),
            ("aa", "a", false), ("a", "aa", false), ("pässword", "pässword", true),
        ])
    func comparison(_ given: String, _ secret: String, _ isEqual: Bool) {
        #expect(ConstantTime.equal(given, secret) == isEqual)
    }

    // MARK: - Telling

    @Test("features by mode and rights")
    func features() {
        func features(_ isReadOnly: Bool, _ mode: Admin.Mode) -> [String] {
            Admin(authentication: .none, isReadOnly: isReadOnly, mode: mode).features
        }
        let changing = ["EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT"]
        #expect(features(false, .development) == changing + ["AGGREGATED_EVENTS", "ALL_EVENTS"])
        #expect(features(false, .production) == changing + ["AGGREGATED_EVENTS"])
        #expect(features(true, .production) == ["AGGREGATED_EVENTS"])
    }

    @Test("sums come at once and every two seconds while somebody watches")
    func stats() async throws {
        let stack = stack()
        let client = try await stack.client("/admin", auth: Self.credentials)
        await stack.settle()
        let first = try await next("server_stats", client)
        #expect(first.contains(#""serverId":"node-1""#))
        #expect(first.contains(#""aggregatedEvents":[]"#))
        #expect(first.contains(#""clientsCount":1"#))
        #expect(first.contains(#""pollingClientsCount":0"#))
        #expect(first.contains(#""name":"/""#))
        #expect(first.contains(#""socketsCount":0"#))
        _ = try await stack.client()
        await stack.advance(by: .seconds(2))
        await stack.settle()
        let second = try await next("server_stats", client)
        #expect(second.contains(#""type":"rawConnection""#))
        #expect(second.contains(#""type":"packetsIn""#))
        await client.wire.cut()
        await stack.advance(by: .seconds(2))
        await stack.settle()
        let again = try await stack.client("/admin", auth: Self.credentials)
        await stack.settle()
        // The mark was set anew: nothing of the time when nobody watched.
        #expect(try await next("server_stats", again).contains(#""aggregatedEvents":[]"#))
    }

    @Test("aggregation tells what was added, by type and reason")
    func aggregation() {
        func snapshot(_ packets: Int, _ closes: Int) -> MetricsSnapshot {
            MetricsSnapshot(families: [
                MetricFamily("engineio_packets_total", .counter, "", [.init(packets, ("direction", "in"))]),
                MetricFamily(
                    "engineio_closes_total", .counter, "", [.init(closes, ("reason", "transport close"))]),
            ])
        }
        var aggregation = AdminAggregation()
        let mark = aggregation.take(snapshot(5, 1), at: 1_999)
        #expect(mark == [])
        let added = aggregation.take(snapshot(7, 2), at: 3_999)
        #expect(
            added == [
                .init(timestamp: 3_000, type: "packetsIn", count: 2),
                .init(timestamp: 3_000, type: "rawDisconnection", subType: "transport close", count: 1),
            ])
        let nothing = aggregation.take(snapshot(7, 2), at: 5_000)
        #expect(nothing == [])
    }

    @Test("development: sockets, rooms and events as they come, without secrets")
    func watching() async throws {
        let stack = stack(.development)
        let root = stack.io.namespace()
        root.on(Event<String>("e")) { socket, text in
            socket.join("r")
            socket.emit(Event<String>("f"), text)
            socket.leave("r")
        }
        let admin = try await stack.client("/admin", auth: Self.credentials)
        #expect(try await next("all_sockets", admin).contains(#""nsp":"\#("/admin")""#) == true)
        let client = try await stack.webSocket(headers: ["Cookie": "canary", "X-Thing": "seen"])
        let id = try await client.join(auth: #"{"token":"canary"}"#)
        let connected = try await next("socket_connected", admin)
        #expect(connected.contains(#""id":"\#(id)""#))
        #expect(connected.contains(#""x-thing":"seen""#))
        #expect(!connected.contains("canary"))
        #expect(connected.contains(#""transport":"websocket""#))
        await client.send(#"42["e","hi"]"#)
        var seen: [String] = []
        for event in ["event_received", "room_joined", "event_sent", "room_left"] {
            seen.append(try await next(event, admin))
        }
        #expect(seen[0].hasPrefix(#"42/admin,["event_received","/","\#(id)",["e","hi"],"20"#))
        #expect(seen[1].hasPrefix(#"42/admin,["room_joined","/","r","\#(id)","20"#))
        #expect(seen[2].hasPrefix(#"42/admin,["event_sent","/","\#(id)",["f","hi"],"20"#))
        #expect(seen[3].hasPrefix(#"42/admin,["room_left","/","r","\#(id)","20"#))
        await client.send("41")
        let gone = try await next("socket_disconnected", admin)
        #expect(
            gone.hasPrefix(
                #"42/admin,["socket_disconnected","/","\#(id)","client namespace disconnect","20"#))
        #expect(seen.allSatisfy { $0.hasSuffix(#"Z"]"#) })
    }

    // MARK: - Orders

    @Test("emit, join, leave and disconnect, for all or a room")
    func orders() async throws {
        let stack = stack()
        let root = stack.io.namespace()
        let admin = try await stack.client("/admin", auth: Self.credentials)
        let one = try await stack.client()
        let two = try await stack.webSocket()
        let id = try await two.join()
        await admin.send(
            #"42/admin,["emit","/",null,"all",1,{"a":[]}]"#,
            #"42/admin,["join","/","room","\#(id)"]"#,
            #"42/admin,["emit","/","room","some"]"#)
        #expect(try await one.texts(1) == [#"42["all",1,{"a":[]}]"#])
        #expect(try await two.texts(2) == [#"42["all",1,{"a":[]}]"#, #"42["some"]"#])
        await admin.send(
            #"42/admin,["leave","/","room",null]"#, #"42/admin,["emit","/","room","nobody"]"#,
            #"42/admin,["emit","/",null,"disconnect"]"#, #"42/admin,["emit","/none",null,"x"]"#,
            #"42/admin,["emit",5]"#, #"42/admin,["_disconnect","/",false,"\#(id)"]"#)
        #expect(try await two.texts(1) == ["41"])
        #expect(root.socketCount == 1)
        #expect(try await one.received().isEmpty)
        #expect(!stack.io.namespaceNames.contains("/none"))
    }

    @Test("who may only watch changes nothing")
    func readOnly() async throws {
        let stack = stack(isReadOnly: true)
        let admin = try await stack.client("/admin", auth: Self.credentials)
        let client = try await stack.client()
        await admin.send(
            #"42/admin,["emit","/",null,"all",1]"#, #"42/admin,["_disconnect","/",true,null]"#)
        #expect(try await client.received().isEmpty)
        #expect(stack.io.namespace().socketCount == 1)
    }
}
