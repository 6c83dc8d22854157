/// One WebSocket frame: read as a client reads it, written as a client writes it (RFC 6455 section 5.2).
struct Frame: Equatable {
    var first: UInt8
    var payload: [UInt8]

    /// The opcode with FIN set, as in a frame that is whole.
    static let text: UInt8 = 0x81
    static let binary: UInt8 = 0x82
    static let close: UInt8 = 0x88
    static let ping: UInt8 = 0x89
    static let pong: UInt8 = 0x8A

    init(_ first: UInt8, _ payload: [UInt8]) {
        self.first = first
        self.payload = payload
    }

    var text: String { String(decoding: payload, as: UTF8.self) }

    /// A close frame's code; nil when it carries none.
    var closeCode: Int? {
        first == Self.close && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil
    }

    /// Takes an unmasked frame off the front of `bytes`; nil when it is not whole.
    init?(takenFrom bytes: inout [UInt8]) {
        guard bytes.count >= 2, bytes[1] < 0x80 else { return nil }
        let width = bytes[1] == 127 ? 8 : bytes[1] == 126 ? 2 : 0
        guard bytes.count >= 2 + width else { return nil }
        let length =
            width == 0 ? Int(bytes[1]) : bytes[2..<(2 + width)].reduce(0) { $0 << 8 | Int($1) }
        guard bytes.count - 2 - width >= length else { return nil }
        first = bytes[0]
        payload = Array(bytes[(2 + width)...].prefix(length))
        bytes = Array(bytes[(2 + width + length)...])
    }

    /// The bytes a client sends: masked.
    static func client(
        _ first: UInt8, _ payload: [UInt8], mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
    ) -> [UInt8] {
        [first] + length(payload.count, maskBit: 0x80) + mask
            + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    static func client(_ first: UInt8, _ payload: String) -> [UInt8] {
        client(first, Array(payload.utf8))
    }

    /// The bytes a server sends, which a client must not.
    static func unmasked(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
        [first] + length(payload.count, maskBit: 0) + payload
    }

    private static func length(_ count: Int, maskBit: UInt8) -> [UInt8] {
        if count <= 125 { return [maskBit | UInt8(count)] }
        if count <= 0xFFFF { return [maskBit | 126, UInt8(count >> 8), UInt8(count & 0xFF)] }
        return [maskBit | 127] + (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
    }
}
