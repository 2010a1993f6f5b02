import Foundation
import Testing

@testable import SondeCommands

private func mistake(_ path: String) -> UsageError? {
    do throws(UsageError) {
        _ = try AtomicFile.prepare(path)
        return nil
    } catch {
        return error
    }
}

struct AtomicFileTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `preparing leaves no trace, committing leaves the file alone`() throws {
        let file = try AtomicFile.prepare(folder.file("a.json"))
        #expect(folder.names.isEmpty)
        try file.commit(Array("one".utf8))
        #expect(folder.names == ["a.json"])
        try file.commit(Array("two".utf8))
        #expect(folder.text("a.json") == "two")
        #expect(folder.names == ["a.json"])
    }

    @Test func `an earlier file stays as it was until the new one is complete`() throws {
        let path = try folder.file("a.json", "old")
        let file = try AtomicFile.prepare(path)
        #expect(folder.text("a.json") == "old")
        // The name is taken by a folder meanwhile: the last step fails.
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(throws: UsageError.self) { try file.commit([1]) }
        #expect(folder.names == ["a.json"])
    }

    @Test func `a full disk is told, with the path and a remedy`() throws {
        let file = try AtomicFile.prepare("/dev/full")
        do throws(UsageError) {
            try file.commit(Array("x".utf8))
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.code == .output)
            #expect(error.message.description == "Cannot write '/dev/full': no space left on device")
            #expect(error.help != nil)
        }
    }

    @Test func `devices are written to directly`() throws {
        try AtomicFile.prepare("/dev/null").commit([1, 2, 3])
        #expect(FileManager.default.fileExists(atPath: "/dev/null"))
    }

    @Test func `folders, missing folders and folders that take no file are refused beforehand`() throws {
        #expect(mistake(folder.path)?.message.description == "Cannot write '\(folder.path)': is a directory")
        #expect(mistake(folder.path + "/none/a.json")?.help?.description == "Its folder must exist; sonde makes none.")
        let inFile = try folder.file("file", "x") + "/a.json"
        #expect(mistake(inFile)?.message.description == "Cannot write '\(inFile)': not a directory")
        // Not even root makes files there.
        #expect(mistake("/sys/a.json") != nil)
    }

    @Test func `a write-protected file is refused beforehand`() throws {
        let path = try folder.file("a.json", "old")
        try folder.setMode(0o444, "a.json")
        // Root may write everything.
        if geteuid() != 0 { #expect(mistake(path)?.code == .output) }
        #expect(folder.text("a.json") == "old")
    }

    @Test func `a link is followed, also to a file that is not there yet`() throws {
        _ = try folder.file("real.json", "old")
        try folder.link("link.json", to: "real.json")
        try folder.link("dangling.json", to: "new.json")
        try AtomicFile.prepare(folder.file("link.json")).commit(Array("new".utf8))
        try AtomicFile.prepare(folder.file("dangling.json")).commit(Array("fresh".utf8))
        #expect(folder.text("real.json") == "new")
        #expect(folder.text("new.json") == "fresh")
        #expect(folder.names == ["dangling.json", "link.json", "new.json", "real.json"])
    }

    @Test func `links in a circle are refused`() throws {
        try folder.link("a", to: "b")
        try folder.link("b", to: "a")
        #expect(mistake(folder.path + "/a") != nil)
    }

    @Test func `the mode is the one asked for, cut down by the umask`() throws {
        try AtomicFile.prepare(folder.file("a"), mode: 0o600).commit([])
        #expect(folder.mode("a") == 0o600)
        let mask = umask(0o027)
        defer { umask(mask) }
        try AtomicFile.prepare(folder.file("b")).commit([])
        #expect(folder.mode("b") == 0o640)
    }

    @Test func `a secret found at the last moment is not written`() throws {
        let console = Console(output: MemoryStream(), error: MemoryStream(), environment: [:])
        console.guardOutput { $0.contains(0x78) }
        let file = try AtomicFile.prepare(folder.file("a.json"))
        #expect(throws: UsageError.self) { try console.commit([0x78], to: file) }
        #expect(folder.names.isEmpty)
        try console.commit([0x79], to: file)
        #expect(folder.text("a.json") == "y")
    }
}

