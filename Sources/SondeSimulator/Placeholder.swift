import SondeJSON
