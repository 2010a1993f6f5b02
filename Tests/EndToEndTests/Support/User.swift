import Foundation
import SondeJSON
import SondeSimulator

/// Somebody who types `sonde …` in an empty home: no keys, no proxies, no configuration but what a test gives.
final class User: Sendable {
    /// Home, working folder and everything else that the tool may write to.
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/sonde-user-" + UUID().uuidString
        for name in ["", "/config", "/state", "/tmp", "/work"] {
            try FileManager.default.createDirectory(atPath: folder + name, withIntermediateDirectories: false)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Where the tool is started.
    var workingFolder: String { folder + "/work" }

    /// The built tool, beside the tests.
    static let tool: String = {
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        var place = URL(fileURLWithPath: executable).deletingLastPathComponent()
        // On macOS the tests are in a bundle of several folders.
        while place.pathExtension == "xctest" || ["MacOS", "Contents"].contains(place.lastPathComponent) { place.deleteLastPathComponent() }
        let beside = place.appendingPathComponent("sonde").path
        guard !FileManager.default.isExecutableFile(atPath: beside) else { return beside }
        return URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../.build/debug/sonde")
            .standardized.path
    }()

    func environment(_ additions: [String: String] = [:]) -> [String: String] {
        [
            "HOME": folder, "XDG_CONFIG_HOME": folder + "/config", "XDG_STATE_HOME": folder + "/state", "TMPDIR": folder + "/tmp",
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", "TERM": "xterm-256color",
        ].merging(additions) { $1 }
    }

    /// Starts the tool and leaves it running.
    func starts(
        _ arguments: [String], with variables: [String: String] = [:], on streams: ChildProcess.Streams = .pipes(),
        patience: Duration = .seconds(40),
        measuresMemory: Bool = false, program: String = User.tool
    ) throws -> ChildProcess {
        try ChildProcess(
            path: program, arguments: arguments, environment: environment(variables), folder: workingFolder, streams: streams,
            patience: patience,
            measuresMemory: measuresMemory)
    }

    /// Runs the tool to its end; only so many at once that none has to wait for a processor.
    func runs(
        _ arguments: [String], with variables: [String: String] = [:], on streams: ChildProcess.Streams = .pipes(),
        patience: Duration = .seconds(40),
        measuresMemory: Bool = false, program: String = User.tool
    ) async throws -> Finished {
        try await Slots.shared.withSlot {
            try await self.starts(
                arguments, with: variables, on: streams, patience: patience, measuresMemory: measuresMemory, program: program
            ).finished()
        }
    }

    func runs(_ arguments: String..., with variables: [String: String] = [:]) async throws -> Finished {
        try await runs(arguments, with: variables)
    }

    // MARK: Files

    @discardableResult func writes(_ text: String, to name: String) throws -> String {
        let path = workingFolder + "/" + name
        try FileManager.default.createDirectory(atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        return path
    }

    /// The bytes of a file in the working folder, nil when there is none.
    func bytes(of name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: workingFolder + "/" + name).map(Array.init)
    }

    func text(of name: String) -> String? { bytes(of: name).map { String(decoding: $0, as: UTF8.self) } }

    /// Every file below the home, by its path from there.
    var files: [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in FileManager.default.subpaths(atPath: folder) ?? [] {
            guard (try? FileManager.default.attributesOfItem(atPath: folder + "/" + name))?[.type] as? FileAttributeType == .typeRegular
            else { continue }
            files[name] = FileManager.default.contents(atPath: folder + "/" + name).map(Array.init) ?? []
        }
        return files
    }
}

/// A number of places; whoever finds none free waits.
actor Slots {
    static let shared = Slots(6)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    nonisolated func withSlot<Result: Sendable>(_ work: @Sendable () async throws -> Result) async throws -> Result {
        await take()
        do {
            let result = try await work()
            await giveBack()
            return result
        } catch {
            await giveBack()
            throw error
        }
    }

    private func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

extension User {
    /// The permissions of a file or folder in the home.
    func mode(of name: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: folder + "/" + name))?[.posixPermissions] as? Int
    }
}
