internal import Foundation
internal import SocketIO
internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization

/// The namespaces of a plan, and the sockets that are in them.
final class Stage: Sendable {
    let io: SocketIO
    private let namespaces = Mutex<[String: Namespace<Void>]>([:])
    private let sockets = Mutex<[String: Socket<Void>]>([:])

    init(io: SocketIO) { self.io = io }

    func socket(_ id: String) -> Socket<Void>? { sockets.withLock { $0[id] } }

    func namespace(_ name: String) -> Namespace<Void>? { namespaces.withLock { $0[name] } }

    /// Makes a namespace that keeps the journal and does what its plan says.
    func add(_ name: String, _ plan: NamespacePlan) {
        let namespace = io.namespace(name)
        namespaces.withLock { $0[namespace.name] = namespace }
        register(plan, on: namespace)
    }

    /// Makes a family of namespaces of the names that fit the pattern.
    func add(family pattern: String, _ plan: NamespacePlan) {
        let fits: @Sendable (String) -> Bool = { $0.range(of: pattern, options: .regularExpression) != nil }
        let family: Namespace<Void>
        if plan.isFunction == true {
            family = io.namespaces { name, _ async throws -> Void? in fits(name) ? () : nil }
        } else {
            family = io.namespaces(where: fits)
        }
        namespaces.withLock { $0[pattern] = family }
        register(plan, on: family)
    }

    private func register(_ plan: NamespacePlan, on namespace: Namespace<Void>) {
        for steps in plan.middlewares ?? [] {
            namespace.use { [self] socket in
                _ = try await Play(stage: self, socket: socket).run(steps)
            }
        }
        for steps in plan.use ?? [] {
            namespace.use { [self] socket, event, next in
                let values = try event.arguments.all()
                _ = try await Play(stage: self, socket: socket, arguments: values).run(steps)
                try await next()
            }
        }
        namespace.onConnect { [self] socket in
            sockets.withLock { $0[socket.id.description] = socket }
            Journal.write("connection", Self.about(socket))
            _ = try await Play(stage: self, socket: socket).run(plan.connect ?? [])
        }
        namespace.on(raw: "sync") { _, _ in EncodedArguments() }
        namespace.onAny { socket, event in
            var line: [String: JSONValue] = ["socket": .string(socket.id.description)]
            line["namespace"] = .string(socket.namespaceName)
            line["name"] = .string(event.name)
            line["args"] = .array(try event.arguments.all())
            Journal.write("event", line)
        }
        for (event, steps) in plan.on ?? [:] {
            namespace.on(raw: event) { [self] socket, arguments in
                let play = Play(stage: self, socket: socket, arguments: try arguments.all())
                _ = try await play.run(steps)
                return play.answer
            }
        }
        namespace.onDisconnect { [self] socket, reason in
            _ = try? await Play(stage: self, socket: socket).run(plan.disconnect ?? [])
            sockets.withLock { $0[socket.id.description] = nil }
            var line: [String: JSONValue] = ["socket": .string(socket.id.description)]
            line["namespace"] = .string(socket.namespaceName)
            line["reason"] = .string(reason.description)
            line["rooms"] = .array(await socket.rooms().map { .string($0.name) })
            Journal.write("disconnect", line)
        }
        namespace.onError { socket, error in
            Journal.write(
                "error",
                ["socket": .string(socket.id.description), "message": .string(Self.words(error))])
        }
    }

    static func words(_ error: any Error) -> String {
        (error as? ConnectError)?.message ?? "\(error)"
    }

    private static func about(_ socket: Socket<Void>) -> [String: JSONValue] {
        let handshake = socket.handshake
        var line: [String: JSONValue] = ["socket": .string(socket.id.description)]
        line["namespace"] = .string(socket.namespaceName)
        line["recovered"] = .bool(socket.recovered)
        line["url"] = .string(handshake.url)
        line["auth"] = try? handshake.auth(JSONValue.self)
        line["headers"] = .object(
            Dictionary(handshake.headers.map { ($0.name.lowercased(), .string($0.value)) }) { $1 })
        return line
    }
}

extension EventArguments {
    /// Every argument, whatever it is.
    func all() throws -> [JSONValue] {
        try (0..<count).map { try dropFirst($0).decode(JSONValue.self) }
    }
}
