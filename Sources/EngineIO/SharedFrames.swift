internal import EngineIOProtocol
internal import NIOCore

/// The bytes that one session's packets became, for the next session with the same ones: a broadcast is framed once a loop.
///
/// Confined to its event loop. Filled while the loop flushes, empty otherwise.
final class SharedFrames {
    private var entries: [OutboxEntry] = []
    private var form = PacketForm.v4
    private var bytes = ByteBuffer()

    /// The frames of exactly these packets, if they are the ones that were made last.
    func frames(of asked: [OutboxEntry], _ form: PacketForm) -> ByteBuffer? {
        guard asked.count == entries.count, form == self.form else { return nil }
        for (one, other) in zip(asked, entries) where !one.packet.isIdentical(to: other.packet) { return nil }
        return bytes
    }

    func keep(_ frames: ByteBuffer, of entries: [OutboxEntry], _ form: PacketForm) {
        guard entries.allSatisfy({ $0.options.contains(.shared) }) else { return }
        self.entries = entries
        self.form = form
        bytes = frames
    }

    /// The flush is over: nothing is held for the next.
    func forget() {
        guard !entries.isEmpty else { return }
        entries = []
        bytes = ByteBuffer()
    }
}

extension OutgoingPacket {
    /// Whether both are the same bytes in memory, not only equal ones.
    fileprivate func isIdentical(to other: OutgoingPacket) -> Bool {
        switch (self, other) {
        case (.text(let one), .text(let other)), (.binary(let one), .binary(let other)):
            one.count == other.count
                && one.withUnsafeBufferPointer { $0.baseAddress }
                    == other.withUnsafeBufferPointer { $0.baseAddress }
        case (.text, .binary), (.binary, .text): false
        }
    }
}
