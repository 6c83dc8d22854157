public import EngineIO
public import Logging
public import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// TLS for a server, with certificates from files that may change while it runs.
///
/// ```swift
/// let tls = try ServerTLS(chain: "fullchain.pem", key: "privkey.pem")
/// try await io.serve(host: "0.0.0.0", port: 443, tls: tls)
/// ```
///
/// New connections get the certificate that was loaded last; open ones keep what they have. Files that cannot be used leave
/// everything as it is and are logged as an error.
public final class ServerTLS: ListenerTLS {
    /// What it is like.
    public let options: Options
    private let logger: Logger
    /// Asked by each new connection, changed by a reload.
    private let loaded: Mutex<LoadedTLS>
    /// Held while files are read, which may take its time.
    private let watch: Mutex<Watch>

    /// What is known about the files.
    private struct Watch: Sendable {
        /// Those that are in use.
        var used: TLSFiles
        /// Those that the last look found, when they were others.
        var seen: TLSFiles?
        /// Those that could not be used, or the error that came of reading them: told once.
        var refused: TLSFiles?
        var told: TLSFileError?
    }

    /// Loads the files.
    ///
    /// - Throws: ``TLSFileError``, which names the file and says what to do.
    public init(_ options: Options, logger: Logger = Logger(label: "socketio.tls")) throws {
        self.options = options
        self.logger = logger
        let files = try TLSFiles(options)
        let first = try LoadedTLS(files, options)
        loaded = Mutex(first)
        watch = Mutex(Watch(used: files))
        warnIfEnded(first)
    }

    /// Loads one certificate and its key from PEM files.
    ///
    /// - Throws: ``TLSFileError``, which names the file and says what to do.
    public convenience init(
        chain: String, key: String, logger: Logger = Logger(label: "socketio.tls")
    ) throws {
        try self.init(Options(certificates: [Certificate(chain: chain, key: key)]), logger: logger)
    }

    /// When the first of the certificates in use ends, in seconds since 1970: to be watched.
    public var notAfter: Double { loaded.withLock { $0.notAfter } }

    // MARK: - Reloading

    /// Loads the files again. Connections that come from now on get what is in them.
    ///
    /// - Throws: ``TLSFileError``; then the old certificates stay in use.
    public func reload() async throws {
        try await NIOThreadPool.singleton.runIfActive { try self.reloadNow() }
    }

    private func reloadNow() throws {
        try watch.withLock { watch in
            let files = try TLSFiles(options)
            let new = try LoadedTLS(files, options)
            loaded.withLock { $0 = new }
            watch = Watch(used: files)
            tellReloaded(new)
        }
    }

    /// Looks whether the files have changed. Blocks; not for event loops.
    func check() {
        watch.withLock { watch in
            do throws(TLSFileError) {
                let files = try TLSFiles(options)
                guard files != watch.used, files != watch.refused, files == watch.seen else {
                    watch.seen = files
                    if files == watch.used { (watch.refused, watch.told) = (nil, nil) }
                    return
                }
                watch.refused = files
                let new = try LoadedTLS(files, options)
                loaded.withLock { $0 = new }
                watch = Watch(used: files)
                tellReloaded(new)
            } catch {
                guard watch.told != error else { return }
                watch.told = error
                logger.error(
                    "new TLS files cannot be used, the old certificates stay",
                    metadata: ["file": "\(error.file)", "problem": "\(error.problem)"])
            }
        }
    }

    private func tellReloaded(_ new: LoadedTLS) {
        logger.notice("TLS certificates loaded again", metadata: ["notAfter": "\(Int64(new.notAfter))"])
        warnIfEnded(new)
    }

    private func warnIfEnded(_ new: LoadedTLS) {
        guard new.notAfter < Double(time(nil)) else { return }
        logger.warning(
            "a TLS certificate has ended: clients will refuse it; put a new one into its files",
            metadata: ["notAfter": "\(Int64(new.notAfter))"])
    }

    // MARK: - The listener

    /// Begins to look at the files now and then, beside the connections.
    public func listenerStarted(_ channel: any Channel) {
        guard let interval = options.checkInterval.map({ TimeAmount($0) }) else { return }
        let eventLoop = channel.eventLoop
        let looking = eventLoop.scheduleRepeatedAsyncTask(initialDelay: interval, delay: interval) { _ in
            NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) { self.check() }
        }
        channel.closeFuture.whenComplete { _ in looking.cancel() }
    }

    /// Puts the encryption into the pipeline of a new connection.
    public func secure(_ channel: any Channel, streams: ListenerStreams) throws {
        let context = loaded.withLock { $0.context }
        let encryption = NIOSSLServerHandler(context: context)
        try channel.pipeline.syncOperations.addHandlers(
            encryption, TLSReporter(encryption: encryption, streams: streams, logger: logger))
    }
}
