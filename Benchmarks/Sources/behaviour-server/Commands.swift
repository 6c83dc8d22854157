internal import Foundation
internal import SocketIO

/// The commands on standard input, one JSON object a line.
struct Commands: Sendable {
    let stage: Stage
    let bare: BareEngine

    /// Reads until the input ends; blocks the thread that it is called on.
    ///
    /// Not with `readLine`: while that waits it holds a lock that flushing the standard output needs.
    func readAll() {
        var rest = Data()
        while case let chunk = FileHandle.standardInput.availableData, !chunk.isEmpty {
            var lines = chunk.split(separator: 0x0A, omittingEmptySubsequences: false)
            let last = lines.removeLast()
            for line in lines {
                begin(rest + line)
                rest = Data()
            }
            rest.append(last)
        }
    }

    private func begin(_ line: Data) {
        do {
            let command = try JSONDecoder().decode(Command.self, from: line)
            Task { await run(command) }
        } catch {
            FileHandle.standardError.write(Data("command: \(error)\n".utf8))
        }
    }

    private func run(_ command: Command) async {
        var line: [String: JSONValue] = ["id": .integer(Int64(command.id))]
        do {
            line["value"] = try await result(of: command)
        } catch {
            line["error"] = .string(Stage.words(error))
        }
        Journal.write("result", line)
    }

    private func result(of command: Command) async throws -> JSONValue {
        if let sid = command.session {
            return .bool(bare.run(command.engine ?? [], on: sid))
        }
        if let id = command.socket {
            guard let socket = stage.socket(id) else { throw ConnectError("no socket \(id)") }
            return try await Play(stage: stage, socket: socket).run(command.steps ?? [])
        }
        return try await Play(stage: stage, namespaceName: command.namespace ?? "/").run(command.steps ?? [])
    }
}
