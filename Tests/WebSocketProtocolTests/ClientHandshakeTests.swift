internal import Testing

@testable internal import WebSocketProtocol

@Suite struct ClientHandshakeTests {
    /// The key of RFC 6455, section 1.3.
    private let handshake = ClientHandshake(keyBytes: Array("the sample nonce".utf8), maxHeadLength: 400)
    private let good =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"

    private func read(_ text: String) throws -> ClientHandshake.Answer {
        try handshake.read(Array(text.utf8).span)
    }

    @Test func theRequestHasWhatTheRFCAsksFor() {
        let bytes = handshake.request(
            target: "/a?b=c", host: "h:1", headers: [("X", "y"), ("Bad", "a\r\nInjected: yes")])
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("GET /a?b=c HTTP/1.1\r\nHost: h:1\r\n") && text.hasSuffix("\r\nX: y\r\n\r\n"))
        #expect(text.contains("\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"))
        #expect(text.contains("\r\nSec-WebSocket-Version: 13\r\n") && !text.contains("Injected"))
    }

    @Test func theAnswerToOurKeyIsAccepted() throws {
        #expect(try read(good) == .accepted(headLength: good.utf8.count))
        #expect(try read(good + "\u{1}frames") == .accepted(headLength: good.utf8.count))
        let lower = good.replacing("Sec-WebSocket-Accept: ", with: "sec-websocket-accept:\t")
        #expect(try read(lower) == .accepted(headLength: lower.utf8.count))
        let spaced = good.replacing("xOo=\r\n", with: "xOo= \t \r\n")
        #expect(try read(spaced) == .accepted(headLength: spaced.utf8.count))
    }

    @Test func everyPrefixIsIncomplete() throws {
        for length in 0..<good.utf8.count {
            #expect(try handshake.read(Array(good.utf8.prefix(length)).span) == .incomplete)
        }
    }

    @Test func anotherStatusIsARefusal() throws {
        #expect(try read("HTTP/1.1 400 Bad Request\r\nContent-Type: x\r\n\r\n") == .refused(status: 400))
        #expect(try read("HTTP/1.0 200\r\n\r\n") == .refused(status: 200))
    }

    @Test(arguments: [
        ("HTTP/1.1 101 Switching Protocols", "HTTP/2 101 X", ClientHandshake.Violation.malformedHead),
        ("HTTP/1.1 101", "HTTP/1.1 1e1", .malformedHead), ("HTTP/1.1 101", "HTTP/1.1", .malformedHead),
        ("Upgrade: WebSocket", "Upgrade: h2c", .upgradeNotWebSocket),
        ("Upgrade: WebSocket", "X: y", .upgradeNotWebSocket),
        ("keep-alive, Upgrade", "close", .connectionNotUpgrade),
        ("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "s3pPLMBiTxaQ9kYGzzhZRbK+xOO=", .wrongAccept),
        ("Sec-WebSocket-Accept", "X-Accept", .wrongAccept),
        (
            "Upgrade: WebSocket", "Upgrade: websocket\r\nSec-WebSocket-Extensions: permessage-deflate",
            .unexpectedExtension
        ),
        ("Upgrade: WebSocket", "Upgrade: websocket\r\nSec-WebSocket-Protocol: x", .unexpectedSubprotocol),
        ("Upgrade: WebSocket", "Upgrade: websocket\r\n folded", .malformedHead),
        ("Upgrade: WebSocket", "Upgrade: websocket\r\n: x", .malformedHead),
        ("Upgrade: WebSocket", "Upgrade: websocket\r\nno colon", .malformedHead),
        ("Upgrade: WebSocket", "Upgrade : websocket", .malformedHead),
        ("Upgrade: WebSocket", "Upgrade: websocket\r\nX\u{7F}: y", .malformedHead),
    ])
    func everyRule(_ part: String, _ other: String, _ violation: ClientHandshake.Violation) {
        #expect(throws: violation) { try read(good.replacing(part, with: other)) }
    }

    @Test func aRepeatedAcceptIsRefused() {
        let line = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
        #expect(throws: ClientHandshake.Violation.wrongAccept) {
            try read(good.replacing(line, with: line + line))
        }
    }

    @Test func theHeadIsBounded() {
        #expect(throws: ClientHandshake.Violation.headTooLong) {
            try read("HTTP/1.1 101 X\r\n" + String(repeating: "a", count: 400))
        }
    }

    @Test func keysAreNew() {
        var random = SystemRandomNumberGenerator()
        let keys = (0..<100).map { _ in ClientHandshake(using: &random).key }
        #expect(Set(keys).count == 100 && keys.allSatisfy { $0.utf8.count == 24 && $0.hasSuffix("==") })
    }
}
