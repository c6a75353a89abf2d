package io.tierdrill.recorder.packets.tls;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A line of a key log (draft-ietf-tls-keylogfile): {@code LABEL client-random secret}, the last two in hexadecimal.
 *
 * @param label empty where the line is of a kind that is of no use
 */
record KeyLogLine(Optional<SecretLabel> label, byte[] clientRandom, byte[] secret) {
    /** Of a longer line the rest is not even kept. */
    static final int MOST_CHARS = 1024;

    private static final int RANDOM_BYTES = 32;
    private static final int MASTER_BYTES = 48;

    /** Empty for comments and empty lines. Errors say what is wrong, without the secret. */
    static Optional<KeyLogLine> parse(String text) {
        String line = text.strip();
        if (line.isEmpty() || line.startsWith("#")) return Optional.empty();
        if (text.length() >= MOST_CHARS)
            throw new IllegalArgumentException("is longer than any line of a key log: 1,024 characters or more");
        String[] parts = line.split("[ \t]+", -1);
        if (parts.length != 3)
            throw new IllegalArgumentException(
                    "has " + parts.length + " words instead of 3: label, client random, secret");
        Optional<SecretLabel> label = Arrays.stream(SecretLabel.values())
                .filter(l -> l.name().equals(parts[0]))
                .findFirst();
        if (label.isEmpty()) return unused(parts[0]);
        byte[] random = hex("client random", parts[1]);
        byte[] secret = hex("secret", parts[2]);
        if (random.length != RANDOM_BYTES)
            throw new IllegalArgumentException("client random has " + random.length + " bytes instead of 32");
        boolean fits = label.get() == SecretLabel.CLIENT_RANDOM
                ? secret.length == MASTER_BYTES
                : secret.length == 32 || secret.length == 48;
        if (!fits)
            throw new IllegalArgumentException("no secret of " + label.get() + " has " + secret.length + " bytes");
        return Optional.of(new KeyLogLine(label, random, secret));
    }

    private static Optional<KeyLogLine> unused(String label) {
        if (!label.matches("[A-Z][A-Z0-9_]*")) throw new IllegalArgumentException("does not begin with a label");
        return Optional.of(new KeyLogLine(Optional.empty(), new byte[0], new byte[0]));
    }

    private static byte[] hex(String what, String digits) {
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(what + " is not hexadecimal", wrong);
        }
    }
}
