package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import} chooses by content, says what it chose, and has the same keys for logs and captures. */
class ImportTest {
    private static final String LOG_LINE = "10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET /log HTTP/1.1\" 200 512\n";

    @TempDir
    private Path folder;

    @Test
    void importsACaptureWhateverItIsCalled() throws IOException {
        Path capture = Files.write(folder.resolve("misleading.log"), capture("GET /packet HTTP/1.1\r\n\r\n"));
        Path trace = folder.resolve("x.trace");
        Console console = Console.tierdrill("import", capture, "-o", trace);

        assertThat(console.err()).isEmpty();
        assertThat(console.status()).isEqualTo(ExitStatus.GO);
        assertThat(console.out())
                .startsWith(capture + ": 1 packets, format pcap (found)")
                .contains("read 1 requests = imported 1 + rejected 0")
                .endsWith("wrote " + trace + System.lineSeparator());
        assertThat(Console.tierdrill("inspect", trace, "--records").out()).contains("/packet");
    }

    @Test
    void writesTheSameKeysForLogsAndCaptures() throws IOException {
        Path log = Files.writeString(folder.resolve("access.log"), LOG_LINE);
        Path capture = Files.write(folder.resolve("x.pcap"), capture("GET /packet HTTP/1.1\r\n\r\n"));
        for (Path input : new Path[] {log, capture}) {
            Console console = Console.tierdrill("import", input, "-o", folder.resolve("x.trace"), "--json");

            assertThat(console.status()).as(console.err()).isEqualTo(ExitStatus.GO);
            assertThat(console.out())
                    .contains("\"read\"", "\"imported\"", "\"rejected\"", "\"examples\"", "\"inputs\"");
        }
        assertThat(Console.tierdrill("import", capture, "-o", folder.resolve("x.trace"), "--json")
                        .out())
                .contains("\"packets\"", "\"fates\"", "\"notHttp\"", "\"kernelDrops\"");
    }

    @Test
    void mergesTracesByTime() throws IOException {
        Path first = folder.resolve("first.trace");
        Path second = folder.resolve("second.trace");
        Path later = Files.writeString(folder.resolve("later.log"), LOG_LINE.replace(":03 ", ":04 "));
        Path earlier = Files.writeString(folder.resolve("earlier.log"), LOG_LINE.replace("/log", "/earlier"));
        Console.tierdrill("import", later, "-o", first);
        Console.tierdrill("import", earlier, "-o", second);
        Path all = folder.resolve("all.trace");
        Console console = Console.tierdrill("import", first, second, "-o", all);

        assertThat(console.err()).isEmpty();
        assertThat(console.status()).isEqualTo(ExitStatus.GO);
        assertThat(console.out())
                .startsWith(first + ": 1 requests, from 2015-05-17T10:05:04Z")
                .contains("read 2 = imported 2 + rejected 0")
                .endsWith("wrote " + all + System.lineSeparator());
        assertThat(Console.tierdrill("inspect", all, "--records").out().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("/earlier"));
        assertThat(Console.tierdrill("import", first, "--seed", "2", "-o", all).err())
                .contains("--seed: is for logs, and these are traces.");
    }

    @Test
    void refusesToMixLogsAndTraces() throws IOException {
        Path log = Files.writeString(folder.resolve("access.log"), LOG_LINE);
        Path trace = folder.resolve("x.trace");
        Console.tierdrill("import", log, "-o", trace);
        Console console = Console.tierdrill("import", trace, log, "-o", folder.resolve("y.trace"));

        assertThat(console.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err())
                .isEqualTo(String.join(
                        System.lineSeparator(),
                        log + ": is no trace, but " + trace + " is one",
                        "  Import the others into a trace first, then merge the traces.",
                        "1 problem; nothing was started.",
                        ""));
    }

    @Test
    void refusesToMixLogsAndCaptures() throws IOException {
        Path log = Files.writeString(folder.resolve("access.log"), LOG_LINE);
        Path capture = Files.write(folder.resolve("x.pcap"), capture("GET /packet HTTP/1.1\r\n\r\n"));
        Console console = Console.tierdrill("import", capture, log, "-o", folder.resolve("x.trace"));

        assertThat(console.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err())
                .isEqualTo(String.join(
                        System.lineSeparator(),
                        log + ": is no packet capture, but " + capture + " is one",
                        "  Import captures and logs one after the other, into a trace each.",
                        "1 problem; nothing was started.",
                        ""));
    }

    @Test
    void refusesOptionsOfLogsForCaptures() throws IOException {
        Path capture = Files.write(folder.resolve("x.pcap"), capture("GET /packet HTTP/1.1\r\n\r\n"));
        Console console = Console.tierdrill("import", capture, "-o", folder.resolve("x.trace"), "--seed", 3);

        assertThat(console.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).startsWith("--seed: is for logs, and these are packet captures.");
    }

    @Test
    void namesTheLineOfAKeyLogThatIsNone() throws IOException {
        Path capture = Files.write(folder.resolve("x.pcap"), capture("GET /packet HTTP/1.1\r\n\r\n"));
        Path keys = Files.writeString(folder.resolve("cert.pem"), "-----BEGIN CERTIFICATE-----\n");
        Console console = Console.tierdrill("import", capture, "-o", folder.resolve("x.trace"), "--tls-keys", keys);

        assertThat(console.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).startsWith(keys + ":1: has 2 words instead of 3: ");
        assertThat(folder.resolve("x.trace")).doesNotExist();
    }

    @Test
    void tellsTheLinesOfAKeyLogThatAreWrongAndGoesOn() throws IOException {
        Path capture = Files.write(folder.resolve("x.pcap"), capture("GET /packet HTTP/1.1\r\n\r\n"));
        Path keys = Files.writeString(
                folder.resolve("keys"),
                "CLIENT_RANDOM " + "ab".repeat(32) + " " + "cd".repeat(48) + "\nCLIENT_RANDOM abc\n");
        Console console = Console.tierdrill("import", capture, "-o", folder.resolve("x.trace"), "--tls-keys", keys);

        assertThat(console.status()).as(console.err()).isEqualTo(ExitStatus.GO);
        assertThat(console.out().lines())
                .contains(
                        "1 secrets of TLS connections were read",
                        "1 lines of the key log are malformed",
                        "  " + keys + ":2: has 2 words instead of 3: label, client random, secret");
    }

    @Test
    void refusesKeysForLogs() throws IOException {
        Path log = Files.writeString(folder.resolve("access.log"), LOG_LINE);
        Console console = Console.tierdrill("import", log, "-o", folder.resolve("x.trace"), "--tls-keys", log);

        assertThat(console.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).startsWith("--tls-keys: is for packet captures, and these are none.");
    }

    /** A pcap file with one TCP segment on raw IP. */
    private static byte[] capture(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
        int length = 40 + bytes.length;
        ByteBuffer packet = ByteBuffer.allocate(length);
        packet.putShort((short) 0x4500).putShort((short) length).putInt(0).putInt(0x40060000);
        packet.putInt(0x0a000001).putInt(0x0a000002);
        packet.putShort((short) 40_000).putShort((short) 80).putInt(1).putInt(1);
        packet.putInt(0x50100000).putInt(0).put(bytes);
        ByteBuffer head = ByteBuffer.allocate(40).putInt(0xa1b2c3d4).putInt(0x00020004);
        head.putInt(0).putInt(0).putInt(262_144).putInt(101);
        head.putInt(1_700_000_000).putInt(0).putInt(length).putInt(length);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(head.array());
        file.writeBytes(packet.array());
        return file.toByteArray();
    }
}
