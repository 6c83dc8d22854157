internal import EngineIOProtocol
internal import FuzzDriver

/// A polling payload of protocol v4: every record lies in it, and the packets that come out go in again.
@main
struct FuzzEnginePayload {
    static func main() {
        FuzzDriver.run(test)
    }

    private static func test(_ bytes: [UInt8]) {
        var decoder = PayloadDecoder(maxPackets: 64)
        var encoder = PayloadEncoder()
        var hasLaxBase64 = false
        do throws(EngineViolation) {
            while let record = try decoder.next(in: bytes.span) {
                switch record {
                case .text(let type, let data): encoder.append(text: [type.digit] + bytes[data])
                case .base64(let text):
                    let message = try Base64.decode(bytes.span.extracting(text))
                    hasLaxBase64 = hasLaxBase64 || text.count % 4 != 0
                    encoder.append(binary: message)
                }
            }
        } catch {
            return
        }
        precondition(
            hasLaxBase64 || encoder.bytes == bytes, "a payload does not survive decoding and encoding")
    }
}
