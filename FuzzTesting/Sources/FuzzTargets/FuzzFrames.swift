internal import WebSocketProtocol

/// Frames of both roles: the verdict on a stream may not depend on how its bytes were cut.
enum FuzzFrames {
    static func test(_ bytes: [UInt8]) {
        guard bytes.count > 1 else { return }
        let role: Role = bytes[0] & 1 == 0 ? .server : .client
        let allowedRSV: UInt8 = bytes[0] & 2 == 0 ? 0 : 0b100
        let step = Int(bytes[0] >> 2) + 1
        let stream = Array(bytes.dropFirst())
        let whole = read(stream, step: stream.count, role: role, allowedRSV: allowedRSV)
        let cut = read(stream, step: step, role: role, allowedRSV: allowedRSV)
        precondition(whole == cut, "the verdict depends on how the bytes were cut")
    }
}

private struct Verdict: Equatable {
    var frames: [FrameHeader] = []
    var violation: WebSocketViolation?
}

private func read(_ stream: [UInt8], step: Int, role: Role, allowedRSV: UInt8) -> Verdict {
    let decoder = FrameDecoder(role: role, maxPayload: 4_096, allowedRSV: allowedRSV)
    var assembler = MessageAssembler(maxMessage: 8_192, maxFragments: 16)
    var utf8 = UTF8Validator()
    var verdict = Verdict()
    var position = 0
    var arrived = 0
    while arrived < stream.count {
        arrived = min(stream.count, arrived + step)
        while position < arrived {
            do throws(WebSocketViolation) {
                guard let header = try decoder.decodeHeader(stream.span.extracting(position..<arrived)) else {
                    break
                }
                let payloadStart = position + header.headerLength
                guard header.payloadLength <= arrived - payloadStart else { break }
                let payload = Array(stream[payloadStart..<payloadStart + header.payloadLength])
                let order = try assembler.receive(header)
                if case .firstFragment = order { utf8.reset() }
                switch order {
                case .close: _ = try ClosePayload.parse(payload.span)
                case .message(.text): _ = UTF8Validator.isValid(payload.span)
                case .firstFragment(.text), .fragment: _ = utf8.feed(payload.span)
                case .message(.binary), .firstFragment(.binary), .lastFragment, .ping, .pong: break
                }
                verdict.frames.append(header)
                position = payloadStart + header.payloadLength
            } catch {
                verdict.violation = error
                return verdict
            }
        }
    }
    return verdict
}
