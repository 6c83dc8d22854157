internal import ArgumentParser
internal import EngineIO
internal import EngineIOProtocol
internal import Foundation
internal import NIOCore
internal import ServerOptions
internal import SocketIO

/// A server that does what a test tells it: a plan at its start, commands on standard input, and a journal of
/// all that happens on standard output. See Tests/interop/README.md.
@main
struct BehaviourServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "behaviour-server", abstract: "Acts by a plan and keeps a journal.")

    @Option(help: "What the server is and does, as JSON.")
    var plan = "{}"

    @Option(help: "The port; 0 takes any free one.")
    var port = 0

    @Option(help: "Event loops.")
    var threads = 1

    func run() async throws {
        let plan = try JSONDecoder().decode(Plan.self, from: Data(self.plan.utf8))
        let configuration = try plan.makeConfiguration()
        let io = SocketIO(configuration, threads: threads)
        let stage = Stage(io: io)
        io.onNewNamespace { Journal.write("new_namespace", ["name": .string($0)]) }
        var namespaces = plan.namespaces ?? [:]
        if namespaces["/"] == nil, namespaces[""] == nil { namespaces["/"] = NamespacePlan() }
        for (name, namespace) in namespaces { stage.add(name, namespace) }
        for (pattern, family) in plan.families ?? [:] { stage.add(family: pattern, family) }
        let bare = BareEngine(opened: plan.opened ?? [], echo: plan.echo ?? false)
        var engine = configuration.engine
        engine.path = plan.http?.addTrailingSlash == false ? "/engine.io" : "/engine.io/"
        let listener = try await io.listen(
            port: port, beside: [EngineServer(configuration: engine, application: bare)])
        let commands = Commands(stage: stage, bare: bare)
        Thread.detachNewThread { commands.readAll() }
        try await serveUntilSignal(listener, host: "127.0.0.1")
    }
}

extension Plan {
    /// The library's configuration with what the plan says about it.
    func makeConfiguration() throws -> Configuration {
        var configuration = Configuration()
        if let pingInterval { configuration.engine.timings.pingInterval = .milliseconds(pingInterval) }
        if let pingTimeout { configuration.engine.timings.pingTimeout = .milliseconds(pingTimeout) }
        if let upgradeTimeout { configuration.engine.timings.upgradeTimeout = .milliseconds(upgradeTimeout) }
        if let connectTimeout { configuration.connectTimeout = .milliseconds(connectTimeout) }
        if let isOn = cleanupEmptyChildNamespaces { configuration.cleanupEmptyChildNamespaces = isOn }
        if let maxPayload { configuration.engine.maxPayload = maxPayload }
        if let maxOutboxBytes { configuration.engine.maxOutboxBytes = maxOutboxBytes }
        if let transports { configuration.engine.transports = transports.compactMap(TransportName.init) }
        if let allowUpgrades { configuration.engine.allowUpgrades = allowUpgrades }
        if let allowEIO3 { configuration.engine.allowEIO3 = allowEIO3 }
        if let origins { configuration.engine.origins = origins == ["*"] ? .any : .list(origins) }
        if let recovery {
            configuration.recovery = Recovery(rerunAuthentication: recovery.skipMiddlewares == false)
        }
        if let clientFolder { configuration.engine.clientFiles = try ClientFiles(folder: clientFolder) }
        if let threshold = httpCompression {
            configuration.engine.httpCompression?.threshold = max(threshold, 0)
            if threshold < 0 { configuration.engine.httpCompression = nil }
        }
        (http ?? HTTPPlan()).apply(to: &configuration.engine)
        if http?.addTrailingSlash == false { configuration.engine.path = "/socket.io" }
        return configuration
    }
}
