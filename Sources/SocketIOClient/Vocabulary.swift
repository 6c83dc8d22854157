// What server and client say alike: `import SocketIOClient` alone brings it along.
@_exported public import SocketIOEvents
