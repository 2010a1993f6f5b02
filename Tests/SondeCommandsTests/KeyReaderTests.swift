import Foundation
import Sonde
import Testing

@testable import SondeCommands

extension KeyReader {
    fileprivate func text(_ source: String) async throws -> String? {
        try await read(try KeySource(source)).map { $0.reveal { String(decoding: $0, as: UTF8.self) } }
    }

    fileprivate func mistake(_ source: KeySource) async -> UsageError? {
        do throws(UsageError) {
            _ = try await read(source)
            return nil
        } catch {
            return error
        }
    }
}

struct KeySourceTests {
    @Test func `sources are read with and without a target`() throws {
        #expect(try KeySource("env:A_1") == .environment("A_1"))
        #expect(try KeySource("file:/a=b") == .file("/a=b"))
        #expect(try KeySource("stdin") == .standardInput)
        #expect(try KeySource("command:pass show 'my key'") == .command(["pass", "show", "my key"]))
        let named = try KeyAssignment("https://h/v1?a=b=command:cat --x=env:Y")
        #expect(named.target == "https://h/v1?a=b")
        #expect(named.source == .command(["cat", "--x=env:Y"]))
        #expect(try KeyAssignment("command:a --b=env:C").target == nil)
        #expect(try KeyAssignment("openai=stdin").target == "openai")
    }

    @Test func `a command is never displayed`() throws {
        #expect(try KeySource("command:echo hunter2").display == "command")
        #expect(try KeySource("env:A").display == "env:A")
    }

    @Test(arguments: [
        "", "-", "foo", "env:", "env:$A", "env:A-B", "file:", "command:", "command: ", "OPENAI_API_KEY", "openai=", "=env:A", "openai=foo",
        "ENV:A",
    ])
    func `anything else is refused`(_ text: String) {
        #expect(throws: UsageError.self) { try KeyAssignment(text) }
    }

    @Test func `a bare variable name is understood as a slip`() {
        #expect(throws: UsageError(.keySource, "'OPENAI_API_KEY' is not a key source", help: "Did you mean env:OPENAI_API_KEY?")) {
            try KeyAssignment("OPENAI_API_KEY")
        }
    }

    @Test func `headers and proxy users come from variables only`() throws {
        #expect(try HeaderSource("X-Tenant=env:T").name == "X-Tenant")
        for text in ["X-Tenant: secret", "X-Tenant=secret", "=env:A", "X Y=env:A", "X=env:"] {
            #expect(throws: UsageError.self) { try HeaderSource(text) }
        }
    }
}

