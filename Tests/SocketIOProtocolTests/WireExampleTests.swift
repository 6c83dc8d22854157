internal import SocketIOProtocol
internal import Testing

/// The packets with which the protocol's text and the reference's observed behaviour are described.
@Suite struct WireExampleTests {
    struct Legal: Sendable, CustomTestStringConvertible {
        let text: String
        let type: SocketPacketType
        var attachments = 0
        var namespace = "/"
        var ackID: UInt64?
        var payload = ""
        var name: String?
        var arguments: [String] = []
        var testDescription: String { self.text }
    }

    static let control: [Legal] = [
        .init(text: "0", type: .connect),
        .init(text: #"0{"token":"1"}"#, type: .connect, payload: #"{"token":"1"}"#),
        .init(text: "0/admin,", type: .connect, namespace: "/admin"),
        .init(text: "0/admin", type: .connect, namespace: "/admin"),
        .init(text: #"0/admin,{"a":[1]}"#, type: .connect, namespace: "/admin", payload: #"{"a":[1]}"#),
        .init(text: "0/n?token=x&y=2,", type: .connect, namespace: "/n?token=x&y=2"),
        .init(text: "0/", type: .connect),
        .init(text: "0/,{}", type: .connect, payload: "{}"),
        .init(text: #"0{"pid":"p","offset":"o"}"#, type: .connect, payload: #"{"pid":"p","offset":"o"}"#),
        .init(text: "1", type: .disconnect),
        .init(text: "1/a,", type: .disconnect, namespace: "/a"),
        .init(text: "1/a", type: .disconnect, namespace: "/a"),
        .init(
            text: #"4/nope,{"message":"Invalid namespace"}"#, type: .connectError, namespace: "/nope",
            payload: #"{"message":"Invalid namespace"}"#),
        .init(text: #"4/mw,"nope""#, type: .connectError, namespace: "/mw", payload: #""nope""#),
    ]

    static let events: [Legal] = [
        .init(
            text: #"2["hello",1]"#, type: .event, payload: #"["hello",1]"#, name: "hello", arguments: ["1"]),
        .init(
            text: #"2/admin,12["a","b c",{"d":[1,2]}]"#, type: .event, namespace: "/admin", ackID: 12,
            payload: #"["a","b c",{"d":[1,2]}]"#, name: "a", arguments: [#""b c""#, #"{"d":[1,2]}"#]),
        .init(text: #"20["withack"]"#, type: .event, ackID: 0, payload: #"["withack"]"#, name: "withack"),
        .init(text: #"2[1,true]"#, type: .event, payload: "[1,true]", name: "1", arguments: ["true"]),
        .init(text: #"2["error"]"#, type: .event, payload: #"["error"]"#, name: "error"),
        .init(text: #"2[""]"#, type: .event, payload: #"[""]"#, name: ""),
        .init(
            text: "2[ \"a\" , 1 ,\t[ ] ]\n", type: .event, payload: "[ \"a\" , 1 ,\t[ ] ]", name: "a",
            arguments: ["1", "[ ]"]),
        .init(
            text: #"29007199254740991["a"]"#, type: .event, ackID: 9_007_199_254_740_991, payload: #"["a"]"#,
            name: "a"),
        .init(
            text: #"51-["baz",{"_placeholder":true,"num":0}]"#, type: .binaryEvent, attachments: 1,
            payload: #"["baz",{"_placeholder":true,"num":0}]"#, name: "baz",
            arguments: [#"{"_placeholder":true,"num":0}"#]),
        .init(text: #"50-["a"]"#, type: .binaryEvent, payload: #"["a"]"#, name: "a"),
        .init(
            text: #"2["a",{"_placeholder":true,"num":"splice"}]"#, type: .event,
            payload: #"["a",{"_placeholder":true,"num":"splice"}]"#, name: "a",
            arguments: [#"{"_placeholder":true,"num":"splice"}"#]),
    ]

    static let acks: [Legal] = [
        .init(text: "312[]", type: .ack, ackID: 12, payload: "[]"),
        .init(
            text: "3/admin,0[1]", type: .ack, namespace: "/admin", ackID: 0, payload: "[1]",
            arguments: ["1"]),
        .init(
            text: #"61-/a,7[{"_placeholder":true,"num":0}]"#, type: .binaryAck, attachments: 1,
            namespace: "/a",
            ackID: 7, payload: #"[{"_placeholder":true,"num":0}]"#,
            arguments: [#"{"_placeholder":true,"num":0}"#]),
        .init(
            text: "31[null,[],{}]", type: .ack, ackID: 1, payload: "[null,[],{}]",
            arguments: ["null", "[]", "{}"]),
    ]

    @Test(arguments: Self.control + Self.events + Self.acks)
    func `a legal packet is taken apart`(_ example: Legal) throws {
        let view = try decode(example.text)
        #expect(view.type == example.type)
        #expect(view.attachmentCount == example.attachments)
        #expect(view.namespace.map { slice(example.text, $0) } ?? "/" == example.namespace)
        #expect(view.ackID == example.ackID)
        #expect(slice(example.text, view.payload) == example.payload)
        #expect(view.event?.name == example.name)
        #expect(elements(of: Array(example.text.utf8), in: view.arguments) == example.arguments)
        #expect(view.argumentCount == example.arguments.count)
        #expect(view.event.map(\.arguments) ?? view.arguments == view.arguments)
        #expect(view.event.map(\.argumentCount) ?? view.argumentCount == view.argumentCount)
    }

    @Test(arguments: ["0", "0/", "0/,", "0/,{}", #"2["a"]"#, #"2/,["a"]"#, "3/,1[]", "1/,"])
    func `the root namespace has no range, however it is spelled`(text: String) throws {
        #expect(try decode(text).namespace == nil)
    }

    @Test(arguments: Self.control + Self.events + Self.acks)
    func `the oracle agrees with the table`(_ example: Legal) throws {
        let meaning = try #require(PacketOracle.meaning(example.text))
        #expect(PacketMeaning(try decode(example.text), in: Array(example.text.utf8)) == meaning)
        #expect(meaning.eventName == example.name)
    }
}
