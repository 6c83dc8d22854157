internal import SocketIOProtocol

/// JSON texts and string tokens, at a depth that the input's length chooses.
enum FuzzJSON {
    static func test(_ bytes: [UInt8]) {
        let count = bytes.count
        let isValid = JSONText.validate(bytes.span, maxDepth: 16)
        precondition(!isValid || JSONText.validate(bytes.span, maxDepth: 17), "valid at depth 16, not at 17")
        if count >= 2, bytes.first == 0x22, bytes.last == 0x22, isValid,
            let text = JSONText.unescape(bytes.span, token: 0..<count)
        {
            var again: [UInt8] = []
            JSONText.string(text, into: &again)
            precondition(
                JSONText.unescape(again.span, token: 0..<again.count) == text, "a text does not survive")
        }
        try? Placeholders.validate(bytes.span, payload: 0..<count, attachmentCount: 2)
    }
}