struct CommandLineTextTests {
    @Test(arguments: [
        ("a b  c", ["a", "b", "c"]), ("a 'b c' \"d e\"", ["a", "b c", "d e"]), (#"a\ b "c\"d\\e\n""#, ["a b", #"c"d\e\n"#]),
        ("a '' b''c", ["a", "", "bc"]),
        (#"a '\' $X *"#, ["a", #"\"#, "$X", "*"]), ("a --q='x y'|z", ["a", "--q=x y|z"]), ("  a\tb\n", ["a", "b"]),
    ])
    func `words are split by the quotes everybody knows`(_ line: String, _ words: [String]) throws {
        #expect(try CommandLineText.split(line) == words)
    }

    @Test(arguments: ["", " ", "''", "a 'b", "a \"b", "a b\\", "a | b", "a > b", "a && b", "a ; b"])
    func `what would need a shell is refused`(_ line: String) {
        #expect(throws: UsageError.self) { try CommandLineText.split(line) }
    }
}

struct KeyReaderTests {
    let folder: TemporaryFolder
    let reader = KeyReader(environment: ["A": "key\n", "EMPTY": "", "PATH": "/usr/bin:/bin", "HOME": "/nowhere"], patience: .seconds(10))

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a variable is taken as it is, and an unset one is no error`() async throws {
        #expect(try await reader.text("env:A") == "key\n")
        #expect(try await reader.text("env:EMPTY") == "")
        #expect(try await reader.text("env:NONE") == nil)
    }

    @Test(arguments: [
        ("key\n", "key"), ("key\r\n", "key"), ("key\n\n", "key\n"), (" key ", " key "), ("", ""), ("\n", ""), ("key\r", "key\r"),
    ])
    func `one final line end of a file or a command is dropped`(_ content: String, _ key: String) async throws {
        let path = try folder.file("key", content)
        #expect(try await reader.text("file:" + path) == key)
        #expect(try await reader.text("command:cat \(path)") == key)
    }

    @Test func `standard input is read to its end`() async throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("key\n".utf8))
        try pipe.fileHandleForWriting.close()
        var reader = reader
        reader.standardInput = pipe.fileHandleForReading.fileDescriptor
        #expect(try await reader.text("stdin") == "key")
    }

    @Test func `a writer that never ends is not waited for`() async {
        let pipe = Pipe()
        var reader = reader
        reader.standardInput = pipe.fileHandleForReading.fileDescriptor
        reader.patience = .milliseconds(30)
        #expect(await reader.mistake(.standardInput)?.code == .keySource)
        try? pipe.fileHandleForWriting.close()
    }

    @Test func `a named pipe is waited for and read`() async throws {
        let path = folder.path + "/fifo"
        _ = try await reader.text("command:mkfifo \(path)")
        var hasty = reader
        hasty.patience = .milliseconds(30)
        #expect(await hasty.mistake(.file(path))?.code == .keySource)
        async let key = reader.text("file:" + path)
        async let written: Void = Task.detached { try "piped\n".write(toFile: path, atomically: false, encoding: .utf8) }.value
        #expect(try await key == "piped")
        try await written
    }

    @Test func `folders, devices, missing and endless files are refused`() async throws {
        #expect(
            await reader.mistake(.file(folder.path))?.message.description == "Cannot read the key from '\(folder.path)': it is a directory")
        #expect(
            await reader.mistake(.file("/dev/zero"))?.message.description
                == "Cannot read the key from '/dev/zero': it is neither a file nor a pipe")
        #expect(await reader.mistake(.file(folder.path + "/none")) != nil)
        let long = try folder.file("long", String(repeating: "k", count: KeyReader.limit + 1))
        #expect(await reader.mistake(.file(long)) != nil)
        #expect(await reader.mistake(.command(["cat", "/dev/zero"])) != nil)
    }

    @Test func `a command sees the environment, and no shell`() async throws {
        #expect(try await reader.text("command:sh -c 'echo $A-$HOME'") == "key -/nowhere")
        #expect(try await reader.text("command:echo $A") == "$A")
    }

    @Test func `a command that hangs is ended with all it started`() async throws {
        var hasty = reader
        hasty.patience = .milliseconds(500)
        let path = folder.path + "/fifo"
        _ = try await reader.text("command:mkfifo \(path)")
        let descriptor = try System.open(path, for: .read(.follow))
        defer { try? System.close(descriptor) }
        let error = await hasty.mistake(.command(["sh", "-c", "exec 3>\(path); sleep 600 & wait"]))
        #expect(error?.message.description == "The key command gave no key: it did not end within 0.5 seconds")
        // The pipe ends when nobody holds it any more, neither the shell nor what it started.
        #expect(try await PatientReader(descriptor, limit: 10, deadline: .now + .seconds(10)).readAll().isEmpty)
    }

    @Test func `a key is taken although a child of the command keeps its pipe open`() async throws {
        #expect(try await reader.text("command:sh -c 'sleep 600 & echo key'") == "key")
    }

    @Test func `a command that fails tells its status, and nothing it said`() async {
        let error = await reader.mistake(.command(["sh", "-c", "echo SECRET; echo SECRET >&2; exit 3"]))
        #expect(error?.message.description == "The key command gave no key: it ended with status 3")
        #expect(error.map { !"\($0)".contains("SECRET") } == true)
        #expect(
            await reader.mistake(.command(["sh", "-c", "kill -9 $$"]))?.message.description
                == "The key command gave no key: it was ended by signal 9")
        #expect(await reader.mistake(.command(["/nowhere/program"]))?.message.description.contains("cannot be started") == true)
    }

    @Test func `signals blocked here are not blocked in a command`() async throws {
        let reader = reader
        let key = try await withCheckedThrowingContinuation { continuation in
            Thread {
                System.blockStopSignals()
                let result = Result { try System.spawn(["sh", "-c", "kill -TERM $$; echo alive"], environment: reader.environment) }
                continuation.resume(with: result)
            }.start()
        }
        let end = await Task.detached { () -> System.ChildEnd in
            while !System.hasEnded(key) { await Task.yield() }
            return System.killAndReap(key)
        }.value
        try System.close(key.output)
        #expect(end == .signaled(SIGTERM))
    }

    @Test func `interrupting ends a command at once`() async {
        let reader = reader
        let task = Task { await reader.mistake(.command(["sleep", "600"])) }
        task.cancel()
        #expect(await task.value?.message.description == "The key command gave no key: interrupted")
    }
}
