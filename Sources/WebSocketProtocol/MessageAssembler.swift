/// Governs the order of frames: which may follow which, and how large a message may grow (RFC 6455 sections
/// 5.4, 5.5 and 10.4). It counts; the driver holds the bytes.
///
/// ```
///   text, binary with FIN: message                      continuation without FIN: fragment
///   ping, pong                                          ping, pong
///        +---+                                               +---+
///        v   |       text, binary without FIN:               v   |
///   +----------+          firstFragment                +----------------+
///   |   idle   | ------------------------------------> |   collecting   |
///   +----------+ <------------------------------------ +----------------+
///      |    |    continuation with FIN: lastFragment       |        |
///      |    +------ violation ------+----- violation ------+        |
///      | close                      v                               | close
///      |                       +---------+                          |
///      |                       | failed  | (every frame)            |
///      v                       +---------+                          |
///   +----------+   any frame        ^                               |
///   |  closed  | -------------------+                               |
///   +----------+ <--------------------------------------------------+
/// ```
///
/// Departures from the RFC: it lets a receiver discard what follows a close (section 1.4); here that is a
/// violation, for the driver stops reading at the close. A failed assembler repeats its first violation for
/// every frame. A message has a limit on its fragments as well as on its bytes, since a million empty
/// fragments cost more than a megabyte of payload.
public struct MessageAssembler: ~Copyable, Sendable {
    private enum State: ~Copyable {
        case idle
        case collecting(MessageKind, bytes: Int, fragments: Int)
        case closed
        case failed(WebSocketViolation)
    }

    private struct Limits {
        var bytes: Int
        var fragments: Int
    }

    private var state: State
    private let limits: Limits

    /// - Parameters:
    ///   - maxMessage: the largest message in bytes, over all its fragments.
    ///   - maxFragments: the largest number of frames in a fragmented message, empty ones counted.
    public init(maxMessage: Int, maxFragments: Int = 1024) {
        self.init(.idle, Limits(bytes: maxMessage, fragments: maxFragments))
    }

    private init(_ state: consuming State, _ limits: Limits) {
        self.state = state
        self.limits = limits
    }

    /// A frame's header arrived: what is its payload?
    ///
    /// - Throws: the rule that the frame breaks by coming now, or by its size; from then on for every frame.
    public mutating func receive(_ header: FrameHeader) throws(WebSocketViolation) -> OnFrame {
        switch header.opcode {
        case .text: try self.receiveStart(.text, header)
        case .binary: try self.receiveStart(.binary, header)
        case .continuation: try self.receiveContinuation(header)
        case .ping: try self.receiveBetween(.ping)
        case .pong: try self.receiveBetween(.pong)
        case .close: try self.receiveClose()
        }
    }

    /// The first or only frame of a message.
    private mutating func receiveStart(
        _ kind: MessageKind, _ header: FrameHeader
    ) throws(WebSocketViolation) -> OnFrame {
        switch consume self.state {
        case .idle:
            guard header.payloadLength <= self.limits.bytes else {
                self = Self(.failed(.messageTooBig), self.limits)
                throw .messageTooBig
            }
            guard !header.fin else {
                self = Self(.idle, self.limits)
                return .message(kind)
            }
            guard self.limits.fragments >= 1 else {
                self = Self(.failed(.tooManyFragments), self.limits)
                throw .tooManyFragments
            }
            self = Self(.collecting(kind, bytes: header.payloadLength, fragments: 1), self.limits)
            return .firstFragment(kind)
        case .collecting:
            self = Self(.failed(.messageInterrupted), self.limits)
            throw .messageInterrupted
        case .closed:
            self = Self(.failed(.frameAfterClose), self.limits)
            throw .frameAfterClose
        case .failed(let violation):
            self = Self(.failed(violation), self.limits)
            throw violation
        }
    }

    /// A further frame of the open message.
    private mutating func receiveContinuation(
        _ header: FrameHeader
    ) throws(WebSocketViolation) -> OnFrame {
        switch consume self.state {
        case .idle:
            self = Self(.failed(.continuationWithoutStart), self.limits)
            throw .continuationWithoutStart
        case .collecting(let kind, let bytes, let fragments):
            guard fragments < self.limits.fragments else {
                self = Self(.failed(.tooManyFragments), self.limits)
                throw .tooManyFragments
            }
            let (total, overflow) = bytes.addingReportingOverflow(header.payloadLength)
            guard !overflow, total <= self.limits.bytes else {
                self = Self(.failed(.messageTooBig), self.limits)
                throw .messageTooBig
            }
            guard !header.fin else {
                self = Self(.idle, self.limits)
                return .lastFragment(kind)
            }
            self = Self(.collecting(kind, bytes: total, fragments: fragments + 1), self.limits)
            return .fragment
        case .closed:
            self = Self(.failed(.frameAfterClose), self.limits)
            throw .frameAfterClose
        case .failed(let violation):
            self = Self(.failed(violation), self.limits)
            throw violation
        }
    }

    /// A ping or pong: allowed between messages and between fragments, and changes nothing.
    private mutating func receiveBetween(_ order: OnFrame) throws(WebSocketViolation) -> OnFrame {
        switch consume self.state {
        case .idle:
            self = Self(.idle, self.limits)
            return order
        case .collecting(let kind, let bytes, let fragments):
            self = Self(.collecting(kind, bytes: bytes, fragments: fragments), self.limits)
            return order
        case .closed:
            self = Self(.failed(.frameAfterClose), self.limits)
            throw .frameAfterClose
        case .failed(let violation):
            self = Self(.failed(violation), self.limits)
            throw violation
        }
    }

    /// The peer's close frame; it may cut a message short.
    private mutating func receiveClose() throws(WebSocketViolation) -> OnFrame {
        switch consume self.state {
        case .idle:
            self = Self(.closed, self.limits)
            return .close
        case .collecting:
            self = Self(.closed, self.limits)
            return .close
        case .closed:
            self = Self(.failed(.frameAfterClose), self.limits)
            throw .frameAfterClose
        case .failed(let violation):
            self = Self(.failed(violation), self.limits)
            throw violation
        }
    }
}
