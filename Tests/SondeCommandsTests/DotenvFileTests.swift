import Testing

@testable import SondeCommands

struct DotenvFileTests {
    @Test func `names, quotes, comments and escapes are read as documented`() throws {
        let text = #"""
            # comment
            A=plain
            export B=exported
              C = spaced out   # comment
            D=with#hash
            E='single $X "q" \n # in'
            F="double \n\t\\ \" \x $X # in" # comment
            G=
            H=""
            _I9=trailing

            J=a=b=c
            export=name
            """#
        let entries = try DotenvFile.parse(Array(text.utf8), path: ".env")
        let expected: [(String, String)] = [
            ("A", "plain"), ("B", "exported"), ("C", "spaced out"), ("D", "with#hash"), ("E", #"single $X "q" \n # in"#),
            ("F", "double \n\t\\ \" \\x $X # in"), ("G", ""), ("H", ""), ("_I9", "trailing"), ("J", "a=b=c"), ("export", "name"),
        ]
        #expect(entries.map(\.name) == expected.map(\.0))
        #expect(entries.map(\.value) == expected.map(\.1))
        #expect(entries.map(\.line) == [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13])
    }

    @Test func `a byte-order mark and the line ends of Windows are taken`() throws {
        let entries = try DotenvFile.parse([0xef, 0xbb, 0xbf] + Array("A=1\r\nB='2'\r\n".utf8), path: ".env")
        #expect(entries.map(\.value) == ["1", "2"])
    }

    @Test(arguments: [
        ("no equals sign-SECRET", "there is no '=' in this line"), ("1A=SECRET", "the name before the '=' is not a variable name"),
        ("A B=SECRET", "the name before the '=' is not a variable name"), ("=SECRET", "the name before the '=' is not a variable name"),
        ("A='SECRET", "the quotation mark is never closed"), ("A=\"SECRET\\\"", "the quotation mark is never closed"),
        ("A=\"SECRET\" x", "something follows the closing quotation mark"),
        ("A='SECRET'#x", "something follows the closing quotation mark"),
        ("A=SECRET\0", "this line is not UTF-8, or holds a NUL byte"),
    ])
    func `a malformed line is named without its value`(_ line: String, _ reason: String) {
        do throws(UsageError) {
            _ = try DotenvFile.parse(Array("OK=1\n\(line)\n".utf8), path: "dir/.env")
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.message.description == "dir/.env:2: " + reason)
            #expect(!"\(error)".contains("SECRET"))
        }
    }

    @Test func `bytes that are no text are refused`() {
        #expect(throws: UsageError.self) { try DotenvFile.parse([0x41, 0x3d, 0xff], path: ".env") }
    }

    @Test func `the environment wins over files, and a later file over an earlier one`() throws {
        let folder = try TemporaryFolder()
        let first = try folder.file("a.env", "A=1\nB=1\nC=1\n")
        let second = try folder.file("b.env", "B=2\nC=2\n")
        let merged = try DotenvFile.merge([first, second], into: ["C": "", "D": "3"])
        #expect(merged == ["A": "1", "B": "2", "C": "", "D": "3"])
    }

    @Test func `the names in a file are found even if a line of it is broken`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file(".env", "A=1\nbroken\nB=\nC='x'\n")
        #expect(DotenvFile.names(in: file) == ["A", "C"])
        #expect(DotenvFile.names(in: folder.path + "/none") == [])
    }
}
