internal import SocketIOCore

/// What clients say about sessions that they lost: an offset that is read is written the same, and no claim gets
/// somebody else's session.
enum FuzzRecovery {
    static func test(_ input: [UInt8]) {
        let lines = input.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let pid = String(decoding: lines[0], as: UTF8.self)
        let text = lines.count > 1 ? String(decoding: lines[1], as: UTF8.self) : nil
        if let text, let offset = RecoveryOffset(text) {
            precondition(offset.bytes == Array(text.utf8), "an offset that is not written as it was read")
        }
        guard let claim = RecoveryClaim(pid: pid, offset: text) else { return }
        precondition(claim.pid.utf8.count <= RecoveryClaim.maxLength)
        var store = SessionStore<Int, Int>(limits: RecoveryLimits(maxPackets: 4, maxBytes: 100), tag: 5)
        store.connected(SocketID("s"), pid: "secret", place: 0)
        for packet in 0..<6 { _ = store.append(packet, rooms: [], except: [], byteCount: 10, now: 0) }
        store.disconnected(
            RecoverySession(
                id: SocketID("s"), pid: "secret", state: 1, rooms: [], history: RoomHistory(from: 0),
                startedAt: 0, lastSent: 4, endedAt: 4, disconnectedAt: 0), now: 0)
        guard let resumed = store.resume(claim, place: 0, now: 0) else { return }
        precondition(pid == "secret", "a session of somebody else")
        precondition(resumed.resumption.missed.count <= 4, "more than the log holds")
    }
}
