internal import SocketIOCore

/// What is kept of a socket beside its rooms, so that it can be made again.
struct SocketMemory: Sendable {
    /// The state, of the namespace's type.
    let state: any Sendable
    /// What ``AnySocket/setData(_:)`` was given last.
    let dataJSON: [UInt8]?
    /// Makes the socket anew, with the state that it had.
    let make: @Sendable (Handshake, Connection, SocketID) -> AnySocket
}
