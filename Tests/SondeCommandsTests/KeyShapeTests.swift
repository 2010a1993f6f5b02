import Sonde
import Testing

@testable import SondeCommands

/// Made up, in the shapes that vendors use.
private let keys = [
    "sk-SONDE0EXAMPLE0NOT0A0KEY0aB3xY7", "sk-proj-abcDEF123456ghiJKL789_mnoPQR-012", "vck_3kT9examplePq81LmZ02vWx",
    "gsk_exampleA1b2C3d4E5f6G7h8",
    "xai-example1234567890abcdef", "pplx-0123456789abcdef0123", "hf_ExampleAbCdEfGhIjKlMnOp", "AIzaSyExample_0123456789-abcdefghijkl",
    "sk-ant-api03-Example-0123456789", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "0123456789abcdef0123456789abcdef",
    "Zx81kQ04vR7mT2nB9sL6pW3c", "sk-short", "nvapi-Ab12Cd34Ef56Gh78",
]

struct KeyShapeTests {
    @Test(arguments: keys)
    func `keys are recognized, also inside of something`(_ key: String) {
        for text in [
            key, "--" + key, "-" + key, "openai=" + key, "Bearer " + key, "env:" + key, "Authorization: Bearer \(key)", "\"\(key)\"",
            " \(key)\n",
        ] {
            #expect(KeyShape.matches(text), "\(text)")
        }
    }

    @Test(arguments: [
        "", "vercel", "openai", "openai-compatible", "--no-third-party", "gpt-4.1-mini-2025-04-14", "claude-3-5-sonnet-20241022",
        "meta-llama/Llama-3.3-70B-Instruct-Turbo", "https://api.openai.com/v1", "https://ai-gateway.vercel.sh/v1", "report.json",
        "/tmp/3f2c9a81d4b04e6f9a7c5d2e1b8f0a6c/report.json", "./build/report-20240101T120000Z.json", "env:AI_GATEWAY_API_KEY", "5s",
        "env:OPENAI_API_KEY (sk-proj-…, 111 characters)", "key from env:A (sk-ant-…, 40 characters)",
        "vercel-account-denied", "skip", "eye", "account_denied", "127.0.0.1:8443", "api.openai.com:443:127.0.0.1",
    ])
    func `names, models, addresses and paths are none`(_ text: String) {
        #expect(!KeyShape.matches(text))
    }

    /// Everywhere a key can be put on a command line by mistake, it is neither accepted in silence nor repeated.
    @Test(arguments: keys)
    func `a key is never echoed, wherever it stands`(_ key: String) async {
        var lines: [[String]] = [
            [key], ["check", key], ["check", "openai", key], ["check", "--", key], ["--" + key], ["check", "-" + key],
            ["check", "--" + key],
            ["check", "--unknown=" + key], ["check", "--api-key", key], ["check", "-k" + key], ["help", key], ["demo", "a", key],
            ["causes", "a", key],
            ["check", "Bearer " + key], ["check", "https://\(key)@api.example.com/v1"], ["check", "https://a:\(key)@api.example.com/v1"],
            ["check", "https://api.example.com/v1?key=" + key], ["check", "--key", "openai=" + key], ["check", "--key", "env:" + key],
            ["check", "--key", "\(key)=env:A"], ["check", "-H", "Authorization: Bearer " + key], ["check", "-H", "Authorization=" + key],
            ["check", "--only", "auth," + key], ["check", "-o", "\(key)=a.json"], ["check", "-x", "http://u:\(key)@proxy:1"],
            ["check", key + "\u{1B}[0m"],
        ]
        // Folders and files are often named by hashes; of a path only the beginnings of keys are hidden.
        if key.contains("-") || key.contains("_") { lines.append(["check", "-o", "/nowhere/\(key).json"]) }
        for option in CommandSpec.check.options {
            lines.append(["check", option.display + "=" + key])
            lines.append(["check", option.display, key])
            if let short = option.short { lines.append(["check", "-\(short)\(key)"]) }
        }
        for line in lines {
            let call = await Call.sonde(line)
            let screen = call.output + call.error
            #expect(call.status == .usage, "\(line)")
            #expect(!screen.contains(key), "\(line)")
            #expect(!screen.contains(key.suffix(7)), "\(line)")
            #expect(screen.contains("shell history"), "\(line): \(screen)")
        }
    }

    @Test func `what was typed in its place is not shown even if it looks like nothing`() async {
        for line in [["check", "--key", "hunter2"], ["check", "-H", "X-Secret: hunter2"], ["check", "--proxy-user", "joe:hunter2"]] {
            let call = await Call.sonde(line)
            #expect(call.status == .usage)
            #expect(!call.error.contains("hunter2"))
        }
    }

    @Test func `a whole screen for a key in the place of a target`() async {
        let call = await Call.sonde("check", "vck_3kT9examplePq81LmZ02vWx")
        #expect(call.output.isEmpty)
        #expect(
            call.error == """
                Error: Unknown target (looks like a key; not shown)
                Help: A target is expected here.
                Note: If that was a key, it is now in your shell history, and others on this
                      machine could see it among the running processes. Replace it at the
                      vendor, and name a place to read the new one from: --key env:NAME,
                      file:PATH, stdin, or command:CMD.

                """)
    }

    @Test func `the password of a URL is not repeated`() {
        let text: EchoedText = "in \(argument: "https://joe:pass@host.example/a@b")"
        #expect(text.description == "in 'https://(not shown)@host.example/(not shown)@b'")
    }
}
