internal import Foundation
internal import NIOCore
internal import SocketIO
internal import SocketIOCore
internal import Synchronization

/// One run of some steps: for a socket, or for a namespace.
final class Play: Sendable {
    private let stage: Stage
    private let socket: Socket<Void>?
    private let namespaceName: String
    private let arguments: [JSONValue]
    private let acknowledgement = Mutex<EncodedArguments?>(nil)
    private let emitted = Mutex<JSONValue>(.null)

    init(
        stage: Stage, socket: Socket<Void>? = nil, namespaceName: String = "/", arguments: [JSONValue] = []
    ) {
        self.stage = stage
        self.socket = socket
        self.namespaceName = socket?.namespaceName ?? namespaceName
        self.arguments = arguments
    }

    /// What the `ack` step said.
    var answer: EncodedArguments? { acknowledgement.withLock { $0 } }

    /// - Returns: the last step's result.
    func run(_ steps: [Step]) async throws -> JSONValue {
        var result = JSONValue.null
        for step in steps {
            result = try await run(step)
            if step.emit != nil { emitted.withLock { $0 = result } }
        }
        return result
    }

    private func run(_ step: Step) async throws -> JSONValue {
        if let event = step.emit { return try await emit(event, step) }
        if step.join != nil || step.leave != nil || step.disconnect != nil { return try move(step) }
        if let values = step.ack {
            let encoded = try encode(values)
            acknowledgement.withLock { $0 = encoded }
        }
        if let refusal = step.refuse {
            if let data = refusal.data { throw ConnectError(refusal.message, data: data) }
            throw ConnectError(refusal.message)
        }
        if let word = step.journal {
            var line: [String: JSONValue] = ["word": .string(word), "args": .array(arguments)]
            if let socket { line["socket"] = .string(socket.id.description) }
            Journal.write("note", line)
        }
        if let milliseconds = step.takes { try await Task.sleep(for: .milliseconds(milliseconds)) }
        if step.sockets == true {
            return .array(try await target(step).sockets().map { .string($0.id.description) })
        }
        if step.namespaces == true { return .array(stage.io.namespaceNames.map { .string($0) }) }
        if let name = step.child, let family = stage.namespace(namespaceName) {
            return stage.io.child(name, of: family).map { .string($0.name) } ?? .null
        }
        if step.rooms == true, let socket {
            return .array(await socket.rooms().map { .string($0.name) })
        }
        return .null
    }

    // MARK: - Sending

    private func emit(_ event: String, _ step: Step) async throws -> JSONValue {
        let values = try encode(step.args ?? [])
        if let socket, isForTheSocketAlone(step) {
            if let timeout = step.timeout {
                return .array(
                    try await socket.call(event, values, timeout: .milliseconds(timeout)).all())
            }
            socket.emit(event, values)
            return .null
        }
        let target = try target(step)
        if let timeout = step.timeout {
            return try Self.readable(try await target.timeout(.milliseconds(timeout)).call(event, values))
        }
        (step.isVolatile == true ? target.volatile : target).emit(event, values)
        return .null
    }

    /// `{"replies": {id: [...]}, "missing": [ids]}`
    private static func readable(_ report: AckReport<EventArguments>) throws -> JSONValue {
        var replies: [String: JSONValue] = [:]
        for (id, reply) in report.replies { replies[id.description] = .array(try reply.all()) }
        return .object([
            "replies": .object(replies), "missing": .array(report.missing.map { .string($0.description) }),
        ])
    }

    private func isForTheSocketAlone(_ step: Step) -> Bool {
        socket != nil && step.isVolatile != true && step.to == nil && step.except == nil
            && (step.over ?? "socket") == "socket"
    }

    private func move(_ step: Step) throws -> JSONValue {
        if let socket, isForTheSocketAlone(step) {
            if let rooms = step.join { socket.join(self.rooms(rooms)) }
            for room in rooms(step.leave ?? []) { socket.leave(room) }
            if let close = step.disconnect { socket.disconnect(close: close) }
            return .null
        }
        let target = try target(step)
        for room in rooms(step.join ?? []) { target.join(room) }
        for room in rooms(step.leave ?? []) { target.leave(room) }
        if let close = step.disconnect { target.disconnect(close: close) }
        return .null
    }

    /// Whom a step is for, when that is not the socket alone.
    private func target(_ step: Step) throws -> Target<Void> {
        guard let namespace = stage.namespace(namespaceName) else {
            throw ConnectError("no namespace \(namespaceName)")
        }
        var target = namespace.everyone
        if step.over == "others", let socket { target = socket.broadcast }
        if let socket, step.isVolatile == true, (step.over ?? "socket") == "socket", step.to == nil {
            target = namespace.to(Room(socket.id))
        }
        for room in rooms(step.to ?? []) { target = target.to(room) }
        for room in rooms(step.except ?? []) { target = target.except(room) }
        return target
    }

    // MARK: - Words

    private func rooms(_ names: [String]) -> [Room] {
        names.map { if case .string(let name) = word($0) { Room(name) } else { Room($0) } }
    }

    private func word(_ text: String) -> JSONValue {
        if text == "$result" { return emitted.withLock { $0 } }
        if text == "$id", let socket { return .string(socket.id.description) }
        if text.hasPrefix("$"), let number = Int(text.dropFirst()), arguments.indices.contains(number) {
            return arguments[number]
        }
        return .string(text)
    }

    private func encode(_ values: [JSONValue]) throws -> EncodedArguments {
        try EncodedArguments(
            values: values.map { value in
                if case .string(let text) = value { word(text) } else { Journal.binary(value) }
            })
    }
}

extension EncodedArguments {
    /// Any number of arguments, one after the other, their attachments numbered through.
    init(values: [JSONValue]) throws {
        // One array has one list of attachments; its brackets are not part of the arguments.
        let whole = try EncodedArguments(JSONValue.array(values))
        self.init(json: Array(whole.json.dropFirst().dropLast()), attachments: whole.attachments)
    }
}
