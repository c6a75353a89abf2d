package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.packets.capture.CaptureFormat;
import io.tierdrill.recorder.redact.ClientAddresses;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureImportTest {
    private static final String NL = System.lineSeparator();
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** Every client is masked; of networks, the permutation leaves one address in 256 where it is. */
    private static final RedactionConfig ALL_CLIENTS =
            RedactionConfig.defaults().withClients(ClientAddresses.PSEUDONYM);

    @TempDir
    private Path folder;

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a.example\r\n\r\n";
    }

    private static PacketLab one(String path) {
        PacketLab lab = new PacketLab();
        lab.talk().open().request(get(path)).response(OK).close();
        return lab;
    }

    @Test
    void writesATraceThatStartsWithItsFirstRequest() throws Exception {
        PacketLab lab = new PacketLab();
        lab.talk()
                .open()
                .request(get("/a"))
                .response(OK)
                .request(get("/b"))
                .response(OK)
                .close();
        Path trace = folder.resolve("x.trace");
        CaptureAccount account = CaptureImport.run(List.of(lab.write(folder)), trace, CaptureOptions.defaults());

        List<RequestRecord> requests = Imported.read(trace);
        assertThat(requests).extracting(RequestRecord::path).containsExactly("/a", "/b");
        assertThat(requests).extracting(RequestRecord::offsetNanos).containsExactly(0L, 2_000_000L);
        assertThat(account.firstRequest()).hasToString("2065-01-24T05:20:00.003Z");
        assertThat(account.lastRequest()).hasToString("2065-01-24T05:20:00.005Z");
        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.header().start()).isEqualTo(account.firstRequest());
            assertThat(reader.header().source()).isEqualTo("import lab.pcap (packets)");
        }
        assertThat(leftovers()).containsExactly("lab.pcap", "x.trace");
    }

    @Test
    void tellsInWordsWhatBecameOfEverything() throws Exception {
        PacketLab lab = new PacketLab();
        PacketLab.Talk talk = lab.talk().open().request(get("/a"));
        talk.requestAt(get("/a").length(), get("/a")).response(OK);
        talk.request("POST /cut HTTP/1.1\r\nContent-Length: 9\r\n\r\n").close();
        lab.frame(new byte[60]);
        Path capture = lab.write(folder);
        CaptureAccount account = CaptureImport.run(
                List.of(capture),
                folder.resolve("x.trace"),
                CaptureOptions.defaults().withRedaction(ALL_CLIENTS));

        assertThat(CaptureText.of(account))
                .isEqualTo(String.join(
                        NL,
                        capture + ": 11 packets, format pcap (found)",
                        "saw 11 packets = parsed into streams 9 + not TCP or UDP 1 + duplicate 1",
                        "  3 http: carried HTTP/1.x, first " + capture + ", packet 4",
                        "  6 no-payload: opened, acknowledged or closed a connection, first " + capture + ", packet 1",
                        "  1 other-protocol: neither TCP nor UDP, first " + capture + ", packet 11",
                        "  1 duplicate: sent or captured again, first " + capture + ", packet 5",
                        "1 connections with payload",
                        "77 payload bytes from clients, each once",
                        "40 payload bytes from servers, each once",
                        "read 2 requests = imported 1 + rejected 1",
                        "  1 cut: the connection or the capture ended within it, first " + capture + ", packet 7",
                        "masked 1 client, 1 connection",
                        "from 2065-01-24T05:20:00.003Z to 2065-01-24T05:20:00.003Z",
                        ""));
    }

    @Test
    void mergesCapturesByTimeWhateverTheirOrder() throws Exception {
        PacketLab first = new PacketLab();
        first.talk().open().request(get("/a"));
        PacketLab second = new PacketLab().later(3);
        // What the same connection sent after the capture had gone on to its next file.
        second.later(1);
        second.tcp("10.0.0.2", 80, "10.0.0.1", 40_000, 9001, 1001 + get("/a").length(), PacketLab.ACK, OK);
        Path one = Files.write(folder.resolve("1.pcap"), first.pcap());
        Path two = Files.write(folder.resolve("2.pcap"), second.pcap());
        Path trace = folder.resolve("x.trace");
        CaptureAccount account = CaptureImport.run(List.of(two, one), trace, CaptureOptions.defaults());

        assertThat(Imported.read(trace).get(0).response()).isPresent();
        assertThat(account.inputs())
                .extracting(CaptureAccount.Input::packets)
                .containsExactly((long) second.size(), (long) first.size());
    }

    @Test
    void readsGzip() throws Exception {
        Path packed = folder.resolve("x.pcap.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(one("/packed").pcap());
        }
        Path trace = folder.resolve("x.trace");
        CaptureImport.run(List.of(packed), trace, CaptureOptions.defaults());

        assertThat(Imported.read(trace)).extracting(RequestRecord::path).containsExactly("/packed");
        assertThat(CaptureFormat.detect(packed)).contains(CaptureFormat.PCAP);
    }

    @Test
    void tellsCapturesFromLogs() throws Exception {
        byte[] ng = one("/a").pcapng(ByteOrder.BIG_ENDIAN, new byte[0], 1_000_000, 0);
        assertThat(CaptureFormat.detect(Files.write(folder.resolve("a"), ng))).contains(CaptureFormat.PCAPNG);
        assertThat(CaptureFormat.detect(Files.writeString(folder.resolve("b"), "10.0.0.1 - - [17/May")))
                .isEmpty();
        assertThat(CaptureFormat.detect(Files.writeString(folder.resolve("c"), "")))
                .isEmpty();
        assertThat(CaptureFormat.detect(Files.write(folder.resolve("d"), new byte[] {0x1f, (byte) 0x8b, 8})))
                .isEmpty();
    }

    @Test
    void refusesACaptureWithoutRequestsAndKeepsTheOldTrace() throws Exception {
        PacketLab lab = new PacketLab();
        lab.talk().open().request("\u0016\u0003\u0001\u0000\u0005hello").close();
        Path capture = lab.write(folder);
        Path trace = Files.writeString(folder.resolve("x.trace"), "old");

        assertThatThrownBy(() -> CaptureImport.run(List.of(capture), trace, CaptureOptions.defaults()))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        NL,
                        capture + ": found no request in 7 packets",
                        "  " + capture + ": 7 packets, format pcap (found)",
                        "  saw 7 packets = parsed into streams 6 + opaque 1",
                        "    6 no-payload: opened, acknowledged or closed a connection, first " + capture
                                + ", packet 1",
                        "    1 tls-without-keys: TLS, to which there is no key, first " + capture + ", packet 4",
                        "  1 connections with payload",
                        "  10 payload bytes from clients, each once",
                        "  1 connections with TLS",
                        "  1 connections with TLS that stayed opaque",
                        "  TLS without keys, by server: (no name) 1",
                        "  read 0 requests = imported 0 + rejected 0",
                        "1 problem; nothing was started."));
        assertThat(trace).hasContent("old");
        assertThat(leftovers()).containsExactly("lab.pcap", "x.trace");
    }

    @Test
    void reportsEveryFileThatIsNoCapture() throws Exception {
        Path log = Files.writeString(folder.resolve("access.log"), "10.0.0.1 - - [17/May");
        Path empty = Files.writeString(folder.resolve("empty"), "");

        assertThatThrownBy(() ->
                        CaptureImport.run(List.of(log, empty), folder.resolve("x.trace"), CaptureOptions.defaults()))
                .hasMessage(String.join(
                        NL,
                        log + ": is no packet capture",
                        "  Captures in the formats pcap and pcapng are read, plain or gzip.",
                        empty + ": is no packet capture",
                        "  Captures in the formats pcap and pcapng are read, plain or gzip.",
                        "2 problems; nothing was started."));
        assertThat(leftovers()).containsExactly("access.log", "empty");
    }

    @Test
    void readsTheSameTwice() throws Exception {
        Path capture = one("/a").write(folder);
        Path first = folder.resolve("1.trace");
        Path second = folder.resolve("2.trace");
        CaptureOptions options = CaptureOptions.defaults();
        CaptureImport.run(List.of(capture), first, options);
        CaptureImport.run(List.of(capture), second, options);

        assertThat(second).hasSameBinaryContentAs(first);
    }

    private List<String> leftovers() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(f -> names.add(f.getFileName().toString()));
        }
        names.sort(null);
        return names;
    }
}
