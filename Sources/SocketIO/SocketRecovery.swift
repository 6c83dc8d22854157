internal import SocketIOCore

/// What a socket remembers so that it can be made again; only there while recovery is on. Confined to the
/// socket's loop.
final class SocketRecovery {
    /// What the client proves with that it is the same.
    let pid: String
    /// Nothing up to here was for the socket, or its client has it.
    let startedAt: UInt64
    /// The last event with an offset that was sent.
    var lastSent: UInt64
    /// The rooms of the past.
    var history: RoomHistory

    init(pid: String, startedAt: UInt64, lastSent: UInt64, history: RoomHistory) {
        self.pid = pid
        self.startedAt = startedAt
        self.lastSent = lastSent
        self.history = history
    }
}
