internal import WebSocketProtocol

/// A message or control frame, as an application sees it.
enum Received: Equatable {
    case text([UInt8])
    case binary([UInt8])
    case ping([UInt8])
    case pong([UInt8])
    case close(ClosePayload)
}

/// The smallest driver: buffers what arrives and takes frame after frame through the whole room.
struct FrameReader: ~Copyable {
    private let decoder: FrameDecoder
    private var assembler: MessageAssembler
    private var validator = UTF8Validator()
    private var buffer: [UInt8] = []
    private var openKind = MessageKind.text
    private var collected: [UInt8] = []
    private(set) var received: [Received] = []

    init(role: Role, maxMessage: Int, maxFragments: Int = 1024) {
        self.decoder = FrameDecoder(role: role, maxPayload: maxMessage)
        self.assembler = MessageAssembler(maxMessage: maxMessage, maxFragments: maxFragments)
    }

    mutating func read(_ bytes: ArraySlice<UInt8>) throws(WebSocketViolation) {
        self.buffer += bytes
        while let header = try self.decoder.decodeHeader(self.buffer.span),
            self.buffer.count >= header.headerLength + header.payloadLength
        {
            var payload = Array(self.buffer[header.headerLength...].prefix(header.payloadLength))
            self.buffer.removeFirst(header.headerLength + header.payloadLength)
            if let key = header.maskingKey {
                var span = payload.mutableSpan
                Masking.apply(key: key, offset: 0, to: &span)
            }
            try self.take(payload, try self.assembler.receive(header))
        }
    }

    private mutating func take(_ payload: [UInt8], _ order: OnFrame) throws(WebSocketViolation) {
        switch order {
        case .message(let kind), .lastFragment(let kind):
            try self.collect(payload, kind)
            guard kind == .binary || self.validator.isComplete else { throw .invalidUTF8 }
            self.received.append(kind == .text ? .text(self.collected) : .binary(self.collected))
            self.collected = []
        case .firstFragment(let kind):
            self.openKind = kind
            try self.collect(payload, kind)
        case .fragment: try self.collect(payload, self.openKind)
        case .ping: self.received.append(.ping(payload))
        case .pong: self.received.append(.pong(payload))
        case .close: self.received.append(.close(try ClosePayload.parse(payload.span)))
        }
    }

    private mutating func collect(_ payload: [UInt8], _ kind: MessageKind) throws(WebSocketViolation) {
        self.collected += payload
        if kind == .text, !self.validator.feed(payload.span) { throw .invalidUTF8 }
    }
}
