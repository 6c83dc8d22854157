// What server and client say alike: `import SocketIO` alone brings it along.
@_exported public import SocketIOEvents
