internal import ChatDomain
internal import ChatService
internal import Logging
internal import SocketIO

/// What the chat counts, for Prometheus, beside what the Socket.IO server counts.
struct ChatMetrics: Sendable {
    let chat: Chat
    let ticks: DigestTicks
    let logger: Logger

    /// The metrics as they are now. When the store has no time, those that it would have to count are left out.
    func families() async -> [MetricFamily] {
        let connected = ticks.connected
        var families = [
            gauge(
                "parley_people_connected", "People and bots with at least one connection.", connected.people),
            counter(
                "parley_digest_mismatches_total",
                "Clients that noticed by the tick that they had missed something.", ticks.mismatches),
        ]
        do {
            let health = try await chat.health()
            families += counts(health.counts) + writing(health.activity)
        } catch {
            logger.warning("the chat could not be counted", metadata: ["error": "\(error)"])
        }
        return families
    }

    private func counts(_ counts: StoreCounts) -> [MetricFamily] {
        let waiting = counts.waiting
        return [
            gauge("parley_people", "Accounts in use.", counts.people),
            gauge("parley_rooms", "Public and private rooms.", counts.rooms),
            gauge("parley_messages", "Messages that are kept.", Int(counts.messages)),
            gauge("parley_database_bytes", "Size of the database.", Int(counts.bytes)),
            gauge("parley_files_bytes", "Size of all uploaded files.", Int(counts.fileBytes)),
            MetricFamily(
                "parley_waiting", .gauge, "Work that is done later, by kind.",
                [
                    .init(waiting.deliveries, ("kind", "deliveries")),
                    .init(waiting.pushes, ("kind", "pushes")),
                    .init(waiting.previews, ("kind", "previews")),
                    .init(waiting.indexing, ("kind", "indexing")),
                ]),
        ]
    }

    private func writing(_ activity: WriteActivity) -> [MetricFamily] {
        [
            gauge("parley_write_queue", "Writes that wait for the writing thread.", activity.waiting),
            MetricFamily(
                "parley_writes_total", .counter, "Writes by what became of them.",
                [
                    .init(activity.writes, ("result", "kept")),
                    .init(activity.refusedWrites, ("result", "refused")),
                    .init(activity.rejected, ("result", "busy")),
                ]),
            MetricFamily(
                "parley_commits_total", .counter, "Transactions, each one fsync for all its writes.",
                [
                    .init(activity.commits, ("result", "kept")),
                    .init(activity.failedCommits, ("result", "failed")),
                ]),
            MetricFamily(
                "parley_write_seconds", "From a write's arrival until it is on disk.",
                .init(
                    bounds: WriteDelays.bounds, counts: activity.delays.counts, sum: activity.delays.sum)),
        ]
    }

    private func gauge(_ name: String, _ help: String, _ value: Int) -> MetricFamily {
        MetricFamily(name, .gauge, help, [.init(value)])
    }

    private func counter(_ name: String, _ help: String, _ value: Int) -> MetricFamily {
        MetricFamily(name, .counter, help, [.init(value)])
    }
}
