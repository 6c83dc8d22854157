// What server and client say alike: `import SocketIO` alone brings it along.
@_exported public import SocketIOEvents

// What a program says to set a server up, and what it is told of a socket: for these words, too, one import is
// enough. Whoever drives the engine itself, or writes an adapter or a parser, imports that room.
@_exported public import struct EngineIO.AdmissionLimits
@_exported public import struct EngineIO.CORSOptions
@_exported public import struct EngineIO.ClientFiles
@_exported public import struct EngineIO.ConnectionTLS
@_exported public import struct EngineIO.EngineConfiguration
@_exported public import class EngineIO.EngineListener
@_exported public import class EngineIO.EngineSession
@_exported public import struct EngineIO.HTTPLimits
@_exported public import class EngineIO.HandshakeRequest
@_exported public import protocol EngineIO.ListenerTLS
@_exported public import struct EngineIO.MessageCompression
@_exported public import struct EngineIO.OutboxPolicy
@_exported public import enum EngineIO.RequestDecision
@_exported public import enum EngineIOProtocol.OriginPolicy
@_exported public import struct EngineIOProtocol.SessionTimings
@_exported public import enum EngineIOProtocol.TransportName
@_exported public import enum NIOCore.SocketAddress
@_exported public import struct NIOHTTP1.HTTPHeaders
@_exported public import struct SocketIOCore.Room
@_exported public import struct SocketIOCore.SocketID
@_exported public import enum SocketIOProtocol.DisconnectReason
@_exported public import struct SocketIOProtocol.MessagePackParser
@_exported public import struct SocketIOProtocol.ParserLimits
@_exported public import struct SocketIOProtocol.RateLimit
