/// A frame as a client may send it, or as none may.
struct ClientFrame {
    /// FIN, the RSV bits and the opcode.
    var first: UInt8
    var payload: [UInt8] = []
    var isMasked = true
    /// The length as it is written, when that is not the payload's.
    var length: [UInt8]?

    static func text(_ text: String) -> ClientFrame { .init(first: 0x81, payload: Array(text.utf8)) }

    static func binary(_ bytes: [UInt8]) -> ClientFrame { .init(first: 0x82, payload: bytes) }

    var bytes: [UInt8] {
        var bytes = [first]
        if let length {
            bytes += length
        } else {
            switch payload.count {
            case ..<126: bytes.append(UInt8(payload.count))
            case ..<65_536: bytes += [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
            default:
                bytes.append(127)
                for shift in stride(from: 56, through: 0, by: -8) {
                    bytes.append(UInt8(truncatingIfNeeded: payload.count >> shift))
                }
            }
        }
        guard isMasked else { return bytes + payload }
        bytes[1] |= 0x80
        let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 & 3] }
    }
}
