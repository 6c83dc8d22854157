internal import FoundationEssentials
internal import NIOCore
internal import SocketIOCore

extension AnySocket {
    /// Sets what other servers of the cluster see of the socket, see ``RemoteSocket/data(as:)``: the reference's
    /// `socket.data`. It is kept as JSON; a later change of the value is not seen until it is set again.
    ///
    /// A socket whose state is `Codable` shows that as long as nothing is set here. A client that comes back to its
    /// session, see ``Recovery``, finds it set.
    ///
    /// - Throws: `EncodingError` when the value cannot be written as JSON.
    public func setData(_ value: some Encodable & Sendable) throws {
        let json = try EncodedArguments(coding: core.coding, value).json
        onLoop {
            let extras = self.extrasMade()
            extras.dataJSON = json
            extras.isDataRestored = false
        }
    }

    /// Sets what the socket of before was given, unless the namespace's middleware has set something since.
    func restoreData(_ json: [UInt8]?) {
        guard let json, extras?.dataJSON == nil || extras?.isDataRestored == true else { return }
        let extras = extrasMade()
        extras.dataJSON = json
        extras.isDataRestored = true
    }

    /// What ``setData(_:)`` was given last; nil when that was nothing.
    ///
    /// - Throws: `DecodingError` when it is of another form.
    public func data<Value: Decodable & Sendable>(as type: Value.Type) async throws -> Value? {
        guard let json = await onLoop({ $0.extras?.dataJSON }) ?? nil else { return nil }
        return try JSONDecoder().decode(type, from: Data(json))
    }

    /// What the other servers of the cluster may know of the socket; to be asked on the loop.
    func details(node: NodeID) -> SocketDetails {
        SocketDetails(
            id: id, handshake: handshake.details, rooms: shard.rooms(of: self).union([Room(id)]),
            dataJSON: extras?.dataJSON ?? stateJSON(), node: node)
    }

    /// Asks the socket on its loop; nil when the loop is gone.
    func onLoop<Value: Sendable>(_ work: @escaping @Sendable (AnySocket) -> Value) async -> Value? {
        let promise = eventLoop.makePromise(of: Value.self)
        onLoop { promise.succeed(work(self)) }
        return try? await promise.futureResult.get()
    }
}
