import Testing

@testable import SondeSimulator

@Suite struct PlaybackTests {
    @Test func `bytes are given in pieces of the room there is, then the end for good`() {
        var playback = Playback([.bytes(0..<5), .bytes(5..<6)])
        #expect(playback.next(room: 2) == .send(0..<2))
        #expect(playback.next(room: 2) == .send(2..<4))
        #expect(playback.next(room: 2) == .send(4..<5))
        #expect(playback.next(room: 2) == .send(5..<6))
        #expect(playback.next(room: 2) == .end)
        #expect(playback.next(room: 2) == .end)
    }

    @Test func `a pause is given once, and a fault ends it`() {
        var playback = Playback([.bytes(0..<1), .pause(milliseconds: 7), .fault(.reset)])
        #expect(playback.next(room: 9) == .send(0..<1))
        #expect(playback.next(room: 9) == .wait(milliseconds: 7))
        #expect(playback.next(room: 9) == .reset)
    }

    @Test func `nothing to play is the end`() {
        var playback = Playback([])
        #expect(playback.next(room: 1) == .end)
    }
}
