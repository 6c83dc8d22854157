public import SocketIOProtocol

/// What an ``AnswerCollector`` tells its owner.
public enum AnswerReport: Sendable, Equatable {
    /// Who got the event, as a server tells.
    public enum Receivers: Sendable, Equatable {
        /// These sockets.
        case sockets([SocketID])
        /// So many sockets without names: all that the reference's protocols tell.
        case count(Int)
    }

    /// Who did not answer.
    public struct Missing: Sendable, Equatable {
        /// The sockets, those that are gone included.
        public var sockets: Set<SocketID> = []
        /// Those of the ``sockets`` that are gone.
        public var lost: Set<SocketID> = []
        /// How many further sockets, whose names are unknown.
        public var unnamedSockets = 0
        /// The servers that are gone or did not say whom they asked, as far as their names are known.
        public var nodes: Set<NodeID> = []
        /// How many further servers, whose names are unknown.
        public var unnamedNodes = 0

        /// Nobody.
        public init() {}

        /// Those of the ``sockets`` that are still there, for all that is known.
        public var silent: Set<SocketID> { sockets.subtracting(lost) }

        /// Whether every server and every socket has answered.
        public var isEmpty: Bool {
            sockets.isEmpty && unnamedSockets == 0 && nodes.isEmpty && unnamedNodes == 0
        }
    }

    /// A server has given the event to these.
    case asked(Receivers)
    /// A socket answered; without a name when its server does not tell.
    case answered(EncodedArguments, SocketID?)
    /// A socket is gone.
    case lost(SocketID)
    /// Nothing follows.
    case ended(Missing)
}
