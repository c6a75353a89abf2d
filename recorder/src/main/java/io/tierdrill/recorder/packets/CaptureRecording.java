package io.tierdrill.recorder.packets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.CaptureReader;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Records live packets into a trace until it is stopped: tcpdump captures, so that privileges and native code stay out of
 * this process, and a thread reads its pipe as {@link CaptureImport} reads a file. {@link #stop} and {@link #awaitEnd} may
 * be called from any thread.
 *
 * <p>What was written survives a kill but for the last second of traffic, and for what waits behind a request that is
 * still open.
 */
public final class CaptureRecording implements AutoCloseable {
    private static final String NAME = "tcpdump";
    private static final Duration TAIL = Duration.ofMillis(200);

    private final Path output;
    private final CaptureOptions options;
    private final LiveCapture what;
    private final Tcpdump tcpdump;
    private final CountDownLatch ended = new CountDownLatch(1);
    private CaptureAccount account;
    private IOException failure;
    private volatile long packets;

    private CaptureRecording(LiveCapture what, Path output, CaptureOptions options, Tcpdump tcpdump) {
        this.what = what;
        this.output = output;
        this.options = options;
        this.tcpdump = tcpdump;
    }

    /**
     * Returns once tcpdump listens: what is sent from now on is recorded.
     *
     * @param output the trace; made when the first request comes
     * @throws BadInputException when there is no tcpdump, it may not or cannot capture, or the trace exists already
     */
    public static CaptureRecording start(LiveCapture what, Path output, CaptureOptions options)
            throws BadInputException, InterruptedException {
        if (Files.exists(output))
            throw new BadInputException(new Problem(
                    output.toString(), "", "exists already; nothing was overwritten", "Record into another file."));
        CaptureRecording recording = new CaptureRecording(what, output, options, Tcpdump.start(what));
        Thread reader = new Thread(recording::run, "capture-reader");
        reader.setDaemon(true);
        reader.start();
        return recording;
    }

    private void run() {
        try {
            record();
        } catch (IOException failed) {
            failure = failed;
        } finally {
            tcpdump.close();
            ended.countDown();
        }
    }

    private void record() throws IOException {
        Tally tally = new Tally();
        String source = "record capture on " + what.networkInterface();
        try (LazyTrace trace =
                new LazyTrace(output, source, options.http().bodyBytes() > 0, options.redaction(), tally)) {
            KeyLog keys = options.tlsKeys().map(KeyLog::growing).orElseGet(KeyLog::empty);
            PacketPipeline pipeline = new PacketPipeline(options, tally, keys, trace);
            List<CaptureAccount.Input> inputs = read(pipeline, trace);
            pipeline.finish();
            // Only now has it said all.
            tcpdump.close();
            account = trace.account(inputs, tcpdump.dropped());
        }
    }

    private List<CaptureAccount.Input> read(PacketPipeline pipeline, LazyTrace trace) throws IOException {
        try (CaptureReader reader = CaptureReader.read(tcpdump.packets(), NAME)) {
            while (reader.next()) {
                pipeline.take(reader.frame());
                trace.flushEachSecond(reader.frame().nanos());
                packets = reader.frames();
            }
            String damage = reader.damage().orElse("");
            return List.of(new CaptureAccount.Input(NAME, reader.format().word(), reader.frames(), damage));
        } catch (BadInputException nothing) {
            // Stopped before tcpdump wrote even its header.
            return List.of(new CaptureAccount.Input(NAME, "pcap", 0, ""));
        }
    }

    /** Packets read so far. */
    public long packets() {
        return packets;
    }

    /** Ends the recording; {@link #awaitEnd} tells when all is written. */
    public void stop() {
        tcpdump.stop();
    }

    /** Waits for the end, as long as given; whether it came. tcpdump may end by itself, when the interface goes. */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Ends the recording and tells what became of everything.
     *
     * @throws IOException when the trace could not be written
     */
    public CaptureAccount finish() throws IOException, InterruptedException {
        // Packets sent just now are on their way through the kernel and the pipe.
        if (!awaitEnd(TAIL)) stop();
        ended.await();
        if (failure != null) throw failure;
        return account;
    }

    @Override
    public void close() {
        tcpdump.close();
    }
}
