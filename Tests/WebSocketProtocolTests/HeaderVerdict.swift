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
        let fin = bytes[0] >= 128
        let masked = bytes[1] >= 128
        let rsv = bytes[0] / 16 % 8
        let number = bytes[0] % 16
        guard [0, 1, 2, 8, 9, 10].contains(number), let opcode = Opcode(rawValue: number) else {
            return .failure(.reservedOpcode)
        }
        let negotiated = number == 1 || number == 2 ? self.allowedRSV : 0
        if rsv | negotiated != negotiated { return .failure(.reservedBits) }
        if number >= 8, !fin { return .failure(.fragmentedControlFrame) }
        if self.role == .server, !masked { return .failure(.unmaskedFrame) }
        if self.role == .client, masked { return .failure(.maskedFrame) }

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
        if masked {
            let wire = bytes[(2 + extraBytes)..<(6 + extraBytes)]
            key = wire.reversed().reduce(0) { $0 * 256 + UInt32($1) }
        }
        return .success(
            FrameHeader(
                fin: fin, rsv: rsv, opcode: opcode, maskingKey: key, payloadLength: length,
                headerLength: 2 + extraBytes + (masked ? 4 : 0)))
    }
}
