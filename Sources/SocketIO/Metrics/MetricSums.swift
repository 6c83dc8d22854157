internal import EngineIO
internal import SocketIOCore

/// The counters of several event loops, added up; and how they are called outside.
struct MetricSums: Sendable {
    private var counters = [Int](repeating: 0, count: LoopMeter.Counter.allCases.count)
    private var durations = LoopMeter.Durations()
    private var closes: [String: Int] = [:]
    private var details: [String: Int] = [:]
    private var disconnects: [String: Int] = [:]
    private var outboxBytes = 0
    private var outboxPackets = 0
    private var refusals: [EngineServer.Refusal: Int] = [:]
    private var sessions = 0
    private var isAccepting = true
    private var recovery = RecoveryCounters()
    var sockets = 0
    var broadcasts = 0

    init() {}

    /// To be called on the meter's loop.
    init(_ meter: LoopMeter) {
        for counter in LoopMeter.Counter.allCases { counters[counter.rawValue] = meter[counter] }
        durations = meter.durations
        closes = meter.closes
        details = meter.details
        disconnects = meter.disconnects
    }

    mutating func add(outbox: (bytes: Int, packets: Int)) {
        outboxBytes &+= outbox.bytes
        outboxPackets &+= outbox.packets
    }

    mutating func add(_ engine: EngineServer) {
        refusals.merge(engine.refusals) { $0 &+ $1 }
        sessions &+= engine.sessionCount
        isAccepting = isAccepting && engine.acceptsHandshakes
    }

    mutating func add(_ other: RecoveryCounters) {
        for counter in [
            \RecoveryCounters.stored, \.recovered, \.takenOver, \.expired, \.evicted, \.dropped, \.unknown,
            \.overflow, \.foreignOffset, \.malformed, \.refused,
        ] {
            recovery[keyPath: counter] &+= other[keyPath: counter]
        }
    }

    mutating func merge(_ other: MetricSums) {
        for index in counters.indices { counters[index] &+= other.counters[index] }
        durations.merge(other.durations)
        closes.merge(other.closes) { $0 &+ $1 }
        details.merge(other.details) { $0 &+ $1 }
        disconnects.merge(other.disconnects) { $0 &+ $1 }
        add(outbox: (other.outboxBytes, other.outboxPackets))
    }

    // MARK: - Names

    private func sample(_ counter: LoopMeter.Counter, _ labels: (String, String)...) -> MetricFamily.Sample {
        var sample = MetricFamily.Sample(counters[counter.rawValue])
        sample.labels = labels.map { (name: $0, value: $1) }
        return sample
    }

    private func samples(_ values: [String: Int], label: String) -> [MetricFamily.Sample] {
        values.sorted { $0.key < $1.key }.map { .init($0.value, (label, $0.key)) }
    }

    var families: [MetricFamily] { engineFamilies + socketFamilies }

    private var engineFamilies: [MetricFamily] {
        [
            MetricFamily(
                "engineio_sessions", .gauge, "Sessions that are open, by the transport that carries them.",
                [
                    sample(.pollingSessions, ("transport", "polling")),
                    sample(.webSocketSessions, ("transport", "websocket")),
                ]),
            MetricFamily(
                "engineio_live_sessions", .gauge,
                "Sessions in the table, those that wait for their last poll included.", [.init(sessions)]),
            MetricFamily(
                "engineio_accepts_handshakes", .gauge, "1 while new sessions are taken, 0 in a drain.",
                [.init(isAccepting ? 1 : 0)]),
            MetricFamily(
                "engineio_handshakes_total", .counter, "Sessions that were opened.",
                [
                    sample(.pollingHandshakes, ("transport", "polling")),
                    sample(.webSocketHandshakes, ("transport", "websocket")),
                ]),
            MetricFamily(
                "engineio_refused_requests_total", .counter, "Requests that were refused.",
                refusals.sorted { ($0.key.code, $0.key.context) < ($1.key.code, $1.key.context) }.map {
                    .init($0.value, ("code", "\($0.key.code)"), ("context", $0.key.context))
                }),
            MetricFamily(
                "engineio_upgrades_total", .counter, "Moves from polling to WebSocket that were begun.",
                [sample(.upgrades, ("outcome", "ok")), sample(.failedUpgrades, ("outcome", "failed"))]),
            MetricFamily(
                "engineio_packets_total", .counter, "Packets from and to clients.",
                [sample(.packetsIn, ("direction", "in")), sample(.packetsOut, ("direction", "out"))]),
            MetricFamily(
                "engineio_bytes_total", .counter, "Bytes of these packets.",
                [sample(.bytesIn, ("direction", "in")), sample(.bytesOut, ("direction", "out"))]),
            MetricFamily(
                "engineio_outbox_bytes", .gauge, "Bytes that wait for clients.", [.init(outboxBytes)]),
            MetricFamily(
                "engineio_outbox_packets", .gauge, "Packets that wait for clients.", [.init(outboxPackets)]),
            MetricFamily(
                "engineio_volatile_dropped_total", .counter, "Volatile packets that were not sent.",
                [sample(.volatileDropped)]),
            MetricFamily(
                "engineio_closes_total", .counter, "Sessions that ended, by reason.",
                samples(closes, label: "reason")),
            MetricFamily(
                "engineio_close_details_total", .counter, "Sessions that ended, by what exactly ended them.",
                samples(details, label: "detail")),
        ]
    }

