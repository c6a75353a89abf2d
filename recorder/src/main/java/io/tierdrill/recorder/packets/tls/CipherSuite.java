package io.tierdrill.recorder.packets.tls;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The cipher suites that are read, by their numbers in the IANA registry. */
enum CipherSuite {
    TLS_AES_128_GCM_SHA256(Kind.GCM, 16, "HmacSHA256", 0x1301),
    TLS_AES_256_GCM_SHA384(Kind.GCM, 32, "HmacSHA384", 0x1302),
    TLS_CHACHA20_POLY1305_SHA256(Kind.CHACHA, 32, "HmacSHA256", 0x1303),
    /** AES in GCM with any exchange of keys: RSA, DHE, ECDHE. */
    AES_128_GCM_SHA256(Kind.GCM, 16, "HmacSHA256", 0x009c, 0x009e, 0x00a2, 0x00a8, 0xc02b, 0xc02f),
    AES_256_GCM_SHA384(Kind.GCM, 32, "HmacSHA384", 0x009d, 0x009f, 0x00a3, 0x00a9, 0xc02c, 0xc030),
    CHACHA20_POLY1305_SHA256(Kind.CHACHA, 32, "HmacSHA256", 0xcca8, 0xcca9, 0xccaa),
    AES_128_CBC_SHA(Kind.CBC, 16, "HmacSHA256", "HmacSHA1", 0x002f, 0x0033, 0xc009, 0xc013),
    AES_256_CBC_SHA(Kind.CBC, 32, "HmacSHA256", "HmacSHA1", 0x0035, 0x0039, 0xc00a, 0xc014),
    AES_128_CBC_SHA256(Kind.CBC, 16, "HmacSHA256", "HmacSHA256", 0x003c, 0x0067, 0xc023, 0xc027),
    AES_256_CBC_SHA256(Kind.CBC, 32, "HmacSHA256", "HmacSHA256", 0x003d, 0x006b),
    AES_256_CBC_SHA384(Kind.CBC, 32, "HmacSHA384", "HmacSHA384", 0xc024, 0xc028);

    enum Kind {
        GCM,
        CHACHA,
        CBC
    }

    private final Kind kind;
    private final int keyBytes;
    private final String prf;
    private final String mac;
    private final int[] numbers;

    CipherSuite(Kind kind, int keyBytes, String prf, int... numbers) {
        this(kind, keyBytes, prf, "", numbers);
    }

    /** @param mac of the records; empty where the cipher itself protects them */
    CipherSuite(Kind kind, int keyBytes, String prf, String mac, int... numbers) {
        this.kind = kind;
        this.keyBytes = keyBytes;
        this.prf = prf;
        this.mac = mac;
        this.numbers = numbers;
    }

    static Optional<CipherSuite> of(int number) {
        return Arrays.stream(values())
                .filter(suite -> Arrays.stream(suite.numbers).anyMatch(n -> n == number))
                .findFirst();
    }

    /** For people, also of suites that are not read. */
    static String name(int number) {
        return switch (number) {
            case 0x1304 -> "TLS_AES_128_CCM_SHA256";
            case 0x1305 -> "TLS_AES_128_CCM_8_SHA256";
            case 0x0004 -> "TLS_RSA_WITH_RC4_128_MD5";
            case 0x0005 -> "TLS_RSA_WITH_RC4_128_SHA";
            case 0x000a -> "TLS_RSA_WITH_3DES_EDE_CBC_SHA";
            case 0xc011 -> "TLS_ECDHE_RSA_WITH_RC4_128_SHA";
            case 0xc012 -> "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA";
            default -> of(number).map(Enum::name).orElse(String.format(Locale.ROOT, "cipher suite 0x%04x", number));
        };
    }

    Kind kind() {
        return kind;
    }

    int keyBytes() {
        return keyBytes;
    }

    /** The hash that keys are derived with. */
    String prf() {
        return prf;
    }

    String mac() {
        return mac;
    }

    /** Whether it is one of TLS 1.3, whose suites and those of 1.2 exclude each other. */
    boolean isTls13() {
        return numbers[0] >> 8 == 0x13;
    }
}
