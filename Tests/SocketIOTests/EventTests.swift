internal import EngineIO
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Events from the client: their arguments, their handlers, their acks.
@Suite("Events from the client", .timeLimit(.minutes(5)))
struct EventTests {
    private struct Place: Codable, Sendable, Equatable {
        var x: Int
        var label: String?
    }

    private struct Failure: Error, Equatable {
        let number: Int
    }

    private let errors = Recorder<String>()

    private func stack(_ register: (Namespace<Void>) -> Void) -> Stack {
        let stack = Stack()
        let root = stack.io.namespace()
        root.onError { [errors] _, error in errors.add("\(type(of: error))") }
        register(root)
        return stack
    }

    @Test("arguments are positional and typed")
    func arguments() async throws {
        let seen = Recorder<String>()
        let stack = stack { root in
            root.on(Event<String, Int, Place, [Bool]>("move")) { _, name, steps, place, flags in
                seen.add("\(name) \(steps) \(place.x) \(place.label ?? "-") \(flags)")
            }
        }
        let client = try await stack.client()
        await client.send(#"42["move","n\u00f6rd",-3,{"x":1,"label":"é\n"},[true,false]]"#)
        #expect(await seen.next() == "nörd -3 1 é\n [true, false]")
        await client.send(#"42[ "move" , "" , 9007199254740991 , { "x" : 0 } , [] ]"#)
        #expect(await seen.next() == " 9007199254740991 0 - []")
        #expect(errors.all.isEmpty)
    }

    @Test("an event without arguments, and one whose types are written as values")
    func argumentTypesAsValues() async throws {
        let seen = Recorder<String>()
        let stack = stack { root in
            root.on(Event("begin")) { _ in seen.add("begun") }
            root.on(Event("move", String.self, Int.self)) { _, name, steps in seen.add("\(name) \(steps)") }
            root.on(Event("count").returning(Int.self)) { _ in 7 }
        }
        let client = try await stack.client()
        await client.send(#"42["begin"]"#)
        #expect(await seen.next() == "begun")
        await client.send(#"42["move","north",3]"#)
        #expect(await seen.next() == "north 3")
        await client.send(#"421["count"]"#)
        #expect(try await client.texts(1) == ["431[7]"])
    }

    @Test(
        "a missing optional argument is nil, surplus ones are ignored",
        arguments: [
            (#"42["e","a"]"#, "a nil"), (#"42["e","a",null]"#, "a nil"), (#"42["e","a",5]"#, "a 5"),
            (#"42["e","a",5,"offset",{}]"#, "a 5"),
        ])
    func optional(_ packet: String, _ expected: String) async throws {
        let seen = Recorder<String>()
        let stack = stack { root in
            root.on(Event<String, Int?>("e")) { _, text, number in
                seen.add("\(text) \(number.map { String($0) } ?? "nil")")
            }
        }
        try await stack.client().send(packet)
        await stack.settle()
        #expect(seen.all == [expected])
        #expect(errors.all.isEmpty)
    }

    @Test(
        "arguments of another type reach onError, not the handler, and get no ack",
        arguments: [
            #"42["e"]"#, #"423["e",5]"#, #"423["e","a"]"#, #"423["e","a","5"]"#, #"423["e","a",1.5]"#,
            #"423["e",null,1]"#, #"423["e","a",9223372036854775808]"#, #"423["e",["a"],1]"#,
        ])
    func wrongType(_ packet: String) async throws {
        let seen = Recorder<String>()
        let stack = stack { root in
            root.on(Event<String, Int>("e")) { _, text, _ in seen.add(text) }
        }
        let client = try await stack.client()
        await client.send(packet)
        #expect(seen.all.isEmpty)
        #expect(errors.all == ["DecodingError"])
        #expect(try await client.received() == [])
    }

    @Test("what a request's handler returns is the ack")
    func returned() async throws {
        let stack = stack { root in
            root.on(Event<Int, Int>("add").returning(Int.self)) { _, left, right in left + right }
            root.on(Event<Int>("place").returning(Place?.self)) { _, x in x < 0 ? nil : Place(x: x) }
        }
        let client = try await stack.client()
        await client.send(
            #"420["add",2,3]"#, #"429007199254740991["add",1,1]"#, #"425["place",4]"#, #"426["place",-1]"#)
        #expect(
            try await client.texts(4) == ["430[5]", "439007199254740991[2]", #"435[{"x":4}]"#, "436[null]"])
        await client.send(#"42["add",2,3]"#)
        #expect(try await client.received() == [])
    }

    @Test("an event without an answer of its own gets an empty ack, after its handler succeeded")
    func emptyAck() async throws {
        let gate = Gate()
        let stack = stack { root in root.on(Event<String>("e")) { _, _ in await gate.wait() } }
        let client = try await stack.client()
        await client.send(#"427["e","a"]"#)
        #expect(try await client.received() == [])
        gate.open()
        #expect(try await client.next() == .text("437[]"))
    }

    @Test("an event that nobody handles is not acknowledged")
    func unhandled() async throws {
        let stack = stack { _ in }
        let client = try await stack.client()
        await client.send(#"427["e","a"]"#)
        #expect(try await client.received() == [])
        #expect(stack.engine.sessionCount == 1)
    }

    @Test("a handler that throws: no ack, or the configured one; the socket goes on")
    func errorAck() async throws {
        let stack = stack { root in
            root.on(Event<Int>("e")) { _, number in throw Failure(number: number) }
            root.on(Event<Int>("ok").returning(Int.self)) { _, number in number }
        }
        let silent = try await stack.client()
        await silent.send(#"421["e",1]"#, #"422["ok",2]"#)
        #expect(try await silent.texts(1) == ["432[2]"])
        #expect(errors.all == ["Failure"])
        let root = stack.io.namespace("/answers")
        root.on(Event<Int>("e")) { _, number in throw Failure(number: number) }
        root.ackErrors { error in
            guard let failure = error as? Failure, failure.number > 0 else { return nil }
            return try? EncodedArguments("failed", failure.number)
        }
        let client = try await stack.client("/answers")
        await client.send(#"42/answers,1["e",0]"#, #"42/answers,2["e",9]"#, #"42/answers,["e",9]"#)
        #expect(try await client.texts(1) == [#"43/answers,2["failed",9]"#])
        #expect(try await client.received() == [])
    }

    @Test("raw handlers see the arguments as they came and may answer with any")
    func raw() async throws {
        let stack = stack { root in
            root.on(raw: "echo") { _, arguments in arguments.encoded }
            root.on(raw: "rest") { _, arguments in arguments.dropFirst().encoded }
            root.on(raw: "count") { _, arguments in try EncodedArguments(arguments.count) }
            root.on(raw: "quiet") { _, _ in nil }
            root.on(raw: "pair") { _, arguments in
                let (name, number) = try arguments.decode(String.self, Int?.self)
                return try EncodedArguments(name, number ?? -1)
            }
        }
        let client = try await stack.client()
        let cases = [
            (#"421["echo",1.50, {"a" : [null]} ,"\u00e9"]"#, #"431[1.50, {"a" : [null]} ,"\u00e9"]"#),
            (#"422["rest",1,"two",[3]]"#, #"432["two",[3]]"#), (#"423["rest",1]"#, "433[]"),
            (#"424["rest"]"#, "434[]"), (#"425["count"]"#, "435[0]"), (#"426["count",[],{},null]"#, "436[3]"),
            (#"427["quiet",1]"#, "437[]"), (#"428["pair","a"]"#, #"438["a",-1]"#),
        ]
        for (packet, answer) in cases {
            await client.send(packet)
            #expect(try await client.texts(1) == [answer])
        }
    }

    @Test("onAny sees every event before its own handlers, also those that nobody handles")
    func onAny() async throws {
        let seen = Recorder<String>()
        let stack = stack { root in
            root.on(Event<Int>("e")) { _, number in seen.add("handler \(number)") }
            root.onAny { _, event in
                seen.add("any \(event.name) \(event.arguments.count) \(event.wantsAck)")
            }
        }
        let client = try await stack.client()
        await client.send(#"42["e",1]"#, #"421["other",1,2]"#, "42[5]")
        #expect(seen.all == ["any e 1 false", "handler 1", "any other 2 true", "any 5 0 false"])
    }

    @Test("several handlers of one event run in their order; the first answer counts")
    func severalHandlers() async throws {
        let seen = Recorder<Int>()
        let stack = stack { root in
            root.on(Event<Int>("e")) { _, _ in seen.add(1) }
            root.on(Event<Int>("e").returning(String.self)) { _, _ in
                seen.add(2)
                return "second"
            }
            root.on(Event<Int>("e").returning(String.self)) { _, _ in
                seen.add(3)
                return "third"
            }
        }
        let client = try await stack.client()
        await client.send(#"421["e",0]"#)
        #expect(try await client.texts(1) == [#"431["second"]"#])
        #expect(seen.all == [1, 2, 3])
    }

    @Test("an error of the connect handler is reported and the socket stays")
    func connectHandlerThrows() async throws {
        let stack = stack { root in
            root.onConnect { _ in throw Failure(number: 1) }
            root.on(Event<Int>("e").returning(Int.self)) { _, number in number }
        }
        let client = try await stack.client()
        await client.send(#"421["e",8]"#)
        #expect(try await client.texts(1) == ["431[8]"])
        #expect(errors.all == ["Failure"])
    }
}
