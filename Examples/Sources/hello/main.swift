// The smallest server: it greets whoever says hello.
//
//     swift run --package-path Examples hello
//
// In a browser's console, on any page that has socket.io-client: io("http://127.0.0.1:3000").emit("hello", "Ada")
import SocketIO

let io = SocketIO()
io.namespace().on(Event<String>("hello")) { socket, name in
    socket.emit(Event<String>("hello"), "Hi \(name)")
}
try await io.serve(port: 3000)
