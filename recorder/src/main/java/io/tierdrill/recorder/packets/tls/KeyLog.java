package io.tierdrill.recorder.packets.tls;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.recorder.packets.account.TlsAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The secrets of TLS connections, from a file in the format of {@code SSLKEYLOGFILE}, which may still be written to, and
 * from captures that carry them. Of too many connections the first are forgotten. One thread.
 */
public final class KeyLog {
    /** About 100 MB. */
    private static final int MOST_CONNECTIONS = 250_000;

    private static final int MOST_PROBLEMS = 10;

    private final Map<ClientRandom, Map<SecretLabel, byte[]>> secrets = new LinkedHashMap<>();
    private final Optional<GrowingFile> file;
    private final boolean grows;
    private final List<String> problems = new ArrayList<>();
    private long secretCount;
    private long malformed;
    private long forgotten;
    private boolean unreadable;

    private KeyLog(Optional<GrowingFile> file, boolean grows) {
        this.file = file;
        this.grows = grows;
    }

    /** Without a file; a capture may still bring secrets. */
    public static KeyLog empty() {
        return new KeyLog(Optional.empty(), false);
    }

    /**
     * Of a file that is whole.
     *
     * @throws BadInputException when there is no such file
     */
    public static KeyLog of(Path file) throws IOException, BadInputException {
        if (!Files.isRegularFile(file))
            throw new BadInputException(new Problem(
                    file.toString(),
                    "",
                    Files.exists(file) ? "is no file" : "does not exist",
                    "A key log is written by the client or server itself: set SSLKEYLOGFILE for it."));
        KeyLog log = new KeyLog(Optional.of(new GrowingFile(file)), false);
        log.file.orElseThrow().readMore(log::line);
        log.file.orElseThrow().lastLine(log::line);
        return log;
    }

    /** Of a file that is written to while connections are read; it need not exist yet. */
    public static KeyLog growing(Path file) {
        return new KeyLog(Optional.of(new GrowingFile(file)), true);
    }

    /** Whether a secret that is missing may still come. */
    boolean grows() {
        return grows;
    }

    /** Reads what was added to a file that grows. One that cannot be read is a problem to tell of, and no reason to end. */
    void readMore() {
        if (!grows || unreadable) return;
        try {
            file.orElseThrow().readMore(this::line);
        } catch (IOException failed) {
            unreadable = true;
            problems.add("cannot be read: " + failed.getMessage());
        }
    }

    /** Takes the secrets that a capture carries. */
    public void add(String source, byte[] text) {
        String[] lines = new String(text, StandardCharsets.ISO_8859_1).split("\n");
        for (int i = 0; i < lines.length; i++) line(source + ", secrets", i + 1, lines[i]);
    }

    private void line(String source, long number, String text) {
        try {
            KeyLogLine.parse(text).ifPresent(this::put);
        } catch (IllegalArgumentException wrong) {
            malformed++;
            if (problems.size() < MOST_PROBLEMS) problems.add(source + ":" + number + ": " + wrong.getMessage());
        }
    }

    private void put(KeyLogLine line) {
        if (line.label().isEmpty()) return;
        secretCount++;
        ClientRandom random = ClientRandom.of(line.clientRandom());
        if (!secrets.containsKey(random) && secrets.size() == MOST_CONNECTIONS) {
            secrets.remove(secrets.keySet().iterator().next());
            forgotten++;
        }
        secrets.computeIfAbsent(random, r -> new EnumMap<>(SecretLabel.class))
                .put(line.label().get(), line.secret());
    }

    /** Whether there is no secret, and none will come. */
    boolean isEmpty() {
        return secrets.isEmpty() && !grows;
    }

    boolean knows(ClientRandom random) {
        return secrets.containsKey(random);
    }

    Optional<byte[]> find(SecretLabel label, ClientRandom random) {
        return Optional.ofNullable(secrets.getOrDefault(random, Map.of()).get(label));
    }

    /** What was read. */
    public TlsAccount.Keys account() {
        return new TlsAccount.Keys(secretCount, malformed, forgotten, problems);
    }
}
