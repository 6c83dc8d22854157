internal import SocketIOProtocol
internal import Testing

/// The parameters of a URL as Node's `querystring` reads them.
@Suite("Query strings")
struct QueryStringTests {
    @Test(
        "as JSON, in their order",
        arguments: [
            ("", "{}"), ("&&", "{}"), ("a=1", #"{"a":"1"}"#), ("a", #"{"a":""}"#), ("=1", #"{"":"1"}"#),
            ("b=2&a=1", #"{"b":"2","a":"1"}"#), ("a=1&b=2&a=3", #"{"a":["1","3"],"b":"2"}"#),
            ("a=b=c", #"{"a":"b=c"}"#), ("a+b=%20c", #"{"a b":" c"}"#), ("%41=%c3%A9", #"{"A":"é"}"#),
            ("a=%4&b=%zz&c=%", #"{"a":"%4","b":"%zz","c":"%"}"#), ("a=%00%22", #"{"a":"\u0000\""}"#),
            ("a=%ff", "{\"a\":\"\u{FFFD}\"}"),
        ])
    func json(query: String, json: String) {
        #expect(String(decoding: QueryString(query.utf8).json, as: UTF8.self) == json)
    }

    @Test func `two spellings of a letter are two names`() {
        let json = QueryString("%c3%a9=1&e%cc%81=2".utf8).json
        #expect(Array(json) == Array("{\"\u{E9}\":\"1\",\"e\u{301}\":\"2\"}".utf8))
    }

    @Test func `of a name that comes twice the last counts, where there is room for one`() {
        let query = QueryString("a=1&b=2&a=3".utf8)
        #expect(query.values == ["a": "3", "b": "2"])
        #expect(query.parameters.map(\.name) == ["a", "b", "a"])
    }
}
