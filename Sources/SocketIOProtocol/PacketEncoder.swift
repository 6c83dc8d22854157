/// Encodes Socket.IO packets of protocol revision 5 with JSON payloads.
///
/// With `engineType` the result starts with the `4` of an Engine.IO message and can be sent as it is. What is
/// named JSON must be JSON already; namespaces must start with `/` and hold no comma. Neither is looked at.
public enum PacketEncoder {
    /// Appends what stands before the payload.
    ///
    /// - Parameters:
    ///   - type: the packet's type.
    ///   - attachmentCount: How many binary messages follow; written only for binary types.
    ///   - namespace: `/` is not written.
    ///   - ackID: the number of the ack, if there is one.
    ///   - engineType: Whether to start with the `4` of an Engine.IO message.
    ///   - output: where the bytes are appended.
    public static func header(
        type: SocketPacketType, attachmentCount: Int = 0, namespace: String = "/", ackID: UInt64? = nil,
        engineType: Bool = true, to output: inout [UInt8]
    ) {
        if engineType { output.append(UInt8(ascii: "4")) }
        output.append(UInt8(ascii: "0") + type.rawValue)
        if type.announcesAttachments {
            Self.decimal(UInt64(clamping: attachmentCount), to: &output)
            output.append(UInt8(ascii: "-"))
        }
        if namespace != "/" {
            output.append(contentsOf: namespace.utf8)
            output.append(UInt8(ascii: ","))
        }
        if let ackID { Self.decimal(ackID, to: &output) }
    }

    /// A CONNECT that confirms the socket: `40/admin,{"sid":"..."}`.
    ///
    /// - Parameters:
    ///   - namespace: the namespace's name.
    ///   - sid: the socket's id.
    ///   - pid: The private id for recovery; the key is absent without it.
    ///   - engineType: whether to start with the `4` of an Engine.IO message.
    public static func connect(
        namespace: String = "/", sid: String, pid: String? = nil, engineType: Bool = true
    ) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(namespace.utf8.count + sid.utf8.count + (pid?.utf8.count ?? 0) + 24)
        Self.header(type: .connect, namespace: namespace, engineType: engineType, to: &output)
        output.append(contentsOf: #"{"sid":"#.utf8)
        JSONText.string(sid, into: &output)
        if let pid {
            output.append(contentsOf: #","pid":"#.utf8)
            JSONText.string(pid, into: &output)
        }
        output.append(UInt8(ascii: "}"))
        return output
    }

    /// A CONNECT_ERROR that refuses the socket: `44/mw,{"message":"...","data":...}`.
    ///
    /// - Parameters:
    ///   - namespace: the namespace's name.
    ///   - message: the error's text.
    ///   - dataJSON: The error's data, a JSON value; the key is absent without it.
    ///   - engineType: whether to start with the `4` of an Engine.IO message.
    public static func connectError(
        namespace: String = "/", message: String, dataJSON: [UInt8]? = nil, engineType: Bool = true
    ) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(namespace.utf8.count + message.utf8.count + (dataJSON?.count ?? 0) + 32)
        Self.header(type: .connectError, namespace: namespace, engineType: engineType, to: &output)
        output.append(contentsOf: #"{"message":"#.utf8)
        JSONText.string(message, into: &output)
        if let dataJSON {
            output.append(contentsOf: #","data":"#.utf8)
            output.append(contentsOf: dataJSON)
        }
        output.append(UInt8(ascii: "}"))
        return output
    }

    /// A DISCONNECT: `41` or `41/admin,`.
    public static func disconnect(namespace: String = "/", engineType: Bool = true) -> [UInt8] {
        var output: [UInt8] = []
        Self.header(type: .disconnect, namespace: namespace, engineType: engineType, to: &output)
        return output
    }

    /// An event: `42/nsp,12["name",args]`, or `451-["name",args]` with attachments.
    ///
    /// - Parameters:
    ///   - namespace: the namespace's name.
    ///   - ackID: The id under which an answer is awaited.
    ///   - name: the event's name.
    ///   - argumentsJSON: The arguments, separated by commas and without brackets; may be empty.
    ///   - attachmentCount: How many binary messages follow.
    ///   - engineType: whether to start with the `4` of an Engine.IO message.
    public static func event(
        namespace: String = "/", ackID: UInt64? = nil, name: String, argumentsJSON: [UInt8],
        attachmentCount: Int = 0, engineType: Bool = true
    ) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(namespace.utf8.count + name.utf8.count + argumentsJSON.count + 32)
        Self.header(
            type: attachmentCount > 0 ? .binaryEvent : .event, attachmentCount: attachmentCount,
            namespace: namespace, ackID: ackID, engineType: engineType, to: &output)
        output.append(UInt8(ascii: "["))
        JSONText.string(name, into: &output)
        if !argumentsJSON.isEmpty {
            output.append(UInt8(ascii: ","))
            output.append(contentsOf: argumentsJSON)
        }
        output.append(UInt8(ascii: "]"))
        return output
    }

    /// An ack: `43/nsp,12[args]`, or `461-12[args]` with attachments.
    ///
    /// - Parameters:
    ///   - namespace: the namespace's name.
    ///   - id: The id of the event that it answers.
    ///   - argumentsJSON: The values, separated by commas and without brackets; may be empty.
    ///   - attachmentCount: How many binary messages follow.
    ///   - engineType: whether to start with the `4` of an Engine.IO message.
    public static func ack(
        namespace: String = "/", id: UInt64, argumentsJSON: [UInt8], attachmentCount: Int = 0,
        engineType: Bool = true
    ) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(namespace.utf8.count + argumentsJSON.count + 32)
        Self.header(
            type: attachmentCount > 0 ? .binaryAck : .ack, attachmentCount: attachmentCount,
            namespace: namespace, ackID: id, engineType: engineType, to: &output)
        output.append(UInt8(ascii: "["))
        output.append(contentsOf: argumentsJSON)
        output.append(UInt8(ascii: "]"))
        return output
    }

    private static func decimal(_ value: UInt64, to output: inout [UInt8]) {
        let start = output.count
        var rest = value
        repeat {
            output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        output[start...].reverse()
    }
}
