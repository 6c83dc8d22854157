/// What a namespace takes from the server's configuration.
struct NamespaceSettings: Sendable {
    var ackTimeout = Duration.seconds(5)
    var requestTimeout = Duration.seconds(5)
    var maxPendingCalls = 1_000
    var spans: (any SpanRecorder)?

    init() {}

    init(_ configuration: Configuration) {
        ackTimeout = configuration.ackTimeout
        requestTimeout = configuration.requestTimeout
        maxPendingCalls = configuration.maxPendingCalls
        spans = configuration.spans
    }
}
