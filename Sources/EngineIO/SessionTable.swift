internal import Synchronization

/// The live sessions by sid. A request may arrive on any event loop, so the table is shared:
/// sixteen dictionaries, each in a lock of its own. Asked by HTTP requests, never by packets.
final class SessionTable: Sendable {
    private struct Shard: ~Copyable {
        let sessions = Mutex<[String: EngineSession]>([:])
    }

    private let shards: [ShardBox]

    private final class ShardBox: Sendable {
        let shard = Shard()
    }

    init() {
        shards = (0..<16).map { _ in ShardBox() }
    }

    private func shard(of sid: String) -> ShardBox {
        shards[Int(sid.utf8.last ?? 0) & 15]
    }

    subscript(sid: String) -> EngineSession? {
        shard(of: sid).shard.sessions.withLock { $0[sid] }
    }

    /// Whether the session is in the table now: not if its id is in use.
    func insert(_ session: EngineSession) -> Bool {
        shard(of: session.id).shard.sessions.withLock { sessions in
            guard sessions[session.id] == nil else { return false }
            sessions[session.id] = session
            return true
        }
    }

    /// Whether the session was in the table until now.
    @discardableResult
    func remove(_ sid: String) -> Bool {
        shard(of: sid).shard.sessions.withLock { $0.removeValue(forKey: sid) != nil }
    }

    var all: [EngineSession] {
        shards.flatMap { $0.shard.sessions.withLock { Array($0.values) } }
    }

    var count: Int {
        shards.reduce(0) { $0 + $1.shard.sessions.withLock { $0.count } }
    }
}
