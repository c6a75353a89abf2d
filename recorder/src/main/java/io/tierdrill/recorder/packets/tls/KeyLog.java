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

    private static final String WRITTEN =
            "A key log is written by the client or server itself: set SSLKEYLOGFILE for it.";
    private static final String NO_KEY_LOG =
            "This is no key log: no line of it is 'LABEL client-random secret', the last"
                    + " two in hexadecimal, as a client or server writes it where SSLKEYLOGFILE is set.";

    private final Map<ClientRandom, Map<SecretLabel, byte[]>> secrets = new LinkedHashMap<>();
    private final Optional<GrowingFile> file;
    private final boolean grows;
    private final List<String> problems = new ArrayList<>();
    private long secretCount;
    private long malformed;
    private long forgotten;
    private boolean unreadable;
    private String firstPlace = "";
    private String firstWrong = "";

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
     * @throws BadInputException when there is no such file, or when it is something else: lines, but no secret
     */
    public static KeyLog of(Path file) throws IOException, BadInputException {
        if (!Files.isRegularFile(file))
            throw new BadInputException(
                    new Problem(file.toString(), "", Files.exists(file) ? "is no file" : "does not exist", WRITTEN));
        KeyLog log = new KeyLog(Optional.of(new GrowingFile(file)), false);
        log.file.orElseThrow().readMore(log::line);
        log.file.orElseThrow().lastLine(log::line);
        if (log.secretCount == 0 && log.malformed > 0)
            throw new BadInputException(new Problem(log.firstPlace, "", log.firstWrong, NO_KEY_LOG));
        return log;
    }

    /**
     * Of a file that is written to while connections are read; it need not exist yet.
     *
     * @throws BadInputException when there cannot be such a file
     */
    public static KeyLog growing(Path file) throws BadInputException {
        boolean possible = Files.isDirectory(file.toAbsolutePath().getParent());
        if (!possible || Files.isDirectory(file))
            throw new BadInputException(new Problem(
                    file.toString(), "", possible ? "is no file" : "is in a folder that does not exist", WRITTEN));
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
            problems.add(file.orElseThrow().name() + ": cannot be read any more: " + failed.getMessage());
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
            if (malformed++ == 0) {
                firstPlace = source + ":" + number;
                firstWrong = wrong.getMessage();
            }
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
