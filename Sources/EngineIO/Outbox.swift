internal import EngineIOProtocol

/// The packets that wait for a session's transport, in order, counted in bytes and bounded.
struct Outbox {
    private var entries: [OutboxEntry] = []
    /// Entries before this one have been taken.
    private var head = 0
    /// Bytes that wait.
    private(set) var byteCount = 0
    /// Packets that may be dropped, so that nobody looks for them in vain.
    private var volatileCount = 0

    var isEmpty: Bool { head == entries.count }

    /// Packets that wait.
    var count: Int { entries.count - head }

    mutating func append(_ packet: OutgoingPacket, _ options: SendOptions = []) {
        byteCount += packet.byteCount
        if options.isDroppable { volatileCount += 1 }
        entries.append(OutboxEntry(packet, options))
    }

    /// Everything that waits; the outbox is empty afterwards and keeps no memory.
    mutating func takeAll() -> [OutboxEntry] {
        let all = head == 0 ? entries : Array(entries[head...])
        entries = []
        head = 0
        byteCount = 0
        volatileCount = 0
        return all
    }

    /// The first packets, as many as `bytes` allow, at least one when there is any.
    mutating func take(upTo bytes: Int) -> [OutboxEntry] {
        guard byteCount > bytes else { return takeAll() }
        var end = head
        var taken = 0
        while end < entries.count {
            let next = entries[end].packet.byteCount
            guard end == head || taken + next <= bytes else { break }
            taken += next
            end += 1
        }
        // An attachment whose packet has left can only follow it.
        while end < entries.count, entries[end].options.contains(.follows) {
            taken += entries[end].packet.byteCount
            end += 1
        }
        guard end < entries.count else { return takeAll() }
        let first = Array(entries[head..<end])
        if volatileCount > 0 { volatileCount -= first.count { $0.options.isDroppable } }
        head = end
        byteCount -= taken
        // Moved now and then, so that a long queue is not moved for each piece.
        if head > entries.count / 2 {
            entries.removeFirst(head)
            head = 0
        }
        return first
    }

    /// Drops the first packet that may be dropped, with its attachments.
    ///
    /// - Returns: false when there is none.
    mutating func dropOldestVolatile() -> Bool {
        guard volatileCount > 0,
            let first = entries[head...].firstIndex(where: { $0.options.isDroppable })
        else { return false }
        var end = first + 1
        while end < entries.count, entries[end].options.contains(.follows) { end += 1 }
        for entry in entries[first..<end] { byteCount -= entry.packet.byteCount }
        entries.removeSubrange(first..<end)
        volatileCount -= 1
        return true
    }
}

extension SendOptions {
    fileprivate var isDroppable: Bool { contains(.volatile) && !contains(.follows) }
}
