internal import NIOCore
internal import NIOHTTP1

/// Runs the responder of one plain request. The only place of this room that starts a task.
enum PlainTask {
    static func start(
        _ request: PlainRequest, responder: any PlainRequestResponder, writer: PlainResponseWriter,
        connection: NIOLoopBound<HTTPConnection>, eventLoop: any EventLoop
    ) -> Task<Void, Never> {
        Task {
            do {
                try await responder.respond(to: request, writer: writer)
                eventLoop.execute { connection.value.plainEnded(failed: false) }
            } catch {
                eventLoop.execute { connection.value.plainEnded(failed: true) }
            }
        }
    }
}
