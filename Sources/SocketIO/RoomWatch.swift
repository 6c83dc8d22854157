internal import SocketIOCore
internal import Synchronization

/// Tells of a namespace's rooms in this process: the reference's `create-room`, `join-room`, `leave-room`, `delete-room`.
///
/// A room is on as many event loops as it has sockets on; it comes with the first of them and goes with the last.
/// As in the reference, the room of a socket's own id is a room like any other.
final class RoomWatch: Sendable {
    struct Handlers: Sendable {
        var created: [@Sendable (Room) -> Void] = []
        var deleted: [@Sendable (Room) -> Void] = []
        var joined: [@Sendable (Room, SocketID) -> Void] = []
        var left: [@Sendable (Room, SocketID) -> Void] = []
    }

    private struct State {
        var handlers = Handlers()
        /// On how many loops a room is.
        var loops: [Room: Int] = [:]
    }

    private let state = Mutex(State())

    func register(_ change: @Sendable (inout Handlers) -> Void) {
        state.withLock { change(&$0.handlers) }
    }

    /// A room was there before anybody wanted to know.
    func found(_ room: Room) {
        state.withLock { $0.loops[room, default: 0] += 1 }
    }

    func joined(_ room: Room, _ socket: SocketID, isFirstHere: Bool) {
        let (handlers, isNew) = state.withLock { state in
            guard isFirstHere else { return (state.handlers, false) }
            state.loops[room, default: 0] += 1
            return (state.handlers, state.loops[room] == 1)
        }
        if isNew { for handler in handlers.created { handler(room) } }
        for handler in handlers.joined { handler(room, socket) }
    }

    func left(_ room: Room, _ socket: SocketID, wasLastHere: Bool) {
        let (handlers, isGone) = state.withLock { state in
            guard wasLastHere, let loops = state.loops[room] else { return (state.handlers, false) }
            state.loops[room] = loops > 1 ? loops - 1 : nil
            return (state.handlers, loops <= 1)
        }
        for handler in handlers.left { handler(room, socket) }
        if isGone { for handler in handlers.deleted { handler(room) } }
    }
}
