internal import Synchronization

/// Names listeners that are to be removed later; one token may stand for several.
///
/// ```swift
/// let greeting = ListenerToken()
/// chat.on(Chat.hello, .removable(by: greeting)) { ... }
/// chat.off(greeting)
/// ```
public struct ListenerToken: Hashable, Sendable {
    private static let last = Atomic<UInt64>(0)
    private let number: UInt64

    /// A token that equals no other.
    public init() { number = Self.last.wrappingAdd(1, ordering: .relaxed).newValue }
}
