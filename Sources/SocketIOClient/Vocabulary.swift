// What server and client say alike, and the words that a client is set up and called with: `import SocketIOClient`
// alone brings them along.
@_exported public import SocketIOEvents

@_exported public import enum EngineIOProtocol.TransportName
