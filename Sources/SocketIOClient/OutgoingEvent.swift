internal import EngineIOProtocol
internal import NIOCore
internal import SocketIOProtocol

/// An event of ours on its way out, and who waits for what of it. Confined to the event loop once it is
/// given to its socket.
final class OutgoingEvent: @unchecked Sendable {
    let name: String
    let arguments: EncodedArguments
    var isVolatile = false
    /// Waits until the transport has taken it.
    var written: Waiter<Void>?
    /// Waits for the ack.
    var answer: Waiter<EventArguments>?
    var ackTimeout: TimeAmount?
    /// The ack id that it was sent with last.
    var ackID: UInt64?
    /// Which try of the retry queue is under way.
    var retryNumber: UInt64?
    var retryTimer: Scheduled<Void>?

    init(name: String, arguments: EncodedArguments) {
        self.name = name
        self.arguments = arguments
    }

    var byteCount: Int {
        name.utf8.count + arguments.json.count + arguments.attachments.reduce(0) { $0 + $1.count }
    }

    /// The messages on the wire.
    func packets(namespace: String) -> [OutgoingPacket] {
        let text = PacketEncoder.event(
            namespace: namespace, ackID: ackID, name: name, argumentsJSON: arguments.json,
            attachmentCount: arguments.attachments.count)
        return [.text(text)] + arguments.attachments.map { .binary($0) }
    }

    func fail(_ error: any Error) {
        retryTimer?.cancel()
        retryTimer = nil
        written?.fail(error)
        answer?.fail(error)
    }
}
