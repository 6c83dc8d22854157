import SocketIO
import SocketIOClient
import SocketIOTLS

/// The code of the articles about TLS.
enum Encrypting {
    static func serve(_ io: SocketIO) async throws {
        let tls = try ServerTLS(chain: "/etc/chat/fullchain.pem", key: "/etc/chat/privkey.pem")
        try await io.serve(host: "0.0.0.0", port: 443, tls: tls)
    }

    static func several(_ io: SocketIO) async throws {
        var options = ServerTLS.Options(certificates: [
            .init(chain: "chat.pem", key: "chat.key"),
            .init(chain: "other.pem", key: "other.key", hosts: ["other.example", "*.other.example"]),
        ])
        options.clientCertificates = .required(roots: "clients.pem")
        let tls = try ServerTLS(options)
        try await io.serve(port: 8443, tls: tls)
    }

    static func client() throws -> SocketClient {
        var secure = SocketClient.Configuration()
        secure.tls.roots = .file("company-root.pem")
        secure.tls.certificate = .init(chain: "client.crt", key: "client.key")
        let company = try SocketClient("wss://chat.internal", secure)
        return company
    }
}
