internal import EngineIO
internal import Foundation
internal import SocketIO
internal import Testing

/// The browser client's bundles as they lie in a folder.
struct ClientFilesFolderTests {
    @Test("The bundles that are there are read, and nothing else")
    func folder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: EngineConfigurationError.self) { try ClientFiles(folder: folder.path) }
        for name in [
            "socket.io.min.js", "socket.io.esm.min.js.map", "package.json", "evil.js", "socket.io.min.js.br",
        ] {
            try Data("x".utf8).write(to: folder.appendingPathComponent(name))
        }
        #expect(
            try ClientFiles(folder: folder.path).available == [
                "socket.io.esm.min.js.map", "socket.io.min.js",
            ])
    }

    @Test("A folder that is not there is an error with a name")
    func missing() throws {
        let error = #expect(throws: EngineConfigurationError.self) {
            try ClientFiles(folder: "/no/such/folder")
        }
        #expect(error?.option == "clientFiles")
    }
}
