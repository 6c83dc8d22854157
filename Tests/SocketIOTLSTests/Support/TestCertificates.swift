/// Certificates and keys for these tests alone, written by dev/make-test-certificates.
enum TestCertificates {
    static let rootCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBUzCB+qADAgECAhQndYuqCJVBUGCrk6Jg2loeiCKkLTAKBggqhkjOPQQDAjAP
        MQ0wCwYDVQQDDARyb290MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAw
        WjAPMQ0wCwYDVQQDDARyb290MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExFBp
        VxeAAMJrtiW/ffPXLiu6rGDmmMIXq2XC/rA8tY9Xqk1mdGO1M6E3QdwgmzxuQBkz
        4blSnMSsk1q1EvDU4aMyMDAwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUZTYG
        lLuD1KJ0J6iuEkeruLA1/MAwCgYIKoZIzj0EAwIDSAAwRQIhAMF81k61TTR2o4CA
        ioCrSeBG3RZJUBwt5HLMph5Cc0isAiBIBgW3rVfLb1k/Wuk7CFsroiYJ1QFvI6up
        dgNPEdfFGQ==
        -----END CERTIFICATE-----
        """
    static let strangerCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBXDCCAQKgAwIBAgIUDzKCyW4Gx/H4EJ3o0Vy/ES27fQ8wCgYIKoZIzj0EAwIw
        EzERMA8GA1UEAwwIc3RyYW5nZXIwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEw
        MDAwMDBaMBMxETAPBgNVBAMMCHN0cmFuZ2VyMFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAEpgzvWv+DzRxKBKNdrmHV/aTueH0IyhJ18uuzkblYoblN9ND1/Lct9FhN
        r1futGQ+ork/rXo96aYI7fzCwncCXKMyMDAwDwYDVR0TAQH/BAUwAwEB/zAdBgNV
        HQ4EFgQU9/1eBoctXx2hOdyIJXaymDh4ad0wCgYIKoZIzj0EAwIDSAAwRQIhANpX
        tYU6DnYPHyxg6IDduRtKCcqCbZj01pi+DZMRVxvJAiBIh97ixJFgwXjCQhq8s/yk
        Wq8RkIxTCxuHWW60u+b4Bw==
        -----END CERTIFICATE-----
        """
    static let firstCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBgDCCASegAwIBAgIUO6gTMSp9bLJCzHvRkXMEcjaJ1CwwCgYIKoZIzj0EAwIw
        DzENMAsGA1UEAwwEcm9vdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAw
        MFowEDEOMAwGA1UEAwwFZmlyc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATE
        thplqxibCmUZ8tFOpF7M9mci40ccVoFkp5bal8upm/5rjg6qfPZWRzRxDOWGpDdG
        lsu9G6w/G9Y8xSRHRrymo14wXDAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEw
        HQYDVR0OBBYEFMywhW7yZxx2uq83SF/EHA6hXT58MB8GA1UdIwQYMBaAFGU2BpS7
        g9SidCeorhJHq7iwNfzAMAoGCCqGSM49BAMCA0cAMEQCIEb07twye4LgogqGbv9s
        QjIQIjyhc/CwcUWOnuNbr2WYAiAwFBZziE9pE3n42+qyfg9SqqzwwOQ6DFGyxFQ2
        YH+Uwg==
        -----END CERTIFICATE-----
        """
    static let firstKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgy4TtEW50sNZFTg8M
        a+5u9DSwnMwlptNZl1hrevb8qvuhRANCAATEthplqxibCmUZ8tFOpF7M9mci40cc
        VoFkp5bal8upm/5rjg6qfPZWRzRxDOWGpDdGlsu9G6w/G9Y8xSRHRrym
        -----END PRIVATE KEY-----
        """
    static let secondCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBgjCCASigAwIBAgIUGtDGygPMp+Fh22wrMXyy4y3sReMwCgYIKoZIzj0EAwIw
        DzENMAsGA1UEAwwEcm9vdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAw
        MFowETEPMA0GA1UEAwwGc2Vjb25kMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
        4rRNnj+HHXuXxIG1T/jmsHMWRe+0HvdkAFckUFSFpKwM6B+G3JPGgUqSXv9iJceZ
        zv8CpjAwXXUliOFhjyXEwaNeMFwwGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/AAAB
        MB0GA1UdDgQWBBSqdx4QCAfLZiAbzfGjyUVEGX5TvzAfBgNVHSMEGDAWgBRlNgaU
        u4PUonQnqK4SR6u4sDX8wDAKBggqhkjOPQQDAgNIADBFAiEA3rsgzkuuit3jDBlY
        4iICkJuIsPI/y4Swb0Efum0CIfkCIE+EfiM+dHe8S18vVQtoHMMogbpwO0mjvg8o
        osOI/QPj
        -----END CERTIFICATE-----
        """
    static let secondKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9xrtDF4P3nSrGnO5
        gtKaYdZ/p926YOIOiM/kIJ35wFWhRANCAATitE2eP4cde5fEgbVP+OawcxZF77Qe
        92QAVyRQVIWkrAzoH4bck8aBSpJe/2Ilx5nO/wKmMDBddSWI4WGPJcTB
        -----END PRIVATE KEY-----
        """
    static let otherCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBgDCCASWgAwIBAgIUMDHrxNm7vXNfCcjWF7DHCoLSuZUwCgYIKoZIzj0EAwIw
        DzENMAsGA1UEAwwEcm9vdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAw
        MFowEDEOMAwGA1UEAwwFb3RoZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQm
        B9ZtO6UmBhnBRX+XWhPKci/NwPofupE+lk8XpseRdMDagK9Uz9RAQNnVNjY7UzRx
        nAMqNJKq/4EJ89T8e8Cuo1wwWjAYBgNVHREEETAPgg1vdGhlci5leGFtcGxlMB0G
        A1UdDgQWBBSZ512PEQ2onLAc2e/5D7S8lvEJRDAfBgNVHSMEGDAWgBRlNgaUu4PU
        onQnqK4SR6u4sDX8wDAKBggqhkjOPQQDAgNJADBGAiEAnhZNDWYk+nkmzTwQIXPR
        gByiWOcQ4d6wzVzLjMFzON0CIQCqLwyXJIL42cZCa8fclSNZocstF2U/FBS2ii4w
        i//oHw==
        -----END CERTIFICATE-----
        """
    static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1Rxl2p5dpll/bcex
        KstzSiOXW/WMviDCveT1Ke//gaqhRANCAAQmB9ZtO6UmBhnBRX+XWhPKci/NwPof
        upE+lk8XpseRdMDagK9Uz9RAQNnVNjY7UzRxnAMqNJKq/4EJ89T8e8Cu
        -----END PRIVATE KEY-----
        """
    static let endedCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBfjCCASWgAwIBAgIUE6itPFUrDaX3MbsvZRtIV3501g4wCgYIKoZIzj0EAwIw
        DzENMAsGA1UEAwwEcm9vdDAeFw0yMDAxMDEwMDAwMDBaFw0yMTAxMDEwMDAwMDBa
        MBAxDjAMBgNVBAMMBWVuZGVkMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAUmy
        C61Neig7SqCB0atHfhRr/qv4ZP8n01eq3FHDfIW0M1KiRKg1Uc3p24tDV/hCO4IP
        FTWNOLmuolLZsNxGnqNeMFwwGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMB0G
        A1UdDgQWBBQ63JzvY1WIhJ860wzGu8F/KNsQfzAfBgNVHSMEGDAWgBRlNgaUu4PU
        onQnqK4SR6u4sDX8wDAKBggqhkjOPQQDAgNHADBEAiBuK6bv70FYb0w0x0eNipjr
        05ADj887PxOAK7UJuZxeuwIgXUiXCv0vOmX6F2MYmaQIT7V5aeKxelNvAScK4B7k
        lWA=
        -----END CERTIFICATE-----
        """
    static let endedKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEGrIaiirvyEVXgA6
        TbSf79F3e9Ud3NcHXQQvloeujRShRANCAAQBSbILrU16KDtKoIHRq0d+FGv+q/hk
        /yfTV6rcUcN8hbQzUqJEqDVRzenbi0NX+EI7gg8VNY04ua6iUtmw3Eae
        -----END PRIVATE KEY-----
        """
    static let clientCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBezCCASGgAwIBAgIUTFuRkKRjdcKrd94TtRdvKfxUgHIwCgYIKoZIzj0EAwIw
        DzENMAsGA1UEAwwEcm9vdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAw
        MFowETEPMA0GA1UEAwwGY2xpZW50MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
        1/wlRZoKDrzFq+F+Y2ezxhVD4i9tC2tU0YskY1mmAjVKw86iaFfIBlLGGb1V5+E8
        7LyF9NpmVHePvtY15IDq4aNXMFUwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0O
        BBYEFL4LJ7HP61pA3jJ9ipHGrPGeBCXlMB8GA1UdIwQYMBaAFGU2BpS7g9SidCeo
        rhJHq7iwNfzAMAoGCCqGSM49BAMCA0gAMEUCIDVVi+D5bmROvlnUGAxwjC69lvQH
        /9aW1Q2GJ0ogYwmUAiEA80IIiY19tjgPV0KmCZiLLF3g+zjFLPbDRXECJsKfVQM=
        -----END CERTIFICATE-----
        """
    static let clientKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgddUE7cSCgcAr6bW3
        s0R4OmLO+DzOk8aIAf8Rx2o46kahRANCAATX/CVFmgoOvMWr4X5jZ7PGFUPiL20L
        a1TRiyRjWaYCNUrDzqJoV8gGUsYZvVXn4TzsvIX02mZUd4++1jXkgOrh
        -----END PRIVATE KEY-----
        """
    static let intruderCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBgTCCASegAwIBAgIUYrNCXIBdXu96woOgZu/jcuNxvV4wCgYIKoZIzj0EAwIw
        EzERMA8GA1UEAwwIc3RyYW5nZXIwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEw
        MDAwMDBaMBMxETAPBgNVBAMMCGludHJ1ZGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAEuDl+G+gRGHuS3hPIipkHmsaqelprGbyguagNc+c059/OX6BVF4YM2CnA
        guDBVZrbtN+Ebx/gm3Cknu90KwF60qNXMFUwEwYDVR0lBAwwCgYIKwYBBQUHAwIw
        HQYDVR0OBBYEFCUqtfPM9YYOCZI/lRrId3+3iv6yMB8GA1UdIwQYMBaAFPf9XgaH
        LV8doTnciCV2spg4eGndMAoGCCqGSM49BAMCA0gAMEUCIEL8LkVvHNAkf7248f02
        c+tILFkP4ACBywHE4CgGnaYPAiEA9p92S0vhAhURr+vTC8kp5pT76borineju0Nf
        C3hVJbY=
        -----END CERTIFICATE-----
        """
    static let intruderKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgnamT8ofjT0xnvDMQ
        IRSJKCrU16eV8td6NMBw4+fcCouhRANCAAS4OX4b6BEYe5LeE8iKmQeaxqp6WmsZ
        vKC5qA1z5zTn385foFUXhgzYKcCC4MFVmtu034RvH+CbcKSe73QrAXrS
        -----END PRIVATE KEY-----
        """
    static let encryptedKey = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgfhr7DEfAznQICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEED0dDrZljgsfvELkYIHtZicEgZB9
        VgBqQxvZzdtB+vX2tFDMZSTHd6F/1SkixYN+pcywvGoDCGslGIaV4JwqcQ11u8qU
        6vjxWxroRWi+cO/wRjyY4zM+s8XCmbEN0UDlgztdaAFMNU6KQfs9lmNISu05f44T
        R1HJCFlcMPhYyZ+x3V7hl34wgMnL5rl0RAcy8od4V3giYPpzke73jV3+o8LfGyk=
        -----END ENCRYPTED PRIVATE KEY-----
        """
}
