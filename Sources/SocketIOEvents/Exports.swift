// Encoded arguments are bytes and live in the pure room; whoever encodes or passes them on need not know that.
@_exported public import struct SocketIOProtocol.EncodedArguments
