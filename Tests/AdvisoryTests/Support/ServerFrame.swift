/// What a server sends by WebSocket.
enum ServerFrame: Equatable {
    case text(String)
    case binary([UInt8])
    case pong([UInt8])
    /// A close frame; nil without a code.
    case close(UInt16?)
    /// The connection has ended.
    case end
    /// What no server may send.
    case illegal([UInt8])

    /// Takes a frame off the front of `bytes`; nil when it is not there whole.
    init?(takenFrom bytes: inout [UInt8]) {
        guard bytes.count >= 2 else { return nil }
        var start = 2
        var length = Int(bytes[1] & 0x7F)
        if length >= 126 {
            let size = length == 126 ? 2 : 8
            guard bytes.count >= start + size else { return nil }
            length = bytes[start..<start + size].reduce(0) { $0 << 8 | Int($1) }
            start += size
        }
        guard bytes.count >= start + length else { return nil }
        let head = Array(bytes[..<start])
        let payload = Array(bytes[start..<start + length])
        bytes.removeFirst(start + length)
        switch (head[0], head[1] & 0x80) {
        case (0x81, 0): self = .text(String(decoding: payload, as: UTF8.self))
        case (0x82, 0): self = .binary(payload)
        case (0x88, 0):
            self = .close(payload.count < 2 ? nil : UInt16(payload[0]) << 8 | UInt16(payload[1]))
        case (0x8A, 0): self = .pong(payload)
        default: self = .illegal(head)
        }
    }
}
