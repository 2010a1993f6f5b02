public import Foundation

/// A program of the system that tests run; a test that needs one says so in its condition.
public struct Program: Sendable {
    public var name: String

    public static let gzip = Program(name: "gzip")
    public static let cc = Program(name: "cc")
    public static let openssl = Program(name: "openssl")
    public static let nginx = Program(name: "nginx")
    public static let tinyproxy = Program(name: "tinyproxy")
    public static let microsocks = Program(name: "microsocks")
    public static let unshare = Program(name: "unshare")
    public static let ip = Program(name: "ip")
    public static let bash = Program(name: "bash")
    public static let zsh = Program(name: "zsh")
    public static let fish = Program(name: "fish")
    public static let groff = Program(name: "groff")
    public static let lexgrog = Program(name: "lexgrog")

    public var path: String? {
        ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin", "/opt/homebrew/bin"].map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    public var isInstalled: Bool { path != nil }

    public struct Failed: Error {
        public var tool: String
        public var status: Int32
    }

    /// Runs the program to its end and returns what it printed.
    @discardableResult public func run(_ arguments: [String], input: Data? = nil) throws -> [UInt8] {
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
