internal import ChatDomain
public import ChatService
internal import Glibc
public import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import NIOSSL

/// Asks other servers by HTTP/1.1, one connection a request.
///
/// A name is resolved once, every address that it has is checked, and the connection goes to one of these: a name that means
/// something else a moment later changes nothing. The same holds for each redirect.
public final class HTTPOutboundClient: OutboundClient {
    /// Requests that are going on at once; more are `failed`.
    private static let mostRequests = 64

    private let group: any EventLoopGroup
    private let allowed: [AddressRange]
    private let tls: NIOSSLContext
    private let resolvers: NIOThreadPool
    private let count = RequestCount()

    /// A client on these event loops.
    ///
    /// - Parameters:
    ///   - allowed: Addresses that may be reached although they are not public.
    ///   - trust: Who vouches for servers; without a word whom the system trusts.
    /// - Throws: what the TLS library says.
    public init(
        group: any EventLoopGroup, allowing allowed: [AddressRange] = [], trust: NIOSSLTrustRoots = .default
    ) throws {
        self.group = group
        self.allowed = allowed
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = trust
        tls = try NIOSSLContext(configuration: configuration)
        resolvers = NIOThreadPool(numberOfThreads: 2)
        resolvers.start()
    }

    deinit {
        resolvers.shutdownGracefully { _ in }
    }

    /// See ``OutboundClient/send(_:)``.
    public func send(_ request: OutboundRequest) async -> OutboundAnswer {
        guard count.begin(limit: Self.mostRequests) else { return .failed("Too many requests are going on.") }
        defer { count.end() }
        let deadline = NIODeadline.now() + .milliseconds(max(1, request.timeout))
        var request = request
        var rest = request.redirects
        while true {
            let answer = await sendOnce(request, deadline)
            guard case .answered(let response) = answer, rest > 0, (301...308).contains(response.status),
                let location = response["location"]
            else { return answer }
            rest -= 1
            guard let next = request.url.leading(to: location) else {
                return .refused("It leads on to an address that cannot be asked.")
            }
            request.url = next
            if response.status < 307, request.method == .post { (request.method, request.body) = (.get, []) }
        }
    }

    private func sendOnce(_ request: OutboundRequest, _ deadline: NIODeadline) async -> OutboundAnswer {
        guard let destination = Destination(request.url) else {
            return .refused("This address cannot be asked: its host or port is not one of the web.")
        }
        do {
            let addresses = try await resolve(destination, until: deadline)
            guard !addresses.isEmpty else { return .failed("\(destination.host) is not known.") }
            for address in addresses {
                guard let plain = address.ipAddress.flatMap({ NetworkAddress($0) }),
                    plain.isPublic || allowed.contains(where: { $0.contains(plain) })
                else {
                    return .refused("\(destination.host) is no public address: it is not reached from here.")
                }
            }
            return .answered(try await exchange(request, with: destination, at: addresses, until: deadline))
        } catch let failure as OutboundFailure {
            return .failed(failure.reason)
        } catch {
            return .failed("There was no answer: \(OutboundFailure.words(for: error)).")
        }
    }

    private func resolve(
        _ destination: Destination, until deadline: NIODeadline
    ) async throws -> [SocketAddress] {
        let loop = group.any()
        let answer = resolvers.runIfActive(eventLoop: loop) {
            try Self.lookUp(destination.host, destination.port)
        }
        return try await answer.withDeadline(deadline, on: loop).get()
    }

    /// Asks the system; blocks.
    private static func lookUp(_ host: String, _ port: Int) throws -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var entry = list
        while let info = entry?.pointee, addresses.count < 16 {
            if let address = info.ai_addr {
                switch info.ai_family {
                case AF_INET:
                    addresses.append(
                        address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                            SocketAddress($0.pointee)
                        })
                case AF_INET6:
                    addresses.append(
                        address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                            SocketAddress($0.pointee)
                        })
                default: break
                }
            }
            entry = info.ai_next
        }
        return addresses
    }

    private func exchange(
        _ request: OutboundRequest, with destination: Destination, at addresses: [SocketAddress],
        until deadline: NIODeadline
    ) async throws -> OutboundResponse {
        let loop = group.any()
        let answer = loop.makePromise(of: OutboundResponse.self)
        let (tls, limit) = (tls, request.answerLimit)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(max(.milliseconds(1), deadline - .now()))
            .channelOption(.autoRead, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let operations = channel.pipeline.syncOperations
                    if destination.isSecure {
                        let isLiteral = NetworkAddress(destination.host) != nil
                        try operations.addHandler(
                            NIOSSLClientHandler(
                                context: tls, serverHostname: isLiteral ? nil : destination.host))
                    }
                    var limits = NIOHTTPDecoderLimitConfiguration()
                    limits.maxHeaderListSize = 32_768
                    limits.maxHeaderFieldCount = 200
                    try operations.addHandler(HTTPRequestEncoder())
                    try operations.addHandler(
                        ByteToMessageHandler(
                            HTTPResponseDecoder(
                                leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop,
                                limitConfiguration: limits)))
                    try operations.addHandler(
                        OutboundExchange(request, destination, limit: limit, answer: answer))
                }
            }
        // The deadline is the promise's: whatever hangs, the answer is there by then, and the connection goes.
        let timer = loop.scheduleTask(deadline: deadline) {
            answer.fail(OutboundFailure("No answer came in \(request.timeout / 1_000) s."))
        }
        var channel: (any Channel)?
        var trouble: any Error = OutboundFailure("It could not be reached.")
        for address in addresses.prefix(3) {
            do {
                channel = try await bootstrap.connect(to: address).get()
                break
            } catch {
                trouble = error
            }
        }
        if channel == nil { answer.fail(trouble) }
        defer {
            timer.cancel()
            channel?.close(mode: .all, promise: nil)
        }
        return try await answer.futureResult.get()
    }
}

extension EventLoopFuture where Value: Sendable {
    /// The same, or a failure when the time is over.
    fileprivate func withDeadline(_ deadline: NIODeadline, on loop: any EventLoop) -> EventLoopFuture<Value> {
        let promise = loop.makePromise(of: Value.self)
        let timer = loop.scheduleTask(deadline: deadline) {
            promise.fail(OutboundFailure("The address was not found in time."))
        }
        whenComplete { result in
            timer.cancel()
            promise.completeWith(result)
        }
        return promise.futureResult
    }
}
