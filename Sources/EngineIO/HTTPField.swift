internal import NIOHTTP1

/// What may stand in a header field (RFC 9110, section 5): nothing else is ever written, whoever it came from.
enum HTTPField {
    /// Whether `text` is a token: a field's name, a method, a cookie's name.
    static func isToken(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isTokenByte)
    }

    /// Whether `text` can be a field's value: no control characters but the tab.
    static func isValue(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }

    /// Whether `text` is a list of tokens, with commas and blanks between them.
    static func isTokenList(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { isTokenByte($0) || $0 == 0x2C || $0 == 0x20 }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
    }

    /// The fields of `headers` that may be written. The application's hooks set them, perhaps from what a client sent.
    static func legal(_ headers: HTTPHeaders) -> HTTPHeaders {
        guard headers.contains(where: { !isToken($0.name) || !isValue($0.value) }) else { return headers }
        return HTTPHeaders(headers.filter { isToken($0.name) && isValue($0.value) })
    }
}
