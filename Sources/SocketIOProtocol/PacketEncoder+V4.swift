/// The two packets that look different in protocol revision 4, that of Socket.IO v2.
extension PacketEncoder {
    /// A CONNECT that confirms the socket: `40` or `40/admin,`. The client makes up its id by itself.
    public static func connectV4(namespace: String = "/", engineType: Bool = true) -> [UInt8] {
        var output: [UInt8] = []
        Self.header(type: .connect, namespace: namespace, engineType: engineType, to: &output)
        return output
    }

    /// A CONNECT_ERROR, ERROR in revision 4, that refuses the socket: `44/mw,"not authorized"` or `44/mw,{"code":1}`.
    ///
    /// - Parameters:
    ///   - namespace: the namespace's name.
    ///   - message: What the client gets when there are no data.
    ///   - dataJSON: The error's data, a JSON value; `null` counts as none, as in the reference.
    ///   - engineType: whether to start with the `4` of an Engine.IO message.
    public static func connectErrorV4(
        namespace: String = "/", message: String, dataJSON: [UInt8]? = nil, engineType: Bool = true
    ) -> [UInt8] {
        var output: [UInt8] = []
        Self.header(type: .connectError, namespace: namespace, engineType: engineType, to: &output)
        if let dataJSON, dataJSON != Array("null".utf8) {
            output.append(contentsOf: dataJSON)
        } else {
            JSONText.string(message, into: &output)
        }
        return output
    }
}
