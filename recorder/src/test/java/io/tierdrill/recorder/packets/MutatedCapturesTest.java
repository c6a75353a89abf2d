package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.http.HttpLimits;
import io.tierdrill.recorder.packets.stream.StreamLimits;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Captures, flipped, cut and repeated by a seeded hand. Whatever comes of them: no exception, an account that adds up
 * (its constructor checks), requests in order, and an end.
 */
class MutatedCapturesTest {
    private static final int CASES = 3000;
    /** Small, so that every bound is reached. */
    private static final CaptureOptions TIGHT = CaptureOptions.defaults()
            .withStreams(new StreamLimits(8, 8, 64 << 10, 16 << 10, Duration.ofSeconds(30)))
            .withHttp(new HttpLimits(4096, 512, 4))
            .withHeldBytes(8 << 10);

    private final RandomGenerator random = new Seeds(20_261_123).stream("mutations");

    @Test
    @Timeout(120)
    void survivesWhateverIsDoneToCaptures() throws IOException {
        List<byte[]> seeds = captures();
        for (int i = 0; i < CASES; i++) {
            byte[] mutated = seeds.get(random.nextInt(seeds.size())).clone();
            int changes = 1 + random.nextInt(8);
            for (int c = 0; c < changes; c++) mutated = random.nextBoolean() ? inFrame(mutated) : anywhere(mutated);
            check(i, mutated);
        }
    }

    @Test
    @Timeout(60)
    void survivesBytesWithoutAnySenseBehindEveryKindOfLink() {
        int[] links = {0, 1, 101, 108, 113, 239, 276};
        for (int i = 0; i < CASES / 3; i++) {
            PacketLab lab = new PacketLab();
            for (int f = 0; f < 4; f++) lab.frame(noise());
            check(i, lab.pcap(ByteOrder.LITTLE_ENDIAN, false, links[i % links.length]));
        }
    }

    /** Mostly looks like IP, so that it gets further than the first check. */
    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(120)];
        random.nextBytes(bytes);
        for (int at : new int[] {0, 4, 14, 16, 20}) if (at < bytes.length) bytes[at] = 0x45;
        for (int at : new int[] {9, 13, 23, 25, 29})
            if (at < bytes.length) bytes[at] = (byte) (random.nextBoolean() ? 6 : 17);
        if (bytes.length > 13) {
            bytes[12] = 8;
            bytes[13] = 0;
        }
        return bytes;
    }

    private static void check(int number, byte[] capture) {
        check(number, capture, KeyLog.empty());
    }

    private static void check(int number, byte[] capture, KeyLog keys) {
        Imported imported;
        try {
            imported = Imported.of(capture, TIGHT, keys);
        } catch (AssertionError foreign) {
            // The magic itself was hit: it is no capture any more.
            assertThat(foreign).hasMessageContaining("is no packet capture");
            return;
        } catch (RuntimeException escaped) {
            throw new AssertionError("case " + number, escaped);
        }
        long last = 0;
        for (RequestRecord request : imported.requests()) {
            assertThat(request.offsetNanos()).as("case %d", number).isGreaterThanOrEqualTo(last);
            last = request.offsetNanos();
        }
    }

    /** Flips a bit, cuts, repeats or removes a stretch, or puts a number where one may stand. */
    private byte[] anywhere(byte[] bytes) {
        if (bytes.length < 40) return bytes;
        int at = 24 + random.nextInt(bytes.length - 24);
        int length = Math.min(1 + random.nextInt(64), bytes.length - at);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 2 -> {
                return join(bytes, 0, at + length, bytes, at, bytes.length);
            }
            case 3 -> {
                return join(bytes, 0, at, bytes, at + length, bytes.length);
            }
            default -> {
                int[] numbers = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xffff, 1 << 20};
                if (at + 4 <= bytes.length)
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, numbers[random.nextInt(7)]);
            }
        }
        return bytes;
    }

    /** Changes the content of a frame and leaves the file around it whole; repeats, drops and shortens frames. */
    private byte[] inFrame(byte[] bytes) {
        if (bytes.length < 40 || (bytes[0] & 0xff) != 0xd4) return anywhere(bytes);
        List<Integer> starts = new ArrayList<>();
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 24; at + 16 <= bytes.length; ) {
            int length = file.getInt(at + 8);
            if (length < 0 || length > bytes.length - at - 16) break;
            starts.add(at);
            at += 16 + length;
        }
        if (starts.isEmpty()) return anywhere(bytes);
        int start = starts.get(random.nextInt(starts.size()));
        int end = start + 16 + file.getInt(start + 8);
        int other = starts.get(random.nextInt(starts.size()));
        switch (random.nextInt(5)) {
            case 4 -> {
                int kept = random.nextInt(end - start - 15);
                file.putInt(start + 8, kept);
                return join(bytes, 0, start + 16 + kept, bytes, end, bytes.length);
            }
            case 0 -> {
                return join(bytes, 0, other, bytes, start, end, bytes, other, bytes.length);
            }
            case 1 -> {
                return join(bytes, 0, start, bytes, end, bytes.length);
            }
            case 2 -> {
                for (int i = 0; i < 3 && end > start + 16; i++)
                    bytes[start + 16 + random.nextInt(end - start - 16)] = (byte) random.nextInt(256);
            }
            default -> {
                if (end > start + 56) bytes[start + 16 + random.nextInt(40)] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }

    private static byte[] join(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < parts.length; i += 3) {
            int from = (int) parts[i + 1];
            out.write((byte[]) parts[i], from, (int) parts[i + 2] - from);
        }
        return out.toByteArray();
    }

    /** Of TLS with its keys, and of HTTP/2: here a change within a record of TLS is one that does not open. */
    @Test
    @Timeout(60)
    void survivesWhateverIsDoneToTlsAndHttp2() {
        List<TlsCapture> seeds = List.of(
                new TlsCapture("tls13-aes256-gcm-http2"),
                new TlsCapture("tls12-aes128-cbc-http1"),
                new TlsCapture("h2c-prior-knowledge"));
        for (int i = 0; i < CASES / 2; i++) {
            TlsCapture seed = seeds.get(i % seeds.size());
            byte[] keys = i % seeds.size() == 2 ? new byte[0] : seed.keys();
            if (random.nextInt(8) == 0 && keys.length > 0) keys[random.nextInt(keys.length)] ^= 1;
            byte[] mutated = seed.packets();
            int changes = 1 + random.nextInt(4);
            for (int c = 0; c < changes; c++) mutated = random.nextInt(4) > 0 ? inFrame(mutated) : anywhere(mutated);
            check(i, mutated, TlsCapture.keyLog(keys));
        }
    }

    private static List<byte[]> captures() throws IOException {
        Path folder = CaptureFolder.orSkip();
        List<byte[]> captures = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("traces"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList())
                captures.add(Files.readAllBytes(file));
        }
        return captures;
    }
}
