internal import Testing
internal import WebSocketProtocol

@Suite struct FrameEncoderTests {
    static let lengths = [0, 1, 125, 126, 127, 255, 256, 65535, 65536, 70000]

    @Test("RFC 6455 section 5.7: a server's frames")
    func examples() {
        #expect(
            FrameEncoder.frame(opcode: .text, payload: Array("Hello".utf8)) == [0x81, 5] + Array("Hello".utf8)
        )
        #expect(
            FrameEncoder.frame(opcode: .ping, payload: Array("Hello".utf8)) == [0x89, 5] + Array("Hello".utf8)
        )
        let zeros = [UInt8](repeating: 0, count: 256)
        #expect(FrameEncoder.frame(opcode: .binary, payload: zeros) == [0x82, 0x7e, 1, 0] + zeros)
        let more = [UInt8](repeating: 7, count: 65536)
        #expect(
            FrameEncoder.frame(opcode: .binary, payload: more) == [0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0] + more)
    }

    @Test("RFC 6455 section 5.7: a client's header and a first fragment")
    func masked() {
        var bytes: [UInt8] = [0xaa]
        FrameEncoder.appendHeader(opcode: .text, payloadLength: 5, maskingKey: 0x3d21_fa37, to: &bytes)
        #expect(bytes == [0xaa, 0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d])
        bytes = []
        FrameEncoder.appendHeader(opcode: .text, fin: false, rsv: 4, payloadLength: 3, to: &bytes)
        #expect(bytes == [0x41, 0x03])
    }

    @Test("What is encoded is decoded, at every form of the length", arguments: Self.lengths, Opcode.allCases)
    func roundTrip(length: Int, opcode: Opcode) {
        guard !opcode.isControl || length <= 125 else { return }
        for fin in opcode.isControl ? [true] : [true, false] {
            for key: UInt32? in [nil, 0, 0x8765_4321] {
                for rsv: UInt8 in opcode == .text || opcode == .binary ? [0, 4, 7] : [0] {
                    Self.check(length: length, opcode: opcode, fin: fin, key: key, rsv: rsv)
                }
            }
        }
    }

    static func check(length: Int, opcode: Opcode, fin: Bool, key: UInt32?, rsv: UInt8) {
        var bytes: [UInt8] = []
        FrameEncoder.appendHeader(
            opcode: opcode, fin: fin, rsv: rsv, payloadLength: length, maskingKey: key, to: &bytes)
        #expect(FrameEncoder.headerLength(payloadLength: length, masked: key != nil) == bytes.count)

        var target = [UInt8](repeating: 0x55, count: 20)
        let written = target.withUnsafeMutableBytes {
            FrameEncoder.writeHeader(
                opcode: opcode, fin: fin, rsv: rsv, payloadLength: length, maskingKey: key, into: $0)
        }
        #expect(target == bytes + [UInt8](repeating: 0x55, count: 20 - written))

        let header = FrameHeader(
            fin: fin, rsv: rsv, opcode: opcode, maskingKey: key, payloadLength: length,
            headerLength: bytes.count)
        let decoder = FrameDecoder(role: key == nil ? .client : .server, maxPayload: length, allowedRSV: 7)
        #expect(decoder.verdict(bytes) == .success(header))
    }

    @Test("The largest length there is")
    func largest() {
        var bytes: [UInt8] = []
        FrameEncoder.appendHeader(opcode: .binary, payloadLength: .max, maskingKey: 1, to: &bytes)
        #expect(bytes == [0x82, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 0, 0, 0])
    }
}
