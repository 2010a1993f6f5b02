import Testing

@testable import Sonde

@Suite struct EdgePlacesTests {
    @Test(arguments: [
        ("fra1", "Frankfurt, DE"), ("FRA", "Frankfurt, DE"), ("iad1", "Washington, US"), ("fra56-p4", "Frankfurt, DE"),
        ("us-west-2", "Oregon, US"), ("westeurope", "Netherlands, NL"),
    ])
    func `a code names its place`(_ pair: (code: String, place: String)) {
        #expect(EdgePlaces.name(of: pair.code) == pair.place)
    }

    @Test(arguments: ["", "zzz", "dev1", "us", "<script>"])
    func `a code that is not known names none`(_ code: String) {
        #expect(EdgePlaces.name(of: code) == nil)
    }
}
