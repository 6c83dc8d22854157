internal import ChatDomain
internal import SocketIOCore

/// Who is there, and who wants to know it: a value without I/O.
///
/// What a step costs grows with what changed and with who watches that, never with the number of connections.
struct PresenceTable: Sendable {
    /// What a person is, as far as their devices tell. The raw value is the word on the wire.
    enum State: String, Sendable {
        case on
        case idle
        case off
    }

    /// A person's state, and when they were last there.
    struct Entry: Equatable, Sendable {
        let user: UserID
        let state: State
        let seen: Timestamp?
    }

    /// What a tick has to say.
    struct Tick: Equatable, Sendable {
        /// What each watching socket is told.
        var news: [SocketID: [Entry]] = [:]
        /// Who went off, and when.
        var gone: [Entry] = []
    }

    /// Milliseconds after which somebody without a connection is off: as long as a page takes to load again.
    static let grace: Int64 = 15_000

    private struct Person: Sendable {
        /// The person's sockets, and whether nobody uses the device.
        var sockets: [SocketID: Bool] = [:]
        /// When the last connection ended.
        var leftAt: Timestamp?
        /// What watchers were told.
        var told: State = .off

        var state: State {
            if sockets.isEmpty { return leftAt == nil ? .off : told }
            return sockets.values.contains(false) ? .on : .idle
        }
    }

    private var people: [UserID: Person] = [:]
    private var owners: [SocketID: UserID] = [:]
    private var watching: [SocketID: Set<UserID>] = [:]
    private var watchers: [UserID: Set<SocketID>] = [:]
    private var changed: Set<UserID> = []
    /// Who lost the last connection, in the order of time.
    private var leaving: [(user: UserID, at: Timestamp)] = []

    // MARK: - Coming and going

    mutating func connect(_ socket: SocketID, of user: UserID) {
        owners[socket] = user
        people[user, default: Person()].sockets[socket] = false
        people[user]?.leftAt = nil
        changed.insert(user)
    }

    mutating func disconnect(_ socket: SocketID, at now: Timestamp) {
        guard let user = owners.removeValue(forKey: socket) else { return }
        replaceWatched(of: socket, with: [])
        people[user]?.sockets[socket] = nil
        if people[user]?.sockets.isEmpty == true {
            people[user]?.leftAt = now
            leaving.append((user, now))
        } else {
            changed.insert(user)
        }
    }

    mutating func setIdle(_ isIdle: Bool, _ socket: SocketID) {
        guard let user = owners[socket] else { return }
        people[user]?.sockets[socket] = isIdle
        changed.insert(user)
    }

    // MARK: - Watching

    /// From now on the socket is told of these people, and of nobody else.
    mutating func watch(_ users: Set<UserID>, _ socket: SocketID) {
        guard owners[socket] != nil else { return }
        replaceWatched(of: socket, with: users)
    }

    /// What a person is at this moment.
    func state(of user: UserID) -> State { people[user]?.state ?? .off }

    /// Whom the sockets of a person watch.
    func watched(by user: UserID) -> [SocketID: Set<UserID>] {
        var lists: [SocketID: Set<UserID>] = [:]
        for socket in people[user]?.sockets.keys ?? [:].keys { lists[socket] = watching[socket] }
        return lists
    }

    /// Which people watch a person, with their sockets.
    func watchers(of user: UserID) -> [UserID: [SocketID]] {
        Dictionary(grouping: watchers[user] ?? []) { owners[$0] ?? user }
    }

    /// The socket is told of this person no more.
    mutating func unwatch(_ user: UserID, _ socket: SocketID) {
        guard var list = watching[socket] else { return }
        list.remove(user)
        replaceWatched(of: socket, with: list)
    }

    private mutating func replaceWatched(of socket: SocketID, with users: Set<UserID>) {
        for user in watching[socket] ?? [] {
            watchers[user]?.remove(socket)
            if watchers[user]?.isEmpty == true { watchers[user] = nil }
        }
        watching[socket] = users.isEmpty ? nil : users
        for user in users { watchers[user, default: []].insert(socket) }
    }

    // MARK: - Time

    /// What changed since the last tick, once for each person.
    mutating func tick(at now: Timestamp) -> Tick {
        var tick = Tick()
        let over = leaving.prefix { now.milliseconds(since: $0.at) >= Self.grace }
        for (user, at) in over where people[user]?.leftAt == at {
            people[user] = nil
            tell(Entry(user: user, state: .off, seen: at), in: &tick)
            tick.gone.append(Entry(user: user, state: .off, seen: at))
        }
        leaving.removeFirst(over.count)
        for user in changed {
            guard let person = people[user], !person.sockets.isEmpty, person.state != person.told else {
                continue
            }
            people[user]?.told = person.state
            tell(Entry(user: user, state: person.state, seen: nil), in: &tick)
        }
        changed = []
        return tick
    }

    /// Everybody who is there now or was a moment ago: for the end of the process.
    func present(at now: Timestamp) -> [Entry] {
        people.map { Entry(user: $0, state: .off, seen: $1.leftAt ?? now) }
    }

    private func tell(_ entry: Entry, in tick: inout Tick) {
        for socket in watchers[entry.user] ?? [] { tick.news[socket, default: []].append(entry) }
    }
}
