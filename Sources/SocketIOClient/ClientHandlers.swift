/// What a socket's events are given to.
struct ClientHandlers: Sendable {
    typealias EventHandler = @Sendable (ClientEvent) async throws -> EncodedArguments?

    var events: [String: [EventHandler]] = [:]
    var any: [@Sendable (ClientEvent) async throws -> Void] = []
    var anyOutgoing: [@Sendable (String, EncodedArguments) -> Void] = []
    var connect: [@Sendable (_ recovered: Bool) async throws -> Void] = []
    var connectError: [@Sendable (any Error & Sendable) async throws -> Void] = []
    var disconnect: [@Sendable (ClientDisconnectReason) async throws -> Void] = []
    var errors: [@Sendable (any Error) async -> Void] = []
    var streams: [String: [WeakBuffer]] = [:]

    /// A stream that lives as long as somebody holds it.
    struct WeakBuffer: Sendable {
        weak let buffer: EventBuffer?
    }

    /// The streams of an event that are still held.
    func buffers(_ name: String) -> [EventBuffer] {
        streams[name]?.compactMap(\.buffer) ?? []
    }

    mutating func add(_ buffer: EventBuffer, for name: String) {
        streams[name, default: []].removeAll { $0.buffer == nil }
        streams[name, default: []].append(WeakBuffer(buffer: buffer))
    }
}
