import SocketIO
internal import SocketIOCore

/// Tells of every adapter that is made, and lets another factory make it.
struct Traced: AdapterFactory {
    let wrapped: any AdapterFactory

    func makeAdapter(namespace: String, local: any LocalDelivery) -> any Adapter {
        print("adapter of \(namespace)")
        return wrapped.makeAdapter(namespace: namespace, local: local)
    }
}

/// The code of the article about more than one process.
enum Scaling {
    static func configured() -> SocketIO {
        var configuration = Configuration()
        configuration.adapter = Traced(wrapped: InMemoryAdapter.Factory())
        let io = SocketIO(configuration)
        return io
    }
}
