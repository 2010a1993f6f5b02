import Sonde
