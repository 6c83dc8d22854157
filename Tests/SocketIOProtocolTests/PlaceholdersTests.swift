internal import SocketIOProtocol
internal import Testing

/// Objects that claim to be attachments (CVE-2022-2421 and its relatives).
@Suite struct PlaceholdersTests {
    static let legal = [
        #"{"_placeholder":true,"num":0}"#, #"{"num":1,"_placeholder":true}"#,
        #"{"_placeholder":true,"num":1,"x":"y"}"#,
        #"[{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}]"#,
        #"{ "_placeholder" : true , "num" : 0 }"#,
        #"{"a":[{"b":{"_placeholder":true,"num":1}}]}"#, #"{"_placeholder":false,"num":"splice"}"#,
        #"{"_placeholder":"true","num":9}"#, #"{"_placeholder":1,"num":9}"#, #"{"_placeholder":null}"#,
        #"{"_placeholder":[true],"num":9}"#, #"{"_placeholder":{"_placeholder":false},"num":9}"#,
        #"{"num":99}"#,
        #"{"_Placeholder":true,"num":99}"#, #"{"_placeholderx":true,"num":9}"#, #"{"_placeholde":true}"#, "1",
        "{}", "[]",
        #""{\"_placeholder\":true,\"num\":9}""#, #"{"x":"_placeholder","y":true,"num":9}"#,
        #"["_placeholder",true]"#,
        #"{"_placeholder":true,"num":1,"inner":{"num":77}}"#,
        #"{"inner":{"num":77},"_placeholder":true,"num":1}"#,
        #"{"\u005fplaceholder":true,"\u006eum":0}"#,
        #"{"_placeholder":true,"num":0,"_placeholder ":false,"num ":9}"#,
        #"{"a":{"_placeholder":true,"num":1},"num":"x"}"#, #"{"num\\":1,"_placeholder\/":true}"#,
        #"{"_placeholder":true,"num":0,"\u006eu":9,"\u006eumm":9}"#,
    ]
    static let illegal = [
        #"{"_placeholder":true}"#, #"{"_placeholder":true,"num":2}"#, #"{"_placeholder":true,"num":-1}"#,
        #"{"_placeholder":true,"num":-0}"#, #"{"_placeholder":true,"num":1.5}"#,
        #"{"_placeholder":true,"num":1.0}"#,
        #"{"_placeholder":true,"num":1e0}"#, #"{"_placeholder":true,"num":1e9}"#,
        #"{"_placeholder":true,"num":"0"}"#,
        #"{"_placeholder":true,"num":"splice"}"#, #"{"_placeholder":true,"num":null}"#,
        #"{"_placeholder":true,"num":true}"#,
        #"{"_placeholder":true,"num":[0]}"#, #"{"_placeholder":true,"num":{"num":0}}"#,
        #"{"_placeholder":true,"num":{}}"#, #"{"_placeholder":true,"num":[]}"#,
        #"{"_placeholder":true,"num":18446744073709551616}"#, #"{"num":"push","_placeholder":true}"#,
        #"{"a":[{"b":{"_placeholder":true,"num":2}}]}"#,
        #"[{"_placeholder":true,"num":0},{"_placeholder":true}]"#,
        #"{"\u005fplaceholder":true}"#, #"{"_place\u0068older":true,"num":7}"#,
        #"{"_placeholder":true,"nu\u006d":7}"#,
        #"{"\u005f\u0070\u006c\u0061\u0063\u0065\u0068\u006f\u006c\u0064\u0065\u0072":true}"#,
        #"{"\u005F\u0070lace\u0068older":true,"\u006E\u0075\u006D":"x"}"#,
        #"{"_placeholder":true,"num":0,"num":7}"#, #"{"_placeholder":true,"num":7,"num":0}"#,
        #"{"_placeholder":true,"num":0,"num":0}"#, #"{"_placeholder":true,"num":[],"num":0}"#,
        #"{"_placeholder":{},"_placeholder":true,"num":0}"#, #"{"_placeholder":true,"num":0,"\u006eum":7}"#,
        #"{"_placeholder":false,"_placeholder":true,"num":0}"#,
        #"{"_placeholder":true,"_placeholder":false,"num":0}"#,
        #"{"num":0,"_placeholder":true,"x":{"_placeholder":true}}"#, #"{"x":{"num":0},"_placeholder":true}"#,
        #"{"num":0,"x":{"_placeholder":true}}"#, #"{"_placeholder":true,"x":{"num":0}}"#,
    ]

    private func rule(_ payload: String, count: Int) -> SocketIOViolation? {
        let bytes = Array(payload.utf8)
        do throws(SocketIOViolation) {
            try Placeholders.validate(bytes.span, payload: 0..<bytes.count, attachmentCount: count)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: Self.legal)
    func `a good placeholder or none passes`(payload: String) {
        #expect(self.rule(payload, count: 2) == nil)
        #expect(violation(of: "52-[\"a\",\(payload)]") == nil)
        #expect(violation(of: "62-1[\(payload)]") == nil)
        #expect(PacketOracle.meaning("52-[\"a\",\(payload)]") != nil)
    }

    @Test(arguments: Self.illegal)
    func `a bad placeholder is refused in binary packets and plain data in the others`(payload: String) {
        #expect(self.rule(payload, count: 2) == .illegalPlaceholder)
        #expect(violation(of: "52-[\"a\",\(payload)]") == .illegalPlaceholder)
        #expect(violation(of: "62-1[\(payload)]") == .illegalPlaceholder)
        #expect(violation(of: "2[\"a\",\(payload)]") == nil)
        #expect(violation(of: "31[\(payload)]") == nil)
        #expect(PacketOracle.meaning("52-[\"a\",\(payload)]") == nil)
    }

    @Test(arguments: 0...11, 0...11)
    func `num is an index below the number of attachments`(num: Int, count: Int) {
        #expect(
            self.rule("{\"_placeholder\":true,\"num\":\(num)}", count: count)
                == (num < count ? nil : .illegalPlaceholder))
    }

    @Test(
        arguments: [
            ("", .malformedJSON), ("{", .malformedJSON), ("{}x", .trailingBytes),
            (String(repeating: "[", count: 600), .jsonTooDeep),
            (String(repeating: #"{"_placeholder":"#, count: 600), .jsonTooDeep),
        ] as [(String, SocketIOViolation)])
    func `a payload that is no JSON is refused`(payload: String, rule: SocketIOViolation) {
        #expect(self.rule(payload, count: 2) == rule)
    }

    @Test func `the deepest placeholder is found`() {
        func nested(_ inner: String, _ depth: Int) -> String {
            String(repeating: "[", count: depth) + inner + String(repeating: "]", count: depth)
        }
        #expect(self.rule(nested(#"{"_placeholder":true,"num":1}"#, 511), count: 2) == nil)
        #expect(self.rule(nested(#"{"_placeholder":true,"num":2}"#, 511), count: 2) == .illegalPlaceholder)
        #expect(self.rule(nested(#"{"_placeholder":true,"num":1}"#, 512), count: 2) == .jsonTooDeep)
    }

    @Test(arguments: [-1..<2, 0..<4, 5..<9])
    func `a payload outside the bytes is refused`(payload: Range<Int>) {
        let bytes = Array("{}x".utf8)
        #expect(throws: SocketIOViolation.malformedJSON) {
            try Placeholders.validate(bytes.span, payload: payload, attachmentCount: 1)
        }
    }
}
