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
    let gateway: ChatGateway
    let store: SQLiteChatStore
    let address: String

    func run() async throws {
        // Said here, when signals are heard already: whoever reads it may end the server in good order.
        print("Parley is at \(address)")
        flushOutput()
        try await gracefulShutdown()
        gateway.beginDraining()
        try await listener.shutdown(timeout: .seconds(5))
        await store.close()
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
                "pruned", metadata: ["keys": "\(pruned.sendKeys)", "sessions": "\(pruned.sessions)"])
        } catch {
            logger.warning("pruning failed, tried again in an hour", metadata: ["error": "\(error)"])
        }
    }
}
