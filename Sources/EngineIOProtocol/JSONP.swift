/// Polling by `<script>` and form, for browsers without CORS: how a payload is wrapped, and how a body is unwrapped.
///
/// Source: the reference's JSONP transport; Engine.IO protocol, `j` in the query.
public enum JSONP {
    /// How many digits the number of a callback may have.
    public static let maxIndexDigits = 10

    /// Whether a text can be the number of a callback: it becomes part of a script.
    public static func isIndex(_ text: String) -> Bool {
        (1...maxIndexDigits).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The script that gives `payload`, which is UTF-8, to the page's callback.
    ///
    /// - Parameters:
    ///   - payload: the packets of the answer.
    ///   - index: a text of which ``isIndex(_:)`` is true.
    public static func script(_ payload: [UInt8], index: String) -> [UInt8] {
        var script = Array("___eio[\(index)](\"".utf8)
        script.reserveCapacity(script.count + payload.count + payload.count / 4 + 4)
        var position = 0
        while position < payload.count {
            let byte = payload[position]
            position += 1
            switch byte {
            case 0x22, 0x5C: script.append(contentsOf: [0x5C, byte])
            case 0x0A: script.append(contentsOf: [0x5C, 0x6E])
            case 0x0D: script.append(contentsOf: [0x5C, 0x72])
            case 0x09: script.append(contentsOf: [0x5C, 0x74])
            case 0x00...0x1F, 0x7F:
                script.append(contentsOf: Array("\\u00".utf8))
                script.append(contentsOf: [hex(byte >> 4), hex(byte & 15)])
            case 0xE2 where payload[position...].starts(with: [0x80, 0xA8]):
                // U+2028 and U+2029 end a line in a script, though not in JSON.
                script.append(contentsOf: Array("\\u2028".utf8))
                position += 2
            case 0xE2 where payload[position...].starts(with: [0x80, 0xA9]):
                script.append(contentsOf: Array("\\u2029".utf8))
                position += 2
            default: script.append(byte)
            }
        }
        script.append(contentsOf: Array("\");".utf8))
        return script
    }

    /// The payload in the body of a form: the value of its only `d`, decoded.
    ///
    /// The client writes a line's end as `\n` and a backslash before an `n` twice, as forms change line ends.
    ///
    /// - Throws: ``EngineViolation/emptyPacket`` when there is no such field, or more than one.
    public static func payload(ofForm body: Span<UInt8>) throws(EngineViolation) -> [UInt8] {
        var found: Range<Int>?
        var start = 0
        while start < body.count {
            var end = start
            while end < body.count, body[end] != 0x26 { end += 1 }
            if end - start >= 2, body[start] == 0x64, body[start + 1] == 0x3D {
                guard found == nil else { throw .emptyPacket }
                found = start + 2..<end
            }
            start = end + 1
        }
        guard let found else { throw .emptyPacket }
        return unescaped(decoded(body.extracting(found)))
    }

    /// Undoes the form's own escapes; what is no escape stands for itself.
    private static func decoded(_ text: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var position = 0
        while position < text.count {
            let byte = text[position]
            if byte == 0x25, text.count - position > 2, let high = digit(text[position + 1]),
                let low = digit(text[position + 2])
            {
                bytes.append(high << 4 | low)
                position += 3
            } else {
                bytes.append(byte == 0x2B ? 0x20 : byte)
                position += 1
            }
        }
        return bytes
    }

    private static func unescaped(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(0x5C) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var position = 0
        while position < text.count {
            let rest = text[position...]
            if rest.starts(with: [0x5C, 0x5C, 0x6E]) {
                bytes.append(contentsOf: [0x5C, 0x6E])
                position += 3
            } else if rest.starts(with: [0x5C, 0x6E]) {
                bytes.append(0x0A)
                position += 2
            } else {
                bytes.append(text[position])
                position += 1
            }
        }
        return bytes
    }

    private static func hex(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
