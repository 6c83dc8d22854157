internal import EngineIOProtocol

/// A form's body, and a payload for a script: what comes out of a script is one string literal, whatever is in it.
enum FuzzJSONP {
    static func test(_ input: [UInt8]) {
        if let payload = try? JSONP.payload(ofForm: input.span) {
            precondition(payload.count <= input.count, "a form that grows")
        }
        let index = String(decoding: input.prefix(12), as: UTF8.self)
        if JSONP.isIndex(index) { precondition(index.utf8.allSatisfy { (0x30...0x39).contains($0) }) }
        let script = JSONP.script(input, index: "0")
        let prefix = Array("___eio[0](\"".utf8)
        let suffix = Array("\");".utf8)
        precondition(script.starts(with: prefix) && script.suffix(3).elementsEqual(suffix), "no call")
        var isEscaped = false
        let literal = Array(script.dropFirst(prefix.count).dropLast(suffix.count))
        for (position, byte) in literal.enumerated() {
            precondition(byte >= 0x20 && byte != 0x7F, "a control character in a literal")
            precondition(isEscaped || byte != 0x22, "a literal that ends early")
            precondition(
                !literal[position...].starts(with: [0xE2, 0x80, 0xA8])
                    && !literal[position...].starts(with: [0xE2, 0x80, 0xA9]), "a line's end in a literal")
            isEscaped = !isEscaped && byte == 0x5C
        }
        precondition(!isEscaped, "a literal whose last quote is escaped")
    }
}
