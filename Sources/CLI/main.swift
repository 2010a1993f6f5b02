import Glibc
print("sonde")
