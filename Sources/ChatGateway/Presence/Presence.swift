internal import ChatDomain
internal import ChatService
internal import SocketIO
internal import SocketIOCore
internal import Synchronization

/// Tells people who is there, of those with whom they share a conversation.
final class Presence: Sendable {
    /// People watched by one socket.
    static let watchedPeople = 200
    /// People whose watchers are looked at again in one beat.
    private static let checksPerBeat = 20

    private struct State: Sendable {
        var table = PresenceTable()
        /// Who lost a membership: perhaps they share no conversation any more with whom they watch.
        var suspects: Set<UserID> = []
    }

    private let chat: Chat
    private let state = Mutex(State())

    init(_ chat: Chat) { self.chat = chat }

    func connected(_ socket: SocketID, _ user: UserID) {
        state.withLock { $0.table.connect(socket, of: user) }
    }

    func disconnected(_ socket: SocketID) {
        state.withLock { $0.table.disconnect(socket, at: chat.now) }
    }

    func setIdle(_ isIdle: Bool, _ socket: SocketID) {
        state.withLock { $0.table.setIdle(isIdle, socket) }
    }

    /// Whether somebody uses a device now.
    func isThere(_ user: UserID) -> Bool {
        state.withLock { $0.table.state(of: user) == .on }
    }

    /// Somebody is no longer in a conversation.
    func membershipEnded(of user: UserID) {
        state.withLock { _ = $0.suspects.insert(user) }
    }

    /// Replaces whom the socket watches; what they are now. Strangers are left out without a word.
    func watch(_ users: [UserID], _ socket: SocketID, of user: UserID) async throws(ChatError)
        -> [PresenceTable.Entry]
    {
        let known = try await chat.acquaintances(of: user, among: users)
        return state.withLock { state in
            state.table.watch(Set(known.map(\.user)), socket)
            return known.map { acquaintance in
                let now = state.table.state(of: acquaintance.user)
                return PresenceTable.Entry(
                    user: acquaintance.user, state: now, seen: now == .off ? acquaintance.seen : nil)
            }
        }
    }

    /// One beat a second: who came and went since the last one.
    func beat(_ audience: Audience) async throws(ChatError) {
        try await checkSuspects()
        let tick = state.withLock { $0.table.tick(at: chat.now) }
        for (socket, entries) in tick.news {
            audience.emit(
                ChatEvents.presence, .init(list: entries.map { WirePresence($0) }), to: [Room(socket)])
        }
        try await record(tick.gone)
    }

    /// The process ends: everybody who is there was last seen now.
    func end() async throws(ChatError) {
        try await record(state.withLock { $0.table.present(at: chat.now) })
    }

    private func record(_ entries: [PresenceTable.Entry]) async throws(ChatError) {
        let seen = entries.compactMap { entry in entry.seen.map { (user: entry.user, at: $0) } }
        try await chat.recordSeen(seen)
    }

    private func checkSuspects() async throws(ChatError) {
        let suspects = state.withLock { state in
            let some = Array(state.suspects.prefix(Self.checksPerBeat))
            state.suspects.subtract(some)
            return some
        }
        for suspect in suspects {
            let (lists, watchers) = state.withLock {
                ($0.table.watched(by: suspect), $0.table.watchers(of: suspect))
            }
            for (socket, list) in lists {
                let known = try await chat.acquaintances(of: suspect, among: Array(list), isAsked: false)
                let strangers = list.subtracting(known.map(\.user))
                state.withLock { state in
                    for stranger in strangers { state.table.unwatch(stranger, socket) }
                }
            }
            for (watcher, sockets) in watchers {
                guard try await chat.acquaintances(of: watcher, among: [suspect], isAsked: false).isEmpty
                else { continue }
                state.withLock { state in
                    for socket in sockets { state.table.unwatch(suspect, socket) }
                }
            }
        }
    }
}

/// `[user, state, last seen]`.
struct WirePresence: Codable, Sendable {
    let user: String
    let state: String
    let seen: Int64?

    init(_ entry: PresenceTable.Entry) {
        user = entry.user.description
        state = entry.state.rawValue
        seen = entry.seen?.milliseconds
    }

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        user = try container.decode(String.self)
        state = try container.decode(String.self)
        seen = try container.decodeNil() ? nil : container.decode(Int64.self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(user)
        try container.encode(state)
        if let seen { try container.encode(seen) } else { try container.encodeNil() }
    }
}
