package io.tierdrill.recorder.packets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.CaptureReader;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Lets the JVM compile the way of a packet before there are real ones: code that has never run takes ten times as long,
 * and while it does the kernel's buffer would fill and packets be dropped. Made-up packets go the whole way, masked and
 * compressed into a trace that is deleted.
 */
final class Practice {
    private static final int ROUNDS = 30;

    private Practice() {}

    /**
     * Returns when enough is done or the time is over.
     *
     * @return requests that went through
     */
    static long run(CaptureOptions options, Duration atMost, NanoClock clock) throws IOException {
        long end = clock.nanos() + atMost.toNanos();
        Path folder = Files.createTempDirectory("tierdrill-practice");
        Path trace = folder.resolve("practice.trace");
        Tally tally = new Tally();
        try (LazyTrace output =
                new LazyTrace(trace, "practice", options.http().bodyBytes() > 0, options.redaction(), tally)) {
            PacketPipeline pipeline = new PacketPipeline(options, tally, KeyLog.empty(), output);
            PracticeTraffic traffic = new PracticeTraffic();
            for (int round = 0; round < ROUNDS && clock.nanos() < end; round++) read(traffic.next(), pipeline);
            pipeline.finish();
        } finally {
            Files.deleteIfExists(trace);
            Files.deleteIfExists(folder);
        }
        return tally.importedSoFar();
    }

    private static void read(byte[] capture, PacketPipeline pipeline) throws IOException {
        try (CaptureReader reader = CaptureReader.read(new ByteArrayInputStream(capture), "practice")) {
            while (reader.ready() && reader.next()) pipeline.take(reader.frame());
        } catch (BadInputException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
