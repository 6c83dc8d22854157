internal import NIOCore
internal import NIOEmbedded

/// The client's end of a connection: it sends bytes and takes the server's frames apart.
actor JourneyConnection {
    struct Frame {
        let header: [UInt8]
        let payload: [UInt8]
    }

    struct Closed: Error {}

    private let channel: NIOAsyncTestingChannel
    private var unread: [UInt8] = []

    init(channel: NIOAsyncTestingChannel) { self.channel = channel }

    func send(_ bytes: [UInt8]) async {
        let buffer = ByteBuffer(bytes: bytes)
        channel.testingEventLoop.execute { [channel] in
            channel.pipeline.fireChannelRead(buffer)
            channel.pipeline.fireChannelReadComplete()
        }
        await channel.testingEventLoop.run()
    }

    /// Sends a short text in a frame whose mask changes nothing.
    func send(masking text: String) async {
        let payload = Array(text.utf8)
        precondition(payload.count <= 125)
        await send([0x81, 0x80 | UInt8(payload.count), 0, 0, 0, 0] + payload)
    }

    func skipHead() async throws {
        while true {
            if let end = unread.indices.first(where: { unread[$0...].starts(with: Array("\r\n\r\n".utf8)) }) {
                unread.removeFirst(end + 4)
                return
            }
            unread += try await receive()
        }
    }

    /// The next frame of the server, which sends none of 64 KiB and more here; waits for it.
    func frame() async throws -> Frame {
        while true {
            if unread.count >= 2 {
                let long = unread[1] == 126
                let start = long ? 4 : 2
                if unread.count >= start {
                    let length = long ? Int(unread[2]) << 8 | Int(unread[3]) : Int(unread[1])
                    if unread.count >= start + length {
                        let frame = Frame(
                            header: Array(unread[..<start]), payload: Array(unread[start..<start + length]))
                        unread.removeFirst(start + length)
                        return frame
                    }
                }
            }
            unread += try await receive()
        }
    }

    /// What is there and was not asked for.
    func rest() async throws -> [UInt8] {
        await channel.testingEventLoop.run()
        while let buffer = try await channel.readOutbound(as: ByteBuffer.self) {
            unread += buffer.readableBytesView
        }
        return unread
    }

    /// Waits for bytes, until the test's time is over.
    private func receive() async throws -> [UInt8] {
        try await withTaskCancellationHandler {
            Array(try await channel.waitForOutboundWrite(as: ByteBuffer.self).readableBytesView)
        } onCancel: { [channel] in
            channel.close(promise: nil)
        }
    }
}
