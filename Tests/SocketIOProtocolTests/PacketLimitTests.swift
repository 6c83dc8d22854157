internal import SocketIOProtocol
internal import Testing

/// Each limit at its last legal value and at the first illegal one.
@Suite struct PacketLimitTests {
    static let namespace = "/" + String(repeating: "n", count: 511)

    @Test(arguments: [
        (ParserLimits(), #"510-["a"]"#, #"511-["a"]"#, SocketIOViolation.tooManyAttachments),
        (.init(maxAttachments: 0), #"50-["a"]"#, #"51-["a"]"#, .tooManyAttachments),
        (.init(maxAttachments: 1000), #"599-["a"]"#, #"5100-["a"]"#, .tooManyAttachments),
        (.init(), "0\(Self.namespace),", "0\(Self.namespace)n,", .namespaceTooLong),
        (.init(maxNamespaceLength: 2), #"2/a,["b"]"#, #"2/aa,["b"]"#, .namespaceTooLong),
        (.init(maxArguments: 0), #"2["a"]"#, #"2["a",1]"#, .tooManyArguments),
        (.init(maxArguments: 2), "31[1,2]", "31[1,2,3]", .tooManyArguments),
        (.init(maxArguments: 2), #"50-["a",1,2]"#, #"50-["a",1,2,3]"#, .tooManyArguments),
        (.init(maxArguments: 0), "0{\"a\":1,\"b\":2}", "31[1]", .tooManyArguments),
        (.init(maxJSONDepth: 1), #"2["a",1]"#, #"2["a",[]]"#, .jsonTooDeep),
        (.init(maxJSONDepth: 1), "0{}", #"0{"a":{}}"#, .jsonTooDeep),
        (.init(maxJSONDepth: 2), #"50-["a",[]]"#, #"50-["a",[[]]]"#, .jsonTooDeep),
        (.init(maxJSONDepth: 0), "0", "0{}", .jsonTooDeep),
    ])
    func `the last legal value passes and the next one does not`(
        limits: ParserLimits, legal: String, illegal: String, rule: SocketIOViolation
    ) {
        #expect(violation(of: legal, limits: limits) == nil)
        #expect(violation(of: illegal, limits: limits) == rule)
        #expect(PacketOracle.meaning(legal, limits: limits) != nil)
        #expect(PacketOracle.meaning(illegal, limits: limits) == nil)
    }

    @Test func `256 arguments are taken and 257 are not`() throws {
        func packet(_ count: Int) -> String { #"2["a""# + String(repeating: ",0", count: count) + "]" }
        #expect(try decode(packet(256)).argumentCount == 256)
        #expect(violation(of: packet(257)) == .tooManyArguments)
        #expect(violation(of: packet(100_000)) == .tooManyArguments)
    }

    @Test func `no limit on arguments is no overflow`() throws {
        #expect(try decode(#"2["a",1]"#, limits: .init(maxArguments: .max)).argumentCount == 1)
    }

    @Test(arguments: [(63, true), (64, true), (65, false), (512, false), (100_000, false)])
    func `a payload may be nested 64 deep`(depth: Int, isLegal: Bool) {
        let inner = String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
        #expect(violation(of: "2[\"a\",\(inner)]") == (isLegal ? nil : .jsonTooDeep))
        #expect(violation(of: "51-[\"a\",\(inner)]") == (isLegal ? nil : .jsonTooDeep))
    }

    @Test func `the defaults are the documented ones`() {
        let limits = ParserLimits()
        #expect(limits.maxAttachments == 10)
        #expect(limits.maxNamespaceLength == 512)
        #expect(limits.maxJSONDepth == 64)
        #expect(limits.maxArguments == 256)
        #expect(limits.maxAttachmentBytes == 1_000_000)
        #expect(limits.maxNamespaces == 32)
        #expect(PacketDecoder().limits == limits)
    }
}
