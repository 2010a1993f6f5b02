import Foundation

/// A program of the system that tests run; a test that needs one says so in its condition.
struct Tool {
    var name: String

    static let gzip = Tool(name: "gzip")
    static let cc = Tool(name: "cc")
    static let openssl = Tool(name: "openssl")
    static let nginx = Tool(name: "nginx")
    static let tinyproxy = Tool(name: "tinyproxy")
    static let microsocks = Tool(name: "microsocks")

    var path: String? {
        ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin", "/opt/homebrew/bin"].map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    var isInstalled: Bool { path != nil }

    struct Failed: Error {
        var tool: String
        var status: Int32
    }

    /// Runs the program to its end and returns what it printed.
    @discardableResult func run(_ arguments: [String], input: Data? = nil) throws -> [UInt8] {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: path ?? "/nonexistent")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        let source = Pipe()
        process.standardInput = input == nil ? FileHandle.nullDevice : source
        try process.run()
        if let input {
            Thread.detachNewThread {
                try? source.fileHandleForWriting.write(contentsOf: input)
                try? source.fileHandleForWriting.close()
            }
        }
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(tool: name, status: process.terminationStatus) }
        return Array(printed)
    }
}
