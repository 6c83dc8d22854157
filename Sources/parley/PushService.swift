internal import ChatDomain
internal import ChatGateway
internal import ChatService
internal import Logging
internal import ServiceLifecycle

/// Tells the browsers of people who are away what was written.
struct PushService: Service {
    let chat: Chat
    let gateway: ChatGateway
    let client: any OutboundClient
    let contact: String
    let logger: Logger

    /// The clock may be set.
    private static let longestWait: Int64 = 60_000
    private static let waitAfterFailure: Int64 = 5_000

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                var wait = Self.longestWait
                do {
                    let next = try await chat.sendPushes(by: client, contact: contact) { [gateway] in
                        gateway.isThere($0)
                    }
                    wait = min(max(next.map { $0.milliseconds(since: chat.now) } ?? wait, 1), wait)
                } catch {
                    wait = Self.waitAfterFailure
                    logger.warning("pushes failed, tried again soon", metadata: ["error": "\(error)"])
                }
                let pause = wait
                await withTaskGroup { group in
                    // Being cancelled is how the waiting of the other one ends.
                    group.addTask { try? await Task.sleep(for: .milliseconds(pause)) }
                    group.addTask { await chat.awaitPushes() }
                    await group.next()
                    group.cancelAll()
                }
            }
        }
    }
}
