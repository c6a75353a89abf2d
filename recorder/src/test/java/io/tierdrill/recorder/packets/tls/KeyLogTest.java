package io.tierdrill.recorder.packets.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.recorder.packets.account.TlsAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyLogTest {
    private static final String NL = System.lineSeparator();
    private static final String RANDOM = "0123456789abcdef".repeat(4);
    private static final String LINE = "CLIENT_RANDOM " + RANDOM + " " + "cd".repeat(48);
    private static final String HELP =
            "  This is no key log: no line of it is 'LABEL client-random secret', the last two in"
                    + " hexadecimal, as a client or server writes it where SSLKEYLOGFILE is set.";

    @TempDir
    private Path folder;

    @Test
    void countsSecretsAndNamesTheLinesThatAreNone() throws Exception {
        Path file = Files.writeString(
                folder.resolve("keys"),
                String.join(
                        "\r\n",
                        "# a comment",
                        LINE,
                        "",
                        "EXPORTER_SECRET " + RANDOM + " " + "ef".repeat(32),
                        "CLIENT_RANDOM " + RANDOM,
                        "CLIENT_RANDOM xyz " + "cd".repeat(48),
                        "SERVER_TRAFFIC_SECRET_0 " + RANDOM + " cdcd",
                        LINE.substring(0, 40)));
        TlsAccount.Keys account = KeyLog.of(file).account();

        assertThat(account.secrets()).isEqualTo(1);
        assertThat(account.malformedLines()).isEqualTo(4);
        assertThat(account.problems())
                .containsExactly(
                        file + ":5: has 2 words instead of 3: label, client random, secret",
                        file + ":6: client random is not hexadecimal",
                        file + ":7: no secret of SERVER_TRAFFIC_SECRET_0 has 2 bytes",
                        file + ":8: has 2 words instead of 3: label, client random, secret");
    }

    @Test
    void refusesAFileThatIsSomethingElseByItsFirstWrongLine() throws Exception {
        Path file = Files.writeString(folder.resolve("key.pem"), "# ours\n-----BEGIN PRIVATE KEY-----\nMIIEv\n");

        assertThatThrownBy(() -> KeyLog.of(file))
                .hasMessage(String.join(
                        NL, file + ":2: does not begin with a label", HELP, "1 problem; nothing was started."));
    }

    @Test
    void refusesWhatIsNotThere() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> KeyLog.of(missing))
                .hasMessage(String.join(
                        NL,
                        missing + ": does not exist",
                        "  A key log is written by the client or server itself: set SSLKEYLOGFILE for it.",
                        "1 problem; nothing was started."));
        assertThatThrownBy(() -> KeyLog.growing(missing.resolve("keys")))
                .hasMessageStartingWith(missing.resolve("keys") + ": is in a folder that does not exist");
    }

    @Test
    void readsWhatIsAddedWholeLinesOnly() throws Exception {
        Path file = folder.resolve("keys");
        KeyLog keys = KeyLog.growing(file);
        keys.readMore();
        assertThat(keys.account()).isEqualTo(TlsAccount.Keys.NONE);

        Files.writeString(file, LINE.substring(0, 50));
        keys.readMore();
        assertThat(keys.account()).isEqualTo(TlsAccount.Keys.NONE);

        Files.writeString(file, LINE.substring(50) + "\nnot a line\n", StandardOpenOption.APPEND);
        keys.readMore();
        assertThat(keys.account().secrets()).isEqualTo(1);
        assertThat(keys.account().malformedLines()).isEqualTo(1);

        // Begun anew, as by a service that was restarted.
        Files.writeString(file, LINE + "\n");
        keys.readMore();
        assertThat(keys.account().secrets()).isEqualTo(2);
    }
}
