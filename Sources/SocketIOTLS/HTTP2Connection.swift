internal import EngineIO
internal import Logging
internal import NIOCore
internal import NIOHTTP2

/// One HTTP/2 connection: gives its streams to the listener, and ends when nobody needs it.
///
/// What a peer may do to it is bounded by the handler before it: 100 streams at a time; 200 resets, 200 faults and 200 frames
/// that carry nothing (PING, SETTINGS, PRIORITY and the like) in 30 seconds; five CONTINUATIONs of one head; 16 kB of its
/// fields. More ends the connection. Confined to its event loop.
final class HTTP2Connection: ChannelInboundHandler, MultiplexedConnection {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private let streams: ListenerStreams
    private let logger: Logger
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?
    private var open = 0
    private var last = HTTP2StreamID.rootStream
    private var isClosing = false

    private init(streams: ListenerStreams, logger: Logger) {
        self.streams = streams
        self.logger = logger
    }

    /// Puts the handlers of HTTP/2 behind `reporter`: before those of HTTP/1.1, one of which takes until the next tick to
    /// leave, when bytes may have come already.
    static func install(
        behind reporter: TLSReporter, in channel: any Channel, streams: ListenerStreams, tls: ConnectionTLS,
        logger: Logger
    ) throws {
        var bounds = NIOHTTP2Handler.Configuration()
        bounds.connection.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: 100),
            HTTP2Setting(parameter: .maxHeaderListSize, value: min(streams.limits.maxHeaderBytes, 16 << 10)),
        ]
        // Acknowledgements that nobody reads.
        bounds.connection.maximumBufferedControlFrames = 1_000
        bounds.stream.outboundBufferSizeHighWatermark = 64 << 10
        bounds.stream.outboundBufferSizeLowWatermark = 32 << 10
        let connection = HTTP2Connection(streams: streams, logger: logger)
        let counter = NIOLoopBound(connection, eventLoop: channel.eventLoop)
        let handler = NIOHTTP2Handler(
            mode: .server, eventLoop: channel.eventLoop, connectionConfiguration: bounds.connection,
            streamConfiguration: bounds.stream, streamDelegate: StreamCounter(connection: counter)
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(HTTP2FramePayloadToHTTP1ServerCodec())
                try streams.serve(stream, tls: tls)
            }
        }
        try channel.pipeline.syncOperations.addHandlers([handler, connection], position: .after(reporter))
    }

    /// Tells a connection of its streams.
    private struct StreamCounter: NIOHTTP2StreamDelegate {
        let connection: NIOLoopBound<HTTP2Connection>

        func streamCreated(_ id: HTTP2StreamID, channel: any Channel) { connection.value.began(id) }
        func streamClosed(_ id: HTTP2StreamID, channel: any Channel) { connection.value.ended() }
    }

    // MARK: - Streams

    private func began(_ id: HTTP2StreamID) {
        open += 1
        last = max(last, id)
        timer?.cancel()
        timer = nil
    }

    private func ended() {
        open -= 1
        guard open == 0 else { return }
        if isClosing {
            closeSoon()
        } else {
            closeUnlessUsed(after: streams.limits.idleTimeout)
        }
    }

    private func closeUnlessUsed(after time: Duration) {
        timer?.cancel()
        timer = context?.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) {
            self.closeWhenIdle()
        }
    }

    /// At the end of the tick: the last frames are on their way.
    private func closeSoon() {
        context?.eventLoop.assumeIsolated().execute { self.closeNow() }
    }

    // MARK: - The end

    func closeWhenIdle() {
        guard !isClosing, let context else { return }
        isClosing = true
        // What came after this stream was not looked at; the client may ask again elsewhere.
        let farewell = HTTP2Frame(
            streamID: .rootStream, payload: .goAway(lastStreamID: last, errorCode: .noError, opaqueData: nil))
        context.writeAndFlush(wrapOutboundOut(farewell), promise: nil)
        if open == 0 { closeSoon() }
    }

    func closeNow() {
        context?.close(promise: nil)
    }

    // MARK: - The channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        streams.began(self, on: context.eventLoop)
        closeUnlessUsed(after: streams.limits.headTimeout)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        timer?.cancel()
        streams.ended(self, on: context.eventLoop)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Frames of the connection itself; the handler before this one has done what they ask for.
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A stream's fault ends the stream.
        if error is NIOHTTP2Errors.StreamError { return }
        logger.debug(
            "HTTP/2 connection failed",
            metadata: ["address": "\(context.channel.remoteAddress?.ipAddress ?? "")", "error": "\(error)"])
        context.close(promise: nil)
    }
}
