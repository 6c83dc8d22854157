internal import EngineIO
internal import NIOCore
internal import SocketIO
internal import SocketIOProtocol
internal import Testing

/// Advisories of socket.io and its parser (docs/threat-model.md, T3, T9 to T14, T16, T32, T33, T36, T38 to T42).
@Suite("Advisories: socket.io and its parser", .serialized, .timeLimit(.minutes(2)))
struct SocketIOAdvisoryTests {
    /// Messages that end the connection of whoever has joined the root.
    static let fatal: [(String, [ClientFrame])] =
        [
            "splice\"", "1.5", "1e9", "-1", "1", "null", "true", "\"0\"", "[0]", "{}", "18446744073709551616",
            "0.0",
        ].map { num in
            let number = num == "splice\"" ? "\"splice\"" : num
            return ("T10: placeholder \(num)", [.text(#"451-["e",{"_placeholder":true,"num":\#(number)}]"#)])
        } + [
            ("T11: name object", [.text(#"42[{"toString":"foo"}]"#)]),
            ("T11: name null", [.text("42[null]")]), ("T11: name array", [.text("42[[]]")]),
            ("T11: name boolean", [.text("42[true]")]), ("T11: name fraction", [.text("42[1.5]")]),
            ("T12: millions of attachments", [.text(#"45999999-["e"]"#)]),
            ("T12: eleven attachments", [.text(#"4511-["e"]"#)]),
            ("T12, T39: a count that overflows", [.text(#"4599999999999999999999-["e"]"#)]),
            ("T39: a count without end", [.text("45" + String(repeating: "9", count: 10_000))]),
            ("T13: binary after a packet that announced none", [.text(#"450-["e"]"#), .binary([1])]),
            ("T13: binary out of the blue", [.binary([1, 2, 3])]),
            ("T12: text where an attachment is due", [.text(#"451-["e"]"#), .text(#"42["e"]"#)]),
        ]
        + [
            "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
        ].map { ("T14: reserved name \($0)", [.text("42[\"\($0)\"]")]) }
        + [
            ("T9: ack id without end", [.text("42" + String(repeating: "9", count: 100_000) + "[\"e\"]")]),
            ("T33: ack id of 2^64", [.text("4218446744073709551616[\"e\"]")]),
            (
                "T9: namespace without end",
                [.text("42/" + String(repeating: "a", count: 900_000) + ",[\"e\"]")]
            ),
            ("R27: JSON 100,000 deep", [.text("42[\"e\"," + String(repeating: "[", count: 100_000))]),
            (
                "R27: JSON 65 deep",
                [
                    .text(
                        "42[\"e\"," + String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
                            + "]")
                ]
            ),
            ("R27: 100,000 arguments", [.text("42[\"e\"" + String(repeating: ",1", count: 100_000) + "]")]),
            ("an ack that names nothing", [.text("43[]")]),
        ]

    @Test("What breaks a rule ends that connection and no other", arguments: fatal)
    func closes(_ title: String, _ frames: [ClientFrame]) async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            await peer.send(frames.flatMap(\.bytes))
            #expect(await server.nextReason() == .forcedClose)
            let last = await peer.frame()
            #expect(last == .close(nil), "\(title): \(last)")
        }
    }

    @Test("T3: an event called error without a listener is an event like others")
    func errorEvent() async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            await peer.send(.text(#"42["error"]"#), .text(#"427["error",{"message":"x"}]"#))
            #expect(await peer.isAnswered(1))
        }
    }

    @Test("T9: a packet of the largest size is parsed once, not digit by digit")
    func longPacket() async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            let text = String(repeating: "x", count: 990_000)
            await peer.send(.text("421[\"echo\",\"\(text)\"]"))
            #expect(await peer.frame() == .text("431[\"\(text)\"]"))
            // One JSON object of 60,000 members, every key anew.
            let members = (0..<60_000).map { "\"k\($0)\":0" }.joined(separator: ",")
            await peer.send(.text("422[\"echo\",{\(members)}]"))
            #expect(await peer.frame() == .text("432[{\(members)}]"))
        }
    }

    @Test("T12: attachments that never come hold a bounded number of bytes")
    func attachmentBytes() async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            await peer.send(.text(#"4510-["e"]"#))
            let half = [UInt8](repeating: 0, count: 600_000)
            await peer.send(.binary(half), .binary(half))
            #expect(await server.nextReason() == .forcedClose)
        }
    }

    @Test("T16: calls of clients that never answer are gone at their timeout, and when the client goes")
    func pendingCalls() async throws {
        let configuration = HostileServer.brief { $0.maxPendingCalls = 10 }
        try await HostileServer.run(configuration) { server in
            let before = Set(await server.io.namespace().everyone.sockets().map(\.id))
            let peer = try await server.joined()
            let sockets = await server.io.namespace().everyone.sockets().filter { !before.contains($0.id) }
            try await withThrowingTaskGroup(of: CallError?.self) { group in
                for socket in sockets {
                    for _ in 0..<30 {
                        group.addTask {
                            do {
                                _ = try await socket.call(
                                    Request<Int>("q"), timeout: .milliseconds(300))
                                return nil
                            } catch let error as CallError {
                                return error
                            }
                        }
                    }
                }
                var outcomes: [CallError?] = []
                for try await error in group { outcomes.append(error) }
                #expect(outcomes.count { $0 == .timeout } == 10)
                #expect(outcomes.count { $0 == .tooManyPending } == 20)
            }
            #expect(try await server.io.liveCounts().calls == 0)
            // One that has time ends with its client.
            let socket = try #require(sockets.first)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CallError.disconnected) {
                        _ = try await socket.call(Request<Int>("q"), timeout: .seconds(600))
                    }
                }
                while try await server.io.liveCounts().calls == 0 { await Task.yield() }
                peer.close()
                try await group.waitForAll()
            }
        }
    }

    @Test(
        "T32: who has not joined parks nothing",
        arguments: [
            #"451-["e",{"_placeholder":true,"num":0}]"#, #"42["e"]"#, "430[]", "41", #"451-/x,["e"]"#,
        ])
    func beforeJoining(_ packet: String) async throws {
        try await HostileServer.run { server in
            let peer = try await server.connect()
            try await peer.openWebSocket()
            await peer.send(.text(packet))
            #expect(await peer.frame() == .close(nil))
        }
    }

    @Test("T36: a refused CONNECT leaves no socket; the connection ends when it joins nothing in time")
    func refusedConnect() async throws {
        try await HostileServer.run(
            HostileServer.hasty(),
            setUp: { io in
                io.namespace("/closed").use { _ in throw ConnectError("no") }
            },
            { server in
                let peer = try await server.connect()
                try await peer.openWebSocket()
                for _ in 0..<5 {
                    await peer.send(.text("40/closed,"))
                    #expect(await peer.frame() == .text(#"44/closed,{"message":"no"}"#))
                    await peer.send(.text("40/nowhere,"))
                    #expect(await peer.frame() == .text(#"44/nowhere,{"message":"Invalid namespace"}"#))
                }
                #expect(await server.io.namespace("/closed").everyone.sockets().isEmpty)
                var last = await peer.frame()
                while case .text = last { last = await peer.frame() }
                #expect(last == .close(nil))
            })
    }

    @Test("T38: a session id that the client sends along names nothing: each handshake has its own")
    func sessionFixation() async throws {
        try await HostileServer.run(HostileServer.brief { $0.engine.cookie = .init() }) { server in
            let first = try await server.connect()
            let sid = try await first.openPolling()
            for fields in [["Cookie: io=\(sid)"], ["io: \(sid)"], ["Cookie: io=ABCDEFGHIJKLMNOPQRST"]] {
                let answer = try await server.connect().ask("GET", "EIO=4&transport=polling", fields)
                #expect(answer.status == 200)
                #expect(!answer.text.contains(sid) && !answer.text.contains("ABCDEFGHIJKLMNOPQRST"))
            }
            let chosen = try await server.connect().ask(
                "GET", "EIO=4&transport=polling&sid=ABCDEFGHIJKLMNOPQRST")
            #expect(chosen.status == 400)
            #expect(chosen.text == #"{"code":1,"message":"Session ID unknown"}"#)
        }
    }

    @Test("T40: a text that looks like a placeholder stays a text")
    func placeholderText() async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            let text = #""{\"_placeholder\":true,\"num\":0}""#
            await peer.send(.text("451-1[\"echo\",\(text),{\"_placeholder\":true,\"num\":0}]"), .binary([7]))
            #expect(
                await peer.frame() == .text("461-1[\(text),{\"_placeholder\":true,\"num\":0}]"))
            #expect(await peer.frame() == .binary([7]))
        }
    }

    @Test("T42: acks that nobody waits for, twice and of any number, do nothing")
    func unknownAcks() async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            let acks = ["430[]", "430[1]", "439007199254740991[]", "43123[{}]"].map { ClientFrame.text($0) }
            for _ in 0..<250 { await peer.send(acks.flatMap(\.bytes)) }
            #expect(await peer.isAnswered(1))
        }
    }

    @Test(
        "Wrong types at every place of a packet's JSON",
        arguments: ["[]", "\"a\"", "5", "true", "null", "{]"])
    func wrongTypes(_ value: String) async throws {
        try await HostileServer.run { server in
            let isLegal = value == "{}"
            let peer = try await server.connect()
            try await peer.openWebSocket()
            await peer.send(.text("40\(value)"))
            #expect(await peer.frame() == .close(nil) || isLegal)
            for type in ["42", "431"] where value != "[]" {
                let other = try await server.joined()
                await other.send(.text(type + value))
                #expect(await server.nextReason() == .forcedClose)
            }
        }
    }
}
