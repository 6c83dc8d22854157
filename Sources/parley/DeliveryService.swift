internal import ChatDomain
internal import ChatGateway
internal import ChatService
internal import Logging
internal import ServiceLifecycle

/// Posts what outgoing webhooks have to post: at once, and again when that failed.
struct DeliveryService: Service {
    let chat: Chat
    let poster: HookPoster
    let logger: Logger

    /// The clock may be set.
    private static let longestWait: Int64 = 60_000
    private static let waitAfterFailure: Int64 = 5_000

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                var wait = Self.longestWait
                do {
                    let next = try await chat.deliverHooks(by: poster)
                    wait = min(max(next.map { $0.milliseconds(since: chat.now) } ?? wait, 1), wait)
                } catch {
                    wait = Self.waitAfterFailure
                    logger.warning(
                        "webhooks could not be served, tried again soon", metadata: ["error": "\(error)"])
                }
                let pause = wait
                await withTaskGroup { group in
                    // Being cancelled is how the waiting of the other one ends.
                    group.addTask { try? await Task.sleep(for: .milliseconds(pause)) }
                    group.addTask { await chat.awaitDeliveries() }
                    await group.next()
                    group.cancelAll()
                }
            }
        }
    }
}
