internal import EngineIO
internal import FoundationEssentials
internal import Logging
public import SocketIO

extension SocketIO {
    /// A server for ``test(seed:_:)``: its event loops run by the test's clock. Register handlers on it as on
    /// any other.
    ///
    /// - Parameter loops: how many event loops; with one, what happens has one order.
    public static func forTesting(_ configuration: Configuration = .init(), loops: Int = 1) -> SocketIO {
        let group = VirtualLoops(loops)
        return SocketIO(
            configuration, group: group, loops: .init(group: group),
            logger: Logger(label: "socketio.testing"))
    }

    /// Runs a test against this server, in memory: no port, and time moves only when the test moves it.
    ///
    /// ```swift
    /// try await io.test { net in
    ///     let a = try await net.connect("/chat", auth: ["token": "a"])
    ///     let b = try await net.connect("/chat", auth: ["token": "b"])
    ///     try await a.emit(message, "hi")
    ///     #expect(try await b.next(message) == "a: hi")
    ///     await b.dropNetwork()
    ///     try await b.reconnect()
    /// }
    /// ```
    ///
    /// When the test throws, the seed of its chance is printed.
    ///
    /// - Parameter seed: nil takes `SOCKETIO_TEST_SEED` from the environment, or a new one.
    /// - Throws: what `body` throws; ``TestFailure/serverOnThreads``.
    @discardableResult
    public func test<Result>(
        seed: UInt64? = nil, _ body: (TestNetwork) async throws -> Result
    ) async throws -> Result {
        guard let group = group as? VirtualLoops else { throw TestFailure.serverOnThreads }
        let given = ProcessInfo.processInfo.environment["SOCKETIO_TEST_SEED"].flatMap { UInt64($0) }
        let seed = seed ?? given ?? UInt64.random(in: 0...(.max))
        let network = TestNetwork(self, group, seed: seed)
        do {
            let result = try await body(network)
            await network.finish()
            return result
        } catch {
            print("SOCKETIO_TEST_SEED=\(seed)")
            await network.finish()
            throw error
        }
    }
}
