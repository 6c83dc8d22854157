package import SocketIOProtocol

/// A value that stands for all arguments of an ack instead of its first.
package protocol ArgumentList {
    /// Decodes the arguments.
    init(arguments: EventArguments) throws
    /// Encodes the arguments.
    func encodedArguments(_ coding: JSONCoding?) throws -> EncodedArguments
}

extension EventArguments {
    /// Decodes an ack as what its request returns.
    package func decodeAnswer<Reply: Decodable>(_ type: Reply.Type) throws -> Reply {
        if let list = type as? any ArgumentList.Type, let reply = try list.init(arguments: self) as? Reply {
            return reply
        }
        return try decode(type)
    }
}

extension EncodedArguments {
    /// Encodes what a request returns as an ack.
    package init<Reply: Encodable>(answer reply: Reply, coding: JSONCoding? = nil) throws {
        if let list = reply as? any ArgumentList {
            self = try list.encodedArguments(coding)
        } else {
            try self.init(coding: coding, reply)
        }
    }
}
