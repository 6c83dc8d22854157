/// A certificate for `localhost` and 127.0.0.1 that vouches for itself, and its key: for these tests alone.
enum TestCertificate {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBozCCAUmgAwIBAgIUTLsWbLkSjvVf2dQS+8ycVuSRGjYwCgYIKoZIzj0EAwIw
        GDEWMBQGA1UEAwwNb3V0Ym91bmQgdGVzdDAgFw0yNjExMjYxNTA3NTlaGA8yMTI2
        MTEwMjE1MDc1OVowGDEWMBQGA1UEAwwNb3V0Ym91bmQgdGVzdDBZMBMGByqGSM49
        AgEGCCqGSM49AwEHA0IABCoo089037OsOoqsFopBBu0SVKXNEsPpAXXFcdG0JFf4
        gyw9qEk0c7hyp7bs59RyaQlt6j4025tSKfHfgl0fSs6jbzBtMB0GA1UdDgQWBBS7
        kA5xPGm705v+kiBw5tYhOrgouTAfBgNVHSMEGDAWgBS7kA5xPGm705v+kiBw5tYh
        OrgouTAPBgNVHRMBAf8EBTADAQH/MBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAA
        ATAKBggqhkjOPQQDAgNIADBFAiAVEX5NiQHfOx2tKOzqqS8e1edGdvAZOP/STDZt
        nnXuBwIhAPG9YVSChRNaTiz1pAvv28HWcLG3OB8NNEADXqcNXF6E
        -----END CERTIFICATE-----
        """
    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgrubvcYFdPRyIkWDo
        qk2UFqqBAqEiDeh9SdsoE7m9/0uhRANCAAQqKNPPdN+zrDqKrBaKQQbtElSlzRLD
        6QF1xXHRtCRX+IMsPahJNHO4cqe27OfUcmkJbeo+NNubUinx34JdH0rO
        -----END PRIVATE KEY-----
        """
}
