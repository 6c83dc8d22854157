/// What waits for a namespace's loop, in the order of the log.
enum LoopJob: Sendable {
    /// An event for the sockets of the loop that its options name.
    case deliver(RecoverableEvent)
    /// Anything else, which must not overtake events or be overtaken by them.
    case work(@Sendable (NamespaceShard) -> Void)
}
