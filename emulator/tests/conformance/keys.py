"""Public keys made once: `openssl ecparam -name secp384r1 -genkey -noout | openssl ec -pubout`."""

# The vector of docs/ivs-behaviour.md 2.8, with the fingerprint that AWS gave it.
VECTOR = """-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEd0r4mRaUNaqy2SqlVYbnLD7J+zZMS3VG
F2QFsgS2Y9Ha3J2/ZPZ2pQqOtnxWJs/W2fWnptMlRdENUyUpMpTy2+Uub2CgC36X
hzDdL6EsN69hvD1e/0gkQvHHAuOB86Ls
-----END PUBLIC KEY-----
"""
FINGERPRINT = "1e:86:7b:9c:f6:32:1c:cb:1e:a8:a0:09:db:7f:98:b3"

# Three more of the curve that IVS wants.
P384 = [
    """-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEbUTP5P65kPlompc6s8gG3y0E1ayMXsgP
UA48nrz71DfxXKSFWERec4Ahfh3sg2GH6KM5TYxRgLGJnGziMgEFrpW4qmuxgiwU
UpE/LXvgc27F7Vp8b71D/cpZstdwUWVV
-----END PUBLIC KEY-----
""",
    """-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEKSu71+LQFIzHCEIlAum5t/kmTEzJnaeA
WRP4vgkIiTGI8g2GKqqSsq4Mwl7TxSuUMhK9litc7O0NRp8yAARXNrzsYkpZCvT/
VY+6eLpdpc/Mi0dS4VZdaZo8F0Mr+YGm
-----END PUBLIC KEY-----
""",
    """-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEFGaPW9sezvuVrTlNNlj2vEG0T870tRnx
dHY0Cd/ajMwhNHuSvmUbT1FKIPPWnbUl26NpZmUzgPLEVsZ40DA3TMS2N+jrQJq/
Nj0+lN+lPNTSAeKLggB4P0+Zs2zDEqhZ
-----END PUBLIC KEY-----
""",
]

# One of a curve that it refuses.
P256 = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5Lm9m3NwOwiLObOoDzZtyy2t5qnz
kGeu75Cv3zbaT4sCcf/oudViBC423lUWEQpOwZyYCUSMZzYAJ6cuPgXNiw==
-----END PUBLIC KEY-----
"""
