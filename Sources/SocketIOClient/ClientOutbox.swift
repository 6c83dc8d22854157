internal import EngineIOProtocol
internal import NIOCore

/// What waits for a client's transport, in order.
struct ClientOutbox {
    private struct Entry {
        let packet: OutgoingPacket
        let promise: EventLoopPromise<Void>?
    }

    /// Packets in one POST: python-engineio refuses a payload of more.
    private static let maxPackets = 16

    private var entries: [Entry] = []
    private(set) var byteCount = 0

    var isEmpty: Bool { entries.isEmpty }

    /// Adds packets that belong together; the promise is that of the last one.
    mutating func append(_ packets: [OutgoingPacket], promise: EventLoopPromise<Void>?) {
        for (index, packet) in packets.enumerated() {
            byteCount += packet.byteCount
            entries.append(Entry(packet: packet, promise: index == packets.count - 1 ? promise : nil))
        }
    }

    /// Everything.
    mutating func takeAll() -> (packets: [OutgoingPacket], promises: [EventLoopPromise<Void>]) {
        defer {
            entries = []
            byteCount = 0
        }
        return (entries.map(\.packet), entries.compactMap(\.promise))
    }

    /// As many packets as fit a POST body of `maxBytes`, one at least (Engine.IO, `maxPayload`).
    mutating func takePayload(maxBytes: Int) -> (payload: [UInt8], promises: [EventLoopPromise<Void>]) {
        var encoder = PayloadEncoder()
        var promises: [EventLoopPromise<Void>] = []
        var count = 0
        for entry in entries {
            let length: Int
            switch entry.packet {
            case .text(let bytes): length = bytes.count
            case .binary(let bytes): length = 1 + (bytes.count + 2) / 3 * 4
            }
            guard count == 0 || (count < Self.maxPackets && encoder.bytes.count + 1 + length <= maxBytes)
            else {
                break
            }
            switch entry.packet {
            case .text(let bytes): encoder.append(text: bytes)
            case .binary(let bytes): encoder.append(binary: bytes)
            }
            if let promise = entry.promise { promises.append(promise) }
            byteCount -= entry.packet.byteCount
            count += 1
        }
        entries.removeFirst(count)
        return (encoder.bytes, promises)
    }
}