struct StateDirectoryTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `the variable wins, and only if it is absolute`() {
        #expect(StateDirectory(environment: ["XDG_STATE_HOME": "/s", "HOME": "/h"])?.path == "/s/sonde")
        #expect(StateDirectory(environment: ["XDG_STATE_HOME": "s", "HOME": "/h"])?.path == "/h/.local/state/sonde")
        #expect(StateDirectory(environment: ["XDG_STATE_HOME": ""]) == nil)
        #expect(StateDirectory(environment: ["HOME": "h"]) == nil)
    }

    @Test func `folders are made for the owner alone, and so are files`() throws {
        let state = try #require(StateDirectory(environment: ["HOME": folder.path]))
        #expect(state.load("last.json", limit: 10) == nil)
        try state.save(Array("{}".utf8), as: "last.json")
        #expect(folder.mode(".local/state/sonde") == 0o700)
        #expect(folder.mode(".local/state/sonde/last.json") == 0o600)
        #expect(state.load("last.json", limit: 10) == Array("{}".utf8))
        #expect(state.load("last.json", limit: 1) == nil)
    }

    @Test func `a folder open to others is closed`() throws {
        let state = try #require(StateDirectory(environment: ["XDG_STATE_HOME": folder.path]))
        try state.save([], as: "last.json")
        try folder.setMode(0o755, "sonde")
        try state.save([], as: "last.json")
        #expect(folder.mode("sonde") == 0o700)
    }

    @Test func `a link in the place of the folder is refused, one in the place of the file replaced`() throws {
        let victim = try TemporaryFolder()
        try folder.link("sonde", to: victim.path)
        let state = try #require(StateDirectory(environment: ["XDG_STATE_HOME": folder.path]))
        #expect(throws: UsageError.self) { try state.save([1], as: "last.json") }
        #expect(victim.names.isEmpty)

        let other = try TemporaryFolder()
        let safe = try #require(StateDirectory(environment: ["XDG_STATE_HOME": other.path]))
        try safe.save([], as: "first.json")
        let target = try victim.file("target", "untouched")
        try other.link("sonde/last.json", to: target)
        #expect(safe.load("last.json", limit: 100) == nil)
        try safe.save(Array("new".utf8), as: "last.json")
        #expect(victim.text("target") == "untouched")
        #expect(other.text("sonde/last.json") == "new")
    }
}

struct OutputSpecTests {
    @Test(arguments: [
        ("report.json", "report.json", OutputFormat.json), ("a/b.TXT", "a/b.TXT", .text), ("json=out", "out", .json),
        ("text=a.json", "a.json", .text),
        ("./a=b.json", "./a=b.json", .json), ("/dev/null", "/dev/null", .text), ("json=/dev/full", "/dev/full", .json),
        ("a1=b.json", "a1=b.json", .json), ("a.xml", "a.xml", .junit), ("a.tap", "a.tap", .tap), ("a.md", "a.md", .markdown),
        ("a.html", "a.html", .html), ("a.sarif", "a.sarif", .sarif), ("a.prom", "a.prom", .prometheus),
        ("evidence=a.md", "a.md", .evidence),
    ])
    func `the format is the one named, else that of the suffix`(_ text: String, _ path: String, _ format: OutputFormat) throws {
        #expect(try OutputSpec(text, standard: .text) == OutputSpec(path: path, format: format))
    }

    @Test func `a dash is standard output, in the format chosen for it`() throws {
        #expect(try OutputSpec("-", standard: .json) == OutputSpec(path: nil, format: .json))
        #expect(try OutputSpec("json=-", standard: .text) == OutputSpec(path: nil, format: .json))
    }

    @Test(arguments: [
        ("report.pdf", "The format for 'report.pdf' is not known from its suffix"),
        ("report", "The format for 'report' is not known from its suffix"),
        ("jsn=x", "Unknown format 'jsn'. Did you mean 'json'?"), ("json=", "No file is named in 'json='"),
        ("docx=x", "Unknown format 'docx'"),
    ])
    func `what has no known format is refused, and the formats are listed`(_ text: String, _ message: String) {
        do throws(UsageError) {
            _ = try OutputSpec(text, standard: .text)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.message.description == message)
            #expect(error.help?.description.contains("text, json") == true)
        }
    }

    @Test func `two outputs never share a file`() throws {
        #expect(throws: UsageError.self) { try OutputSpec.list(["a.json", "text=a.json"], standard: .text) }
        #expect(throws: UsageError.self) { try OutputSpec.list(["-", "json=-"], standard: .text) }
        #expect(try OutputSpec.list(["a.json", "b.json", "/dev/null", "/dev/null"], standard: .text).count == 4)
    }
}
