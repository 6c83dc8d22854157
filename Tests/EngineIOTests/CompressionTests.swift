internal import CZlib
internal import EngineIOProtocol
internal import NIOCore
internal import Testing

@testable internal import EngineIO

/// Answers to polls, compressed as the client likes it.
struct CompressionTests {
    static let headers: [(String?, ContentEncoding?)] = [
        (nil, nil), ("", nil), ("gzip", .gzip), ("deflate", .deflate), ("deflate, gzip", .gzip),
        ("x-gzip", .gzip),
        ("GZIP", .gzip), ("br", nil), ("br, gzip;q=0.1", .gzip), ("gzip;q=0", nil),
        ("gzip;q=0, deflate", .deflate),
        ("gzip;q=0.5, deflate;q=0.6", .deflate), ("gzip ; q=0.5 ,\tdeflate;q=0.5", .gzip), ("*", .gzip),
        ("*;q=0", nil), ("gzip;q=0, *", .deflate), ("identity", nil), ("identity, gzip;q=0.5", nil),
        ("identity;q=0.5, gzip", .gzip), ("gzip;q=1.000", .gzip), ("gzip;q=2", nil), ("gzip;q=1.9", .gzip),
        ("gzip;q=0.0001", nil), ("gzip;q=", nil), ("gzip;q=x", nil), ("gzip;q=0.0x", nil), ("gzip;q=00", nil),
        ("gzip;level=9;q=0", nil), (",,;;,", nil), (";q=1", nil), ("gzip\u{E9}", nil),
    ]

    @Test(arguments: headers)
    func preferred(header: String?, encoding: ContentEncoding?) {
        #expect(ContentEncoding.preferred(header) == encoding)
    }

    @Test(
        "What was compressed is what comes out", arguments: ContentEncoding.made,
        [0, 1, 1_000, 1_000_000])
    func roundTrip(encoding: ContentEncoding, count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        let bytes = (0..<count).map { _ in
            UInt8.random(in: 0...(count.isMultiple(of: 2) ? 3 : 255), using: &generator)
        }
        let compressed = try #require(HTTPCompression.compress(bytes, as: encoding, level: 6))
        #expect(try Self.inflate(compressed, count: count) == bytes)
        #expect(compressed.starts(with: encoding == .gzip ? [0x1F, 0x8B] : [0x78]))
        #expect(count < 1_000 || compressed.count < count / 2)
    }

    /// Undoes either encoding; zlib finds out which.
    private static func inflate(_ bytes: [UInt8], count: Int) throws -> [UInt8] {
        var stream = z_stream()
        try #require(inflateInit2_(&stream, 47, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { inflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: count + 1)
        let status = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return CZlib.inflate(&stream, Z_FINISH)
            }
        }
        try #require(status == Z_STREAM_END)
        return Array(output.dropLast(Int(stream.avail_out)))
    }

    /// Polls for messages of so many bytes, one for each of the options.
    private static func poll(
        _ count: Int, accepting header: String?, _ configuration: EngineConfiguration = .init(),
        options: [SendOptions] = [[]]
    ) throws -> (encoding: String?, body: [UInt8], length: Int?) {
        var result: (String?, [UInt8], Int?)?
        try TestServer.run(configuration) { server in
            let (wire, sid) = try server.openPolling()
            let packet = OutgoingPacket.text([0x34] + [UInt8](repeating: 0x61, count: count - 1))
            for options in options { try server.session.send(packet, options: options) }
            wire.get(
                "EIO=4&transport=polling&sid=\(sid)", headers: header.map { ["Accept-Encoding: \($0)"] } ?? []
            )
            let bytes = wire.bytes()
            let end = Array("\r\n\r\n".utf8)
            let split = try #require(bytes.indices.first { bytes[$0...].starts(with: end) })
            var head = Array(bytes[..<(split + 4)])
            let length = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
                .first { $0.hasPrefix("Content-Length: ") }.flatMap { Int($0.dropFirst(16)) }
            head = Array(String(decoding: head, as: UTF8.self).replacing("Content-Length", with: "X").utf8)
            let answer = try #require(Answer(takenFrom: &head))
            #expect(answer.headers["cache-control"] == "no-store")
            result = (answer.headers["content-encoding"], Array(bytes[(split + 4)...]), length)
        }
        return try #require(result)
    }

    @Test("From the threshold on, as the client accepts it", arguments: [1_023, 1_024, 100_000])
    func threshold(count: Int) throws {
        let (encoding, body, length) = try Self.poll(count, accepting: "deflate, gzip;q=0.9")
        #expect(length == body.count)
        guard count >= 1_024 else {
            #expect(encoding == nil)
            #expect(body.count == count)
            return
        }
        #expect(encoding == "deflate")
        #expect(try Self.inflate(body, count: count) == [0x34] + [UInt8](repeating: 0x61, count: count - 1))
    }

    @Test("Not for who does not ask, not when switched off, not above the limit")
    func plain() throws {
        var off = EngineConfiguration()
        off.httpCompression = nil
        var small = EngineConfiguration()
        small.httpCompression?.maxBytes = 4_000
        for (header, configuration) in [(nil, .init()), ("br", .init()), ("gzip", off), ("gzip", small)]
            as [(String?, EngineConfiguration)]
        {
            let (encoding, body, _) = try Self.poll(5_000, accepting: header, configuration)
            #expect(encoding == nil)
            #expect(body.count == 5_000)
        }
    }

    @Test(
        "What is not to be compressed is not, unless it shares an answer with what is",
        arguments: [([.uncompressed], nil), ([.uncompressed, []], "gzip")] as [([SendOptions], String?)])
    func exempted(options: [SendOptions], encoding: String?) throws {
        #expect(try Self.poll(5_000, accepting: "gzip", options: options).encoding == encoding)
    }

    @Test("A compressed body of a request is not unpacked: 415, and the session lives")
    func request() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            wire.post(sid, "4x", headers: ["Content-Encoding: gzip"])
            #expect(wire.answer()?.status == 415)
            let other = try server.connect()
            other.post(sid, "4x", headers: ["Content-Encoding: identity"])
            #expect(other.answer()?.body == "ok")
            #expect(server.application.takeEvents() == ["open", "text x"])
        }
    }
}
