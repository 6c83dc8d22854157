internal import EngineIOProtocol
internal import NIOHTTP1
internal import Testing

@testable internal import EngineIO

/// Bytes from clients that become headers, scripts and forms: whatever they are, nothing traps and nothing gets through.
struct HTTPInputTests {
    private static let alphabet = Array("gzipdeflate;q=01.,*\\n%&d=+ \t\r\n\u{0}\u{7F}\u{2028}é".utf8)

    private static func bytes(_ generator: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 0...40, using: &generator)).map { _ in
            Bool.random(using: &generator)
                ? alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                : UInt8.random(in: 0...255, using: &generator)
        }
    }

    @Test("Random bytes", arguments: 1...4 as ClosedRange<UInt64>)
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let bytes = Self.bytes(&generator)
            let text = String(decoding: bytes, as: UTF8.self)
            _ = ContentEncoding.preferred(text)
            let script = JSONP.script(bytes, index: "1")
            #expect(script.count >= bytes.count + 14)
            #expect(script.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
            do throws(EngineViolation) {
                #expect(try JSONP.payload(ofForm: bytes.span).count <= bytes.count)
            } catch {
                #expect(error == .emptyPacket)
            }
            let headers: HTTPHeaders = [text: "value", "X-Text": text]
            for (name, value) in HTTPField.legal(headers) {
                #expect(!name.isEmpty && !name.utf8.contains { $0 <= 0x20 || $0 == 0x3A || $0 >= 0x7F })
                #expect(!value.utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 })
            }
            if OriginPolicy.isLegal(text) { #expect(bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }) }
            _ = AddressKey(text: text)
            #expect(SessionID.isUsable(text) == (!bytes.isEmpty && bytes.allSatisfy(Self.isIDByte)))
        }
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }

    @Test(
        "A body that is cut in any place is the same body",
        arguments: ["d=4hello%20w\\nrld", "d=%E2%82%AC%", "x=1&d=4"])
    func splits(form: String) throws {
        var configuration = EngineConfiguration()
        configuration.jsonp = true
        for cut in 0...form.utf8.count {
            try TestServer.run(configuration) { server in
                let wire = try server.connect()
                wire.get("EIO=4&transport=polling&j=0")
                #expect(wire.answer()?.status == 200)
                let bytes = Array(form.utf8)
                wire.send(
                    Wire.request(
                        "POST", "EIO=4&transport=polling&sid=\(try server.session.id)&j=0",
                        headers: ["Content-Length: \(bytes.count)"]))
                wire.send(Array(bytes[..<cut]))
                wire.send(Array(bytes[cut...]))
                #expect(wire.answer()?.body == "ok")
                let expected =
                    form.hasPrefix("d=%")
                    ? "closed parse error" : form.hasPrefix("x") ? "text " : "text hello w\nrld"
                #expect(server.application.takeEvents() == ["open", expected])
            }
        }
    }
}
