internal import ChatDomain
internal import ChatService
internal import FoundationEssentials

/// What the process knows of itself: its age, its memory, who is connected.
struct ProcessHealth: Sendable {
    let version: String
    let startedAt: Timestamp
    let chat: Chat
    let ticks: DigestTicks

    /// `GET /api/admin/health`.
    struct Report: Encodable, Sendable {
        let version: String
        let uptime: Int64
        let online: Int
        let sockets: Int
        let messages: Int64
        let people: Int
        let rooms: Int
        let dbBytes: Int64
        let filesBytes: Int64
        let writeQueue: Int
        /// Milliseconds: one in a hundred of the last writes took longer from its arrival to the disk.
        let ackP99: Double?
        /// Since the start: transactions, what they held, and the most that one held.
        let commits: Int
        let writes: Int
        let largestBatch: Int
        let rss: Int64?
    }

    func report(_ health: ServerHealth) -> Report {
        let connected = ticks.connected
        return Report(
            version: version, uptime: chat.now.milliseconds(since: startedAt),
            online: connected.people, sockets: connected.sockets,
            messages: health.counts.messages, people: health.counts.people, rooms: health.counts.rooms,
            dbBytes: health.counts.bytes, filesBytes: health.counts.fileBytes,
            writeQueue: health.activity.waiting,
            ackP99: health.activity.delays.slowest.map { Double($0 / 1_000) / 1_000 },
            commits: health.activity.commits, writes: health.activity.writes,
            largestBatch: health.activity.largestBatch, rss: Self.residentBytes())
    }

    /// The memory of this process that is in use now; nil where the system does not tell (`/proc/self/status`).
    static func residentBytes() -> Int64? {
        guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
        for line in String(decoding: status, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix("VmRSS:") {
            let kibibytes = line.split(separator: " ").dropFirst().compactMap { Int64($0) }.first
            return kibibytes.map { $0 << 10 }
        }
        return nil
    }
}
