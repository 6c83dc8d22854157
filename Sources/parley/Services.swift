internal import ChatDomain
internal import ChatGateway
internal import ChatService
internal import ChatStoreSQLite
internal import EngineIO
internal import Logging
internal import NIOCore
internal import ServiceLifecycle

/// Serves until the group shuts down; then readiness says no, sockets are closed in good order, what was
/// accepted is written, and the store is closed.
struct ServingService: Service {
    let listener: EngineListener
    let metrics: EngineListener?
    let gateway: ChatGateway
    let store: SQLiteChatStore
    let address: String
    let logger: Logger

    func run() async throws {
        // Said here, when signals are heard already: whoever reads it may end the server in good order.
        print("Parley is at \(address)")
        if let metrics = metrics?.localAddress {
            print("Metrics are at http://\(metrics.ipAddress ?? "localhost"):\(metrics.port ?? 0)/metrics")
        }
        flushOutput()
        try await gracefulShutdown()
        gateway.beginDraining()
        do {
            try await gateway.recordPresence()
        } catch {
            logger.warning("who was there could not be recorded", metadata: ["error": "\(error)"])
        }
        try await listener.shutdown(timeout: .seconds(5))
        try await metrics?.shutdown(timeout: .seconds(1))
        await store.close()
    }
}

/// Ends sessions when their time is over: their sockets are closed then and not at the next round of maintenance.
struct SessionExpiryService: Service {
    let chat: Chat
    let logger: Logger

    /// The clock may be set, and sessions may be made that end earlier than those that are known.
    private static let longestWait: Int64 = 30_000

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var wait: Int64 = 0
            while (try? await Task.sleep(for: .milliseconds(wait))) != nil {
                wait = Self.longestWait
                do {
                    let next = try await chat.endExpiredSessions()
                    let left = next.map { $0.milliseconds(since: chat.now) } ?? wait
                    wait = min(max(left, 1), Self.longestWait)
                } catch {
                    logger.warning(
                        "ending sessions failed, tried again soon", metadata: ["error": "\(error)"])
                }
            }
        }
    }
}

/// Tells people who came and went, once a second.
struct BeatService: Service {
    let gateway: ChatGateway
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Being cancelled is how the waiting ends.
            while (try? await Task.sleep(for: .seconds(1))) != nil {
                do {
                    try await gateway.beat()
                } catch {
                    logger.warning("who went could not be recorded", metadata: ["error": "\(error)"])
                }
            }
        }
    }
}

/// Removes what nobody needs any more, once an hour.
struct MaintenanceService: Service {
    let chat: Chat
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Being cancelled is how the waiting ends.
            while (try? await Task.sleep(for: .seconds(3_600))) != nil {
                await prune()
            }
        }
    }

    private func prune() async {
        do {
            let pruned = try await chat.prune()
            logger.info(
                "pruned",
                metadata: [
                    "keys": "\(pruned.sendKeys)", "sessions": "\(pruned.sessions)",
                    "files": "\(pruned.files)",
                ])
        } catch {
            logger.warning("pruning failed, tried again in an hour", metadata: ["error": "\(error)"])
        }
    }
}

/// Work in small steps beside everything else: puts what was written into the index of words, a moment after it was written, and
/// removes what an administrator wants to be removed.
struct StepwiseService: Service {
    let chat: Chat
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var wait = Duration.zero
            // Being cancelled is how the waiting ends.
            while (try? await Task.sleep(for: wait)) != nil {
                do {
                    let hasIndexed = try await chat.indexMessages()
                    let hasRemoved = try await chat.removeContent()
                    let hasDeleted = try await chat.removeRooms()
                    wait = hasIndexed || hasRemoved || hasDeleted ? .milliseconds(20) : .seconds(1)
                } catch {
                    logger.warning("a step failed, tried again soon", metadata: ["error": "\(error)"])
                    wait = .seconds(10)
                }
            }
        }
    }
}

/// Removes messages that are older than they are to be kept, every five minutes.
struct RetentionService: Service {
    let chat: Chat
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var wait = Duration.zero
            // Being cancelled is how the waiting ends.
            while (try? await Task.sleep(for: wait)) != nil {
                do {
                    wait = try await chat.trimHistory() ? .milliseconds(20) : .seconds(300)
                } catch {
                    logger.warning(
                        "removing old messages failed, tried again soon", metadata: ["error": "\(error)"])
                    wait = .seconds(10)
                }
            }
        }
    }
}

/// Lets every client compare itself with the server, twice a minute.
struct TickService: Service {
    let gateway: ChatGateway

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var second = 0
            // Being cancelled is how the waiting ends.
            while (try? await Task.sleep(for: .seconds(1))) != nil {
                await gateway.tick(second: second)
                second = (second + 1) % ChatGateway.tickPeriod
            }
        }
    }
}
