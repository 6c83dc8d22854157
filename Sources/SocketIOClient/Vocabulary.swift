// What server and client say alike, and the transports' names: `import SocketIOClient` alone brings them along.
@_exported public import SocketIOEvents

@_exported public import enum EngineIOProtocol.TransportName
