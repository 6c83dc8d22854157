internal import Foundation
internal import SocketIO
internal import Synchronization

/// What happened, one JSON object a line on standard output, in the order in which it happened.
enum Journal {
    private static let lock = Mutex(())

    /// Writes a line: its `kind` and some values.
    static func write(_ kind: String, _ values: [String: JSONValue]) {
        var line = values.mapValues(Self.readable)
        line["kind"] = .string(kind)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let text = String(decoding: try encoder.encode(line), as: UTF8.self)
            lock.withLock { _ in
                print(text)
                fflush(nil)
            }
        } catch {
            FileHandle.standardError.write(Data("journal: \(kind): \(error)\n".utf8))
        }
    }

    /// Binary data as `{"$bytes": base64}`: a journal line has no attachments.
    static func readable(_ value: JSONValue) -> JSONValue {
        switch value {
        case .bytes(let bytes): .object(["$bytes": .string(Data(bytes.bytes).base64EncodedString())])
        case .array(let values): .array(values.map(readable))
        case .object(let values): .object(values.mapValues(readable))
        default: value
        }
    }

    /// The inverse of ``readable(_:)``.
    static func binary(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let values):
            if case .string(let text)? = values["$bytes"], values.count == 1,
                let data = Data(base64Encoded: text)
            {
                return .bytes(Bytes([UInt8](data)))
            }
            return .object(values.mapValues(binary))
        case .array(let values): return .array(values.map(binary))
        default: return value
        }
    }
}
