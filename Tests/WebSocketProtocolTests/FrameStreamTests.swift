internal import Testing
internal import WebSocketProtocol

/// The whole room at once: bytes in, messages out, however the bytes are cut.
@Suite struct FrameStreamTests {
    /// What reading gives: what came out before the end or the violation.
    struct Reading: Equatable {
        var received: [Received]
        var violation: WebSocketViolation?
    }

    static func read(_ chunks: [ArraySlice<UInt8>], role: Role = .server, maxMessage: Int = 1 << 20)
        -> Reading
    {
        var reader = FrameReader(role: role, maxMessage: maxMessage)
        for chunk in chunks {
            do throws(WebSocketViolation) {
                try reader.read(chunk)
            } catch {
                return Reading(received: reader.received, violation: error)
            }
        }
        return Reading(received: reader.received, violation: nil)
    }

    /// A frame as the peer sends it.
    static func frame(_ opcode: Opcode, fin: Bool = true, _ payload: [UInt8], key: UInt32?) -> [UInt8] {
        var bytes: [UInt8] = []
        FrameEncoder.appendHeader(
            opcode: opcode, fin: fin, payloadLength: payload.count, maskingKey: key, to: &bytes)
        var payload = payload
        var span = payload.mutableSpan
        Masking.apply(key: key ?? 0, offset: 0, to: &span)
        return bytes + payload
    }

    /// A fragmented text whose characters are cut by the fragments, with a ping inside, a binary and a close.
    static let conversation: (bytes: [UInt8], reading: Reading) = {
        let text = Array("a\u{20ac}\u{1f600}".utf8)
        let long = [UInt8](repeating: 9, count: 130)
        let goodbye = ClosePayload(code: .goingAway, reason: "bye")
        let bytes =
            Self.frame(.text, fin: false, Array(text[..<2]), key: 0x0403_0201)
            + Self.frame(.ping, [1, 2], key: 0xfffe_fdfc)
            + Self.frame(.continuation, fin: false, [], key: 1)
            + Self.frame(.continuation, Array(text[2...]), key: 0x8877_6655)
            + Self.frame(.binary, long, key: 0) + Self.frame(.close, goodbye.encode(), key: 7)
        return (bytes, Reading(received: [.ping([1, 2]), .text(text), .binary(long), .close(goodbye)]))
    }()

    @Test("One stream: whole, byte by byte, and at every split")
    func chunking() {
        let (bytes, reading) = Self.conversation
        #expect(Self.read([bytes[...]]) == reading)
        #expect(Self.read(bytes.indices.map { bytes[$0...$0] }) == reading)
        for split in bytes.indices {
            #expect(Self.read([bytes[..<split], bytes[split...]]) == reading, "split at \(split)")
        }
    }

    @Test(
        "Text that is not UTF-8 fails the connection with 1007, in one frame or several",
        arguments: [
            [[0x61, 0xff]], [[0xe2, 0x82]], [[0xe2], [0x82, 0x41]], [[0x61], [], [0xed, 0xa0, 0x80]],
            [[0xf0, 0x9f], [0x98]],
        ] as [[[UInt8]]])
    func badText(fragments: [[UInt8]]) {
        var bytes: [UInt8] = []
        for (index, fragment) in fragments.enumerated() {
            let fin = index == fragments.count - 1
            bytes += Self.frame(index == 0 ? .text : .continuation, fin: fin, fragment, key: 0x1234_5678)
        }
        #expect(Self.read([bytes[...]]) == Reading(received: [], violation: .invalidUTF8))
        #expect(Self.read(bytes.map { [$0] }) == Reading(received: [], violation: .invalidUTF8))
    }

    @Test("A close payload of one byte or with a forbidden code fails the connection")
    func badClose() {
        let short = Self.frame(.close, [3], key: 1)
        #expect(Self.read([short[...]]) == Reading(received: [], violation: .closePayloadTooShort))
        let noStatus = Self.frame(.close, [0x03, 0xed], key: 1)
        #expect(Self.read([noStatus[...]]) == Reading(received: [], violation: .invalidCloseCode))
    }

    @Test("The sum of the fragments is refused at the header that exceeds the limit")
    func tooBig() {
        let first = Self.frame(.binary, fin: false, [UInt8](repeating: 1, count: 100), key: 1)
        var bytes = first + Self.frame(.ping, [], key: 1)
        FrameEncoder.appendHeader(opcode: .continuation, payloadLength: 101, maskingKey: 1, to: &bytes)
        let whole = bytes + [UInt8](repeating: 1, count: 101)
        let reading = Self.read([whole[...]], maxMessage: 200)
        #expect(reading == Reading(received: [.ping([])], violation: .messageTooBig))
    }

    @Test("Random messages, fragments, pings and chunks arrive as sent", arguments: UInt64(0)..<48)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let role: Role = generator.oneIn(2) ? .server : .client
        var bytes: [UInt8] = []
        var sent: [Received] = []
        for _ in 0..<20 { Self.appendMessage(to: &bytes, &sent, role: role, using: &generator) }
        for _ in 0..<4 {
            var chunks: [ArraySlice<UInt8>] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let size = Int.random(in: 1...(generator.oneIn(3) ? 3 : 5000), using: &generator)
                chunks.append(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            #expect(Self.read(chunks, role: role) == Reading(received: sent), "seed \(seed)")
        }
    }

    @Test("A damaged stream ends the same way however it is cut", arguments: UInt64(0)..<64)
    func damaged(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<40 {
            var bytes = round % 4 == 0 ? generator.bytes(60) : Self.conversation.bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: bytes.indices, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            let whole = Self.read([bytes[...]])
            let drips = Self.read(bytes.map { [$0] })
            #expect(whole == drips, "seed \(seed): \(bytes)")
        }
    }

    /// A random message in random fragments with pings and pongs between.
    static func appendMessage(
        to bytes: inout [UInt8], _ sent: inout [Received], role: Role, using generator: inout SeededGenerator
    ) {
        let alphabet = Array("ab\u{e9}\u{20ac}\u{1f600}\u{10ffff}")
        let isText = generator.oneIn(2)
        let length = [0, 1, 30, 125, 126, 300, 20_000].randomElement(using: &generator) ?? 0
        let text = (0..<length / 3).map { _ in alphabet.randomElement(using: &generator) ?? "a" }
        let payload = isText ? Array(String(text).utf8) : generator.bytes(length)
        var opcode: Opcode = isText ? .text : .binary
        var rest = payload[...]
        while true {
            let fin = generator.oneIn(3)
            let part = fin ? rest : rest.prefix(Int.random(in: 0...length, using: &generator))
            rest = rest.dropFirst(part.count)
            let key = role == .server ? UInt32.random(in: .min ... .max, using: &generator) : nil
            bytes += Self.frame(opcode, fin: fin, Array(part), key: key)
            opcode = .continuation
            if fin { break }
            guard generator.oneIn(4) else { continue }
            let body = generator.bytes(Int.random(in: 0...125, using: &generator))
            let isPing = generator.oneIn(2)
            bytes += Self.frame(isPing ? .ping : .pong, body, key: key)
            sent.append(isPing ? .ping(body) : .pong(body))
        }
        sent.append(isText ? .text(payload) : .binary(payload))
    }
}
