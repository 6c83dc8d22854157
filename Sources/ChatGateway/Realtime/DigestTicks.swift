internal import ChatDomain
internal import ChatService
internal import Logging
internal import SocketIO
internal import Synchronization

/// Tells everybody who is connected, once in a period, what their clients must agree with: the `tick` event.
///
/// Nothing is done for a message: a person's digest is computed when their turn comes, from a few numbers for each
/// conversation. Turns are spread over the period, so that the store is asked a little each second.
final class DigestTicks: Sendable {
    /// Seconds between two ticks of a person.
    static let period = 30
    /// People whose digests are read from one snapshot.
    private static let batch = 50

    private let chat: Chat
    private let logger: Logger
    /// Sockets of each person who is connected.
    private let sockets = Mutex<[UserID: Int]>([:])

    init(_ chat: Chat, logger: Logger) {
        self.chat = chat
        self.logger = logger
    }

    private let missed = Atomic(0)

    /// A client asked for everything because its digest was another one, twice.
    func mismatched() { missed.add(1, ordering: .relaxed) }

    /// How often that was.
    var mismatches: Int { missed.load(ordering: .relaxed) }

    /// A socket of the person joined.
    func joined(_ user: UserID) {
        sockets.withLock { $0[user, default: 0] += 1 }
    }

    /// A socket of the person has gone.
    func gone(_ user: UserID) {
        sockets.withLock { sockets in
            let left = (sockets[user] ?? 1) - 1
            sockets[user] = left > 0 ? left : nil
        }
    }

    /// Who is connected: people and programs, and their sockets.
    var connected: (people: Int, sockets: Int) {
        sockets.withLock { ($0.count, $0.values.reduce(0, +)) }
    }

    /// Tells those whose turn it is in this second of the period.
    func tick(second: Int, to audience: Audience) async {
        let turn = UInt128(max(second, 0) % Self.period)
        let people = sockets.withLock { sockets in
            sockets.keys.filter { $0.bits % UInt128(Self.period) == turn }
        }
        for start in stride(from: 0, to: people.count, by: Self.batch) {
            do {
                let part = people[start..<min(start + Self.batch, people.count)]
                for (user, digest) in try await chat.digests(of: Array(part)) {
                    audience.emit(
                        ChatEvents.tick, .init(dig: digest.description), to: [ChatRooms.user(user)])
                }
            } catch {
                // The store has other things to do; the next turn is half a minute away.
                logger.debug("a tick was left out", metadata: ["error": "\(error)"])
                return
            }
        }
    }
}
