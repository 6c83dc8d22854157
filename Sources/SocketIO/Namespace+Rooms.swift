public import SocketIOCore

/// What happens to rooms in this process. The room of a socket's own id counts, as in the reference. Handlers run on the
/// event loop of the socket concerned and must not block; without any, rooms cost nothing more.
extension Namespace {
    /// Called when a room gets its first socket.
    @discardableResult
    public func onRoomCreated(_ handler: @escaping @Sendable (Room) -> Void) -> Self {
        core.watchRooms { $0.created.append(handler) }
        return self
    }

    /// Called when a room has lost its last socket.
    @discardableResult
    public func onRoomDeleted(_ handler: @escaping @Sendable (Room) -> Void) -> Self {
        core.watchRooms { $0.deleted.append(handler) }
        return self
    }

    /// Called when a socket has joined a room.
    @discardableResult
    public func onRoomJoined(_ handler: @escaping @Sendable (Room, SocketID) -> Void) -> Self {
        core.watchRooms { $0.joined.append(handler) }
        return self
    }

    /// Called when a socket has left a room, by itself or because it is gone.
    @discardableResult
    public func onRoomLeft(_ handler: @escaping @Sendable (Room, SocketID) -> Void) -> Self {
        core.watchRooms { $0.left.append(handler) }
        return self
    }
}
