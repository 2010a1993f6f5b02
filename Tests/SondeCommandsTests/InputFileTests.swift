import Foundation
import Testing

@testable import SondeCommands

struct InputFileTests {
    /// A pipe with a name, and what was put into it.
    private func pipe(in folder: TemporaryFolder, holding text: String) throws -> (path: String, end: FileHandle) {
        let path = folder.path + "/pipe"
        try #require(unsafe mkfifo(path, 0o600) == 0)
        let end = try #require(FileHandle(forUpdatingAtPath: path))
        if !text.isEmpty { try end.write(contentsOf: Data(text.utf8)) }
        return (path, end)
    }

    @Test func `a look at a certificate leaves a pipe as it was`() throws {
        let folder = try TemporaryFolder()
        let (path, end) = try pipe(in: folder, holding: "PEM")
        try InputFile.check(path, purpose: "certificate file")
        #expect(System.isReadable(end.fileDescriptor))
        #expect(try System.read(end.fileDescriptor, upTo: 10) == Array("PEM".utf8))
    }

    @Test(arguments: ["-", "/nonexistent/ca.pem", "/tmp"])
    func `what no library can read as a certificate is refused`(path: String) {
        #expect(throws: UsageError.self) { try InputFile.check(path, purpose: "certificate file") }
    }

    @Test func `a file that nobody named is read only if it is a regular one`() throws {
        let folder = try TemporaryFolder()
        let (path, end) = try pipe(in: folder, holding: "SAMPLE_API_KEY=1\n")
        #expect(DotenvFile.names(in: path).isEmpty)
        #expect(System.isReadable(end.fileDescriptor), "nothing was taken")
        #expect(DotenvFile.names(in: try folder.file(".env", "SAMPLE_API_KEY=1\n")) == ["SAMPLE_API_KEY"])
    }

    @Test func `waiting for a pipe ends when the task is cancelled`() async throws {
        let folder = try TemporaryFolder()
        let (path, end) = try pipe(in: folder, holding: "")
        let task = Task.detached { try InputFile.read(path, purpose: "profile", limit: 100) }
        task.cancel()
        await #expect(throws: UsageError.self) { try await task.value }
        try end.close()
    }
}
