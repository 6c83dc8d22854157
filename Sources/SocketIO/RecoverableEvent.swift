internal import EngineIOProtocol
internal import SocketIOCore
internal import Synchronization

/// An event with its place in the log: encoded when the first loop delivers it, once for all of them and for
/// those who get it later.
final class RecoverableEvent: Sendable {
    private enum Form {
        case event(EventPacket)
        case encoded([OutgoingPacket])
    }

    let options: BroadcastOptions
    /// Where the log stood when it was sent; for an event that is kept, its own place.
    let position: UInt64
    /// How many engine packets it makes.
    let packetCount: Int
    /// What it counts against the bounds: its bytes, and something for what is kept with them.
    let byteCount: Int
    private let offset: RecoveryOffset?
    private let form: Mutex<Form>

    /// - Parameter offset: nil for an event that clients shall not take an offset from.
    init(_ event: EventPacket, options: BroadcastOptions, position: UInt64, offset: RecoveryOffset?) {
        self.options = options
        self.position = position
        self.offset = offset
        let attachments = event.arguments.attachments
        packetCount = 1 + attachments.count
        byteCount = attachments.reduce(event.name.utf8.count + event.arguments.json.count + 128) {
            $0 + $1.count
        }
        form = Mutex(.event(event))
    }

    /// The engine packets, the offset at the end of the arguments.
    func messages(of core: NamespaceCore) -> [OutgoingPacket] {
        form.withLock { form in
            switch form {
            case .encoded(let messages): return messages
            case .event(let event):
                let arguments = offset.map { event.arguments.appending($0) } ?? event.arguments
                let messages = core.wire.messages(core.encode(event.name, arguments, ackID: nil))
                form = .encoded(messages)
                return messages
            }
        }
    }
}

extension EncodedArguments {
    /// The arguments and one more, an offset.
    fileprivate func appending(_ offset: RecoveryOffset) -> EncodedArguments {
        var json = self.json
        json.reserveCapacity(json.count + RecoveryOffset.length + 3)
        if !json.isEmpty { json.append(0x2C) }
        json.append(0x22)
        json += offset.bytes
        json.append(0x22)
        return EncodedArguments(json: json, attachments: attachments)
    }
}

extension EventPacket {
    /// Whether the official client takes the event's last argument, or its name, for an offset.
    var looksLikeOffset: Bool { arguments.json.isEmpty || arguments.json.last == 0x22 }
}
