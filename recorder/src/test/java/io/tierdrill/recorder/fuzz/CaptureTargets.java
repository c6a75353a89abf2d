package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.recorder.packets.CaptureAccount;
import io.tierdrill.recorder.packets.CaptureImport;
import io.tierdrill.recorder.packets.CaptureOptions;
import io.tierdrill.recorder.packets.capture.CaptureReader;
import io.tierdrill.recorder.packets.capture.Frame;
import io.tierdrill.recorder.packets.http.HttpLimits;
import io.tierdrill.recorder.packets.stream.StreamLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Capture files. {@code pcap} and {@code pcapng} read them twice, once from a pipe that gives a byte now and two then, and
 * get the same frames; {@code capture-import} makes a trace of them under tight limits.
 */
final class CaptureTargets {
    /** Small, so that every bound is reached. */
    static final CaptureOptions TIGHT = CaptureOptions.defaults()
            .withStreams(new StreamLimits(4, 4, 32 << 10, 8 << 10, Duration.ofSeconds(30)))
            .withHttp(new HttpLimits(2048, 512, 4))
            .withHeldBytes(8 << 10);

    private final Path folder;
    private final Path capture;
    private final Path trace;

    private CaptureTargets(Path folder) {
        this.folder = folder;
        this.capture = folder.resolve("fuzz.pcap");
        this.trace = folder.resolve("packets.trace");
    }

    static List<FuzzTarget> all(Path scratch) throws IOException {
        CaptureTargets targets = new CaptureTargets(Files.createDirectories(scratch.resolve("captures")));
        return List.of(
                new FuzzTarget("pcap", 4096, Allowance.of(4096, 200), pcaps(), CaptureTargets::takeFrames),
                new FuzzTarget("pcapng", 4096, Allowance.of(4096, 200), pcapngs(), CaptureTargets::takeFrames),
                new FuzzTarget("capture-import", 8192, Allowance.of(8192, 4000), captures(), targets::takeImport));
    }

    private static void takeFrames(byte[] input) throws IOException {
        List<String> whole = frames(new ByteArrayInputStream(input), input.length);
        List<String> trickled = frames(new Trickle(input), input.length);
        assertThat(trickled).isEqualTo(whole);
    }

    private static List<String> frames(InputStream in, int most) throws IOException {
        List<String> frames = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.read(in, "fuzz")) {
            long bytes = 0;
            while (reader.next()) {
                Frame frame = reader.frame();
                assertThat(frame.length()).isGreaterThanOrEqualTo(frame.bytes().remaining());
                bytes += 4 + frame.bytes().remaining();
                assertThat(bytes).isLessThanOrEqualTo(most);
                frames.add(frame.place() + " " + frame.nanos() + " " + frame.linkType() + " " + frame.length() + " "
                        + frame.bytes().hashCode());
            }
            assertThat(reader.next()).isFalse();
            assertThat(reader.frames()).isEqualTo(frames.size());
            assertThat(reader.position()).isLessThanOrEqualTo(most);
            frames.add(reader.drops() + " " + reader.damage());
        } catch (BadInputException foreign) {
            frames.add(foreign.getMessage());
        }
        return frames;
    }

    private void takeImport(byte[] input) throws IOException, BadInputException {
        Files.write(capture, input);
        Files.deleteIfExists(trace);
        try {
            CaptureAccount account = CaptureImport.run(List.of(capture), trace, TIGHT);
            assertThat(TraceFiles.readRecorded(trace)).hasSize((int) account.imported());
        } catch (BadInputException refused) {
            assertThat(refused.problems()).isNotEmpty();
            assertThat(trace).doesNotExist();
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.filter(f -> !f.equals(capture) && !f.equals(trace)))
                        .isEmpty();
            }
        }
    }

    private static List<byte[]> pcaps() {
        return List.of(
                Packets.pcap(
                        ByteOrder.LITTLE_ENDIAN, Packets.talk("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 204 No\r\n\r\n")),
                Packets.pcap(ByteOrder.BIG_ENDIAN, List.of(new byte[0], new byte[20])));
    }

    private static List<byte[]> pcapngs() {
        return List.of(
                Packets.pcapng(ByteOrder.LITTLE_ENDIAN, List.of(new byte[5], new byte[20])),
                Packets.pcapng(ByteOrder.BIG_ENDIAN, List.of(new byte[60])));
    }

    private static List<byte[]> captures() {
        List<byte[]> talk = Packets.talk(Packets.REQUESTS, Packets.RESPONSES);
        List<byte[]> upgrade = Packets.talk(Packets.UPGRADE, Packets.UPGRADED);
        return List.of(
                Packets.pcap(ByteOrder.LITTLE_ENDIAN, talk),
                Packets.pcapng(ByteOrder.BIG_ENDIAN, talk),
                Packets.pcap(ByteOrder.LITTLE_ENDIAN, upgrade));
    }

    /** One byte, two, three, one ... at a time. */
    private static final class Trickle extends ByteArrayInputStream {
        private int turn;

        Trickle(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] bytes, int from, int length) {
            return super.read(bytes, from, Math.min(length, 1 + turn++ % 3));
        }
    }
}