    private var socketFamilies: [MetricFamily] {
        var duration = MetricFamily(
            "socketio_handler_duration_seconds", .histogram, "How long the handlers of an event took.", [])
        duration.histogram = .init(
            bounds: LoopMeter.Durations.bounds, counts: durations.buckets, sum: durations.nanoseconds)
        return [
            MetricFamily(
                "socketio_sockets", .gauge, "Sockets that are in a namespace.", [.init(sockets)]),
            MetricFamily(
                "socketio_connects_total", .counter, "Requests to join a namespace.",
                [sample(.connects, ("outcome", "ok")), sample(.refusedConnects, ("outcome", "refused"))]),
            MetricFamily(
                "socketio_disconnects_total", .counter, "Sockets that left their namespace, by reason.",
                samples(disconnects, label: "reason")),
            MetricFamily(
                "socketio_events_total", .counter, "Events from clients; events and acks to one client each.",
                [sample(.eventsIn, ("direction", "in")), sample(.eventsOut, ("direction", "out"))]),
            duration,
            MetricFamily(
                "socketio_handler_errors_total", .counter, "What handlers threw.", [sample(.handlerErrors)]),
            MetricFamily(
                "socketio_decode_failures_total", .counter, "Input that could not be understood.",
                [sample(.violations, ("what", "packet")), sample(.undecodable, ("what", "arguments"))]),
            MetricFamily(
                "socketio_pending_acks", .gauge, "Calls that wait for a client's answer.",
                [sample(.pendingAcks)]),
            MetricFamily(
                "socketio_acks_total", .counter, "Calls of clients that ended.",
                [
                    sample(.acks, ("outcome", "answered")), sample(.ackTimeouts, ("outcome", "timeout")),
                    sample(.lostAcks, ("outcome", "disconnected")),
                ]),
            MetricFamily(
                "socketio_rate_limited_events_total", .counter, "Events that were over a client's rate.",
                [sample(.rateLimited)]),
            MetricFamily(
                "socketio_broadcasts_total", .counter, "Events that were sent to many.", [.init(broadcasts)]),
            MetricFamily(
                "socketio_deliveries_total", .counter, "Packets of broadcasts, each client's counted.",
                [sample(.deliveries)]),
            MetricFamily(
                "socketio_recoveries_total", .counter, "Clients that asked for what they missed.",
                [
                    .init(recovery.recovered, ("outcome", "recovered")),
                    .init(recovery.unknown, ("outcome", "unknown")),
                    .init(recovery.overflow, ("outcome", "overflow")),
                    .init(recovery.foreignOffset, ("outcome", "foreign_offset")),
                    .init(recovery.malformed, ("outcome", "malformed")),
                    .init(recovery.refused, ("outcome", "refused")),
                ]),
            MetricFamily(
                "socketio_recoverable_sessions_total", .counter,
                "Sessions that waited for their client, and what became of those that it did not come back to.",
                [
                    .init(recovery.stored, ("event", "stored")),
                    .init(recovery.takenOver, ("event", "taken_over")),
                    .init(recovery.expired, ("event", "expired")),
                    .init(recovery.evicted, ("event", "evicted")),
                    .init(recovery.dropped, ("event", "dropped")),
                ]),
        ]
    }
}
