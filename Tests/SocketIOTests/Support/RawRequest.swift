internal import NIOCore
internal import NIOPosix

/// One HTTP request over a real socket, in the bytes that a test chooses.
enum RawRequest {
    /// Everything that the server says until it closes the connection.
    static func send(_ request: String, port: Int) async throws -> String {
        try await send(request, to: SocketAddress(ipAddress: "127.0.0.1", port: port))
    }

    /// Everything that the server says until it closes the connection.
    static func send(_ request: String, to address: SocketAddress) async throws -> String {
        let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(
            to: address
        ) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        return try await connection.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var answer = ""
            for try await bytes in inbound { answer += String(buffer: bytes) }
            return answer
        }
    }
}
