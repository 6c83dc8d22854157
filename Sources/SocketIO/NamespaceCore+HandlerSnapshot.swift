internal import SocketIOCore
internal import SocketIOProtocol

extension NamespaceCore {
    typealias PlainHandler = @Sendable (AnySocket, IncomingEvent) throws -> EncodedArguments?

    /// What was registered at some time; never changed.
    final class HandlerSnapshot: Sendable {
        let all: Handlers
        /// The listeners of those events for which nothing on the way can wait, catch-all listeners first.
        private let plain: [String: [PlainHandler]]

        /// - Parameter spans: whether handlers run inside a span, which is a task's.
        init(_ all: Handlers, spans: Bool) {
            self.all = all
            plain = spans ? [:] : Self.plain(all)
        }

        /// The listeners of an event, if it can be handled without a task; nil if not, or if nobody listens.
        func plain(_ event: String) -> [PlainHandler]? { plain[event] }

        private static func plain(_ all: Handlers) -> [String: [PlainHandler]] {
            guard all.middlewares.isEmpty, let first = plain(all.anyEvent) else { return [:] }
            // What a catch-all listener returns is no answer.
            let catchAll = first.map { listener -> PlainHandler in
                { socket, event in
                    _ = try listener(socket, event)
                    return nil
                }
            }
            return all.events.compactMapValues { listeners in
                listeners.concurrency > 1 ? nil : plain(listeners).map { catchAll + $0 }
            }.filter { all.deduplications[$0.key] == nil }
        }

        private static func plain(_ listeners: EventListeners<EventHandler>) -> [PlainHandler]? {
            var found: [PlainHandler] = []
            for listener in listeners.all {
                guard case .plain(let handler) = listener else { return nil }
                found.append(handler)
            }
            return found
        }
    }
}
