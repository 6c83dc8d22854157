/// Runs the responder of one plain request. With ``HookTask`` the only place of this room that starts a task.
enum PlainTask {
    static func start(
        _ request: PlainRequest, responder: any PlainRequestResponder, writer: PlainResponseWriter
    ) -> Task<Void, Never> {
        Task {
            do {
                try await responder.respond(to: request, writer: writer)
                writer.responderEnded(failed: false)
            } catch {
                writer.responderEnded(failed: true)
            }
        }
    }
}
