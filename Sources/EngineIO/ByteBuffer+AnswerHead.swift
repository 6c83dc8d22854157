internal import NIOCore
internal import NIOHTTP1

extension ByteBuffer {
    /// Writes the head of an HTTP/1.1 answer (RFC 9112, sections 4 and 5) with the empty line after it.
    ///
    /// Fields that would not be fields are left out, see ``HTTPField``.
    mutating func writeAnswerHead(_ status: HTTPResponseStatus, _ headers: HTTPHeaders) {
        switch status {
        case .ok: writeStaticString("HTTP/1.1 200 OK\r\n")
        case .switchingProtocols: writeStaticString("HTTP/1.1 101 Switching Protocols\r\n")
        default:
            writeString(
                "HTTP/1.1 \(status.code) \(HTTPField.isValue(status.reasonPhrase) ? status.reasonPhrase : "")\r\n"
            )
        }
        for (name, value) in headers where HTTPField.isToken(name) && HTTPField.isValue(value) {
            writeString(name)
            writeStaticString(": ")
            writeString(value)
            writeStaticString("\r\n")
        }
        writeStaticString("\r\n")
    }
}
