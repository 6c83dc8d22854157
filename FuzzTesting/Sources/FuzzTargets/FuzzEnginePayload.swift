internal import EngineIOProtocol

/// A polling payload of each form, chosen by the first byte: every record lies in it, and the packets that come out go
/// in again. The bytes are the same then only in v4, where there is one way to write a payload.
enum FuzzEnginePayload {
    static func test(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let form = PayloadForm.allCases[Int(choice) % PayloadForm.allCases.count]
        let bytes = Array(input.dropFirst())
        // Lengths count characters: the engine lets nothing else than UTF-8 come this far.
        guard form != .v3Text || String(validating: bytes, as: UTF8.self) != nil else { return }
        guard let first = recoded(bytes, form) else { return }
        if form == .v4 {
            precondition(
                first.hasLaxBase64 || first.bytes == bytes, "a payload does not survive decoding and encoding"
            )
        } else if !first.bytes.isEmpty {
            precondition(
                recoded(first.bytes, form)?.bytes == first.bytes, "a payload is not read as it was written")
        }
    }

    /// The payload decoded and encoded; nil when it breaks a rule.
    private static func recoded(
        _ bytes: [UInt8], _ form: PayloadForm
    ) -> (bytes: [UInt8], hasLaxBase64: Bool)? {
        var decoder = PayloadDecoder(form: form, maxPackets: 64)
        var encoder = PayloadEncoder(form: form)
        var hasLaxBase64 = false
        do throws(EngineViolation) {
            while let packet = try decoder.next(in: bytes.span) {
                switch packet {
                case .text(let type, let data): encoder.append(text: [type.digit] + bytes[data])
                case .base64(let text):
                    let message = try Base64.decode(bytes.span.extracting(text))
                    hasLaxBase64 = hasLaxBase64 || text.count % 4 != 0
                    encoder.append(binary: message)
                case .binary(let data): encoder.append(binary: Array(bytes[data]))
                }
            }
        } catch {
            return nil
        }
        return (encoder.bytes, hasLaxBase64)
    }
}
