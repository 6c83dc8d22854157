internal import Foundation

/// A small web client as the build makes them: a page, files that never change, compressed forms.
enum WebFolder {
    static let page = "<!doctype html><title>Parley</title>"
    static let script = "console.log('parley')"

    static func write(to folder: URL) throws {
        let assets = folder.appending(path: "assets")
        try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
        let files = [
            "index.html": page, "manifest.webmanifest": "{}", "icon.svg": "<svg/>", "notes.secret": "no",
            "assets/app-1a2b.js": script, "assets/app-1a2b.js.br": "brotli", "assets/app-1a2b.js.gz": "gzip",
            "assets/app-1a2b.css": "body{}", "assets/app-1a2b.css.gz": "gzip",
        ]
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        // Beside the folder, not in it.
        try Data("secret".utf8).write(to: folder.deletingLastPathComponent().appending(path: "secret.txt"))
    }
}
