internal import ChatService
internal import Logging
internal import ServiceLifecycle

/// Fetches the pages that messages link to.
struct PreviewService: Service {
    let chat: Chat
    let client: any OutboundClient
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await chat.fetchPreviews(by: client)
                    await chat.awaitPreviews()
                } catch {
                    logger.warning("previews failed, tried again soon", metadata: ["error": "\(error)"])
                    // Being cancelled is how the waiting ends.
                    try? await Task.sleep(for: .seconds(10))
                }
            }
        }
    }
}
