internal import WebSocketProtocol

/// What a decoder may answer: a header, "more bytes", or a violation.
typealias HeaderVerdict = Result<FrameHeader?, WebSocketViolation>

extension FrameDecoder {
    func verdict(_ bytes: some Collection<UInt8>) -> HeaderVerdict {
        let bytes = Array(bytes)
        do throws(WebSocketViolation) {
            return .success(try self.decodeHeader(bytes.span))
        } catch {
            return .failure(error)
        }
    }
}

/// RFC 6455 section 5.2 read a second time, on the whole header and by other means than the decoder's.
struct HeaderOracle {
    var role: Role
    var maxPayload: Int
    var allowedRSV: UInt8

    /// The verdict on a header whose bytes are all there (14 are always enough).
    func verdict(_ bytes: [UInt8]) -> HeaderVerdict {
        let bits = bytes.prefix(2).flatMap { byte in (0..<8).map { (byte >> (7 - $0)) & 1 == 1 } }
        let rsv = UInt8(bits[1] ? 4 : 0) + UInt8(bits[2] ? 2 : 0) + UInt8(bits[3] ? 1 : 0)
        let number = bytes[0] % 16
        guard [0, 1, 2, 8, 9, 10].contains(number), let opcode = Opcode(rawValue: number) else {
            return .failure(.reservedOpcode)
        }
        for bit: UInt8 in [1, 2, 4] where rsv & bit == bit {
            let negotiated = self.allowedRSV & bit == bit && (number == 1 || number == 2)
            if !negotiated { return .failure(.reservedBits) }
        }
        if number >= 8, !bits[0] { return .failure(.fragmentedControlFrame) }
        if self.role == .server, !bits[8] { return .failure(.unmaskedFrame) }
        if self.role == .client, bits[8] { return .failure(.maskedFrame) }

        let short = Int(bytes[1] % 128)
        if number >= 8, short > 125 { return .failure(.controlFrameTooLong) }
        let extraBytes = short == 126 ? 2 : short == 127 ? 8 : 0
        let extra = bytes[2..<2 + extraBytes]
        if extra.count == 8, extra.prefix(1).contains(where: { $0 >= 128 }) {
            return .failure(.lengthOutOfRange)
        }
        let length = extra.isEmpty ? short : extra.reduce(0) { $0 * 256 + Int($1) }
        if extra.count == 2, length < 126 { return .failure(.nonMinimalLength) }
        if extra.count == 8, length < 65536 { return .failure(.nonMinimalLength) }
        if number < 8, length > self.maxPayload { return .failure(.messageTooBig) }

        var key: UInt32?
        if bits[8] {
            let wire = bytes[(2 + extraBytes)..<(6 + extraBytes)]
            key = wire.reversed().reduce(0) { $0 * 256 + UInt32($1) }
        }
        return .success(
            FrameHeader(
                fin: bits[0], rsv: rsv, opcode: opcode, maskingKey: key, payloadLength: length,
                headerLength: 2 + extraBytes + (bits[8] ? 4 : 0)))
    }
}
