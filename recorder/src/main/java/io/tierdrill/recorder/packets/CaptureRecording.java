package io.tierdrill.recorder.packets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.live.LiveAccount;
import io.tierdrill.recorder.live.LiveConfig;
import io.tierdrill.recorder.live.OrderedRecording;
import io.tierdrill.recorder.live.Pace;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.CaptureReader;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Records live packets into a trace until it is stopped: tcpdump captures, so that privileges and native code stay out of
 * this process, and a thread reads its pipe as {@link CaptureImport} reads a file. {@link #stop} and {@link #awaitEnd} may
 * be called from any thread.
 *
 * <p>A kill loses what is on its way: two tenths of a second in the kernel's ring while there is little traffic (a full block
 * of 256 KiB comes at once), and some six here. A request without response is not waited for any longer than
 * {@link CaptureOptions#heldFor}, so it holds up no other.
 */
public final class CaptureRecording implements AutoCloseable {
    private static final String NAME = "tcpdump";
    /** With the kernel's tick and a look, well under the second that a kill may cost. */
    private static final Duration HELD = Duration.ofMillis(400);

    private static final Duration PRACTICE = Duration.ofSeconds(2);
    private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();
    private static final long ASK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int LOOK_FRAMES = 256;
    /** Longer than it takes to fill the pipe: reading often wakes both sides for a packet each. */
    private static final long LEAST_REST_NANOS = Duration.ofMillis(1).toNanos();

    private static final long MOST_REST_NANOS = Duration.ofMillis(20).toNanos();

    private final OrderedRecording recording;
    private final CaptureOptions options;
    private final KeyLog keys;
    private final Tcpdump tcpdump;
    private final NanoClock clock;
    private final RingTail tail;
    private final CountDownLatch ended = new CountDownLatch(1);
    private CaptureAccount account;
    private IOException failure;
    private long lookedNanos;
    private long askedNanos;
    private volatile boolean stopping;
    private volatile long packets;

    private CaptureRecording(
            OrderedRecording recording, CaptureOptions options, KeyLog keys, Tcpdump tcpdump, NanoClock clock) {
        this.keys = keys;
        this.recording = recording;
        this.options = options;
        this.tcpdump = tcpdump;
        this.clock = clock;
        this.tail = new RingTail(tcpdump.isPrompt());
        this.askedNanos = clock.nanos();
    }

    /** How requests are held unless asked otherwise: with the kernel's tick and a look, well under the second of a kill. */
    public static Pace pace() {
        return new Pace(Duration.ofMillis(20), HELD, Duration.ofNanos(LOOK_NANOS));
    }

    /** Into one trace, which is gone on with where it is there; see the other. */
    public static CaptureRecording start(LiveCapture what, Path output, CaptureOptions options, Clock wall)
            throws IOException, BadInputException, InterruptedException {
        LiveConfig config = LiveConfig.file(output, "record capture on " + what.networkInterface())
                .withRedaction(options.redaction())
                .withPace(pace().withWindow(options.heldFor().orElse(HELD)));
        return start(what, config, options, wall);
    }

    /**
     * Returns once tcpdump listens: what is sent from now on is recorded.
     *
     * @param config where to, and the bounds: its buffer is for requests that wait for earlier ones, the window of its pace
     *     for their responses. They and its redaction hold instead of those of the options
     * @param wall by which the kernel stamps packets
     * @throws BadInputException when there is no tcpdump, it may not or cannot capture, or the output is no place to record to
     */
    public static CaptureRecording start(LiveCapture what, LiveConfig config, CaptureOptions options, Clock wall)
            throws IOException, BadInputException, InterruptedException {
        KeyLog keys =
                options.tlsKeys().isPresent() ? KeyLog.growing(options.tlsKeys().get()) : KeyLog.empty();
        CaptureOptions bounded = options.withHeldBytes(config.buffer().bytes())
                .withHeldFor(config.pace().window());
        Map<String, String> notes = LazyTrace.notes(options.http().bodyBytes() > 0);
        NanoClock clock = NanoClock.system();
        OrderedRecording recording = OrderedRecording.start(config.withNotes(notes), clock, wall);
        try {
            CaptureRecording capture = new CaptureRecording(recording, bounded, keys, Tcpdump.start(what), clock);
            Thread reader = new Thread(capture::run, "capture-reader");
            reader.setDaemon(true);
            reader.start();
            return capture;
        } catch (BadInputException | InterruptedException | RuntimeException failed) {
            recording.close();
            throw failed;
        }
    }

    /**
     * Practises for a second or two, so that the first packets do not meet code that is slow because it has never run.
     * For processes that have just begun; before {@link #start}.
     *
     * @return made-up requests that went through
     */
    public static long practise(CaptureOptions options) throws IOException {
        return Practice.run(options.withHeldFor(HELD), PRACTICE, NanoClock.system());
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
        try (recording) {
            RecordedTrace trace = new RecordedTrace(recording, tally);
            PacketPipeline pipeline = new PacketPipeline(options, tally, keys, trace);
            List<CaptureAccount.Input> inputs = read(pipeline);
            pipeline.finish();
            // Only now has it said all.
            tcpdump.close();
            long drops = tcpdump.dropped().orElse(0);
            recording.unseen(drops);
            account = trace.account(inputs, drops, recording.finish());
        }
    }

    private List<CaptureAccount.Input> read(PacketPipeline pipeline) throws IOException {
        awaitHeader();
        try (CaptureReader reader = CaptureReader.read(tcpdump.packets(), NAME)) {
            while (awaitFrame(reader, pipeline) && reader.next()) {
                pipeline.take(reader.frame());
                packets = reader.frames();
                if (packets % LOOK_FRAMES == 0) sawFrame(reader);
                if (packets % LOOK_FRAMES == 0) look(pipeline);
            }
            String damage = reader.damage().orElse("");
            return List.of(new CaptureAccount.Input(NAME, reader.format().word(), reader.frames(), damage));
        } catch (BadInputException nothing) {
            // Stopped before tcpdump wrote even its header.
            return List.of(new CaptureAccount.Input(NAME, "pcap", 0, ""));
        }
    }

    /** tcpdump writes it with the first packet, or when it ends. */
    private void awaitHeader() throws IOException {
        while (tcpdump.packets().available() == 0 && tcpdump.isAlive()) {
            endWhenOver();
            LockSupport.parkNanos(MOST_REST_NANOS);
        }
    }

    /** Until a frame is here, or none will come; keeps an eye on the time meanwhile. */
    private boolean awaitFrame(CaptureReader reader, PacketPipeline pipeline) throws IOException {
        if (reader.ready()) return true;
        if (packets > 0) sawFrame(reader);
        for (long rest = LEAST_REST_NANOS; !reader.ready(); rest = Math.min(2 * rest, MOST_REST_NANOS)) {
            // What it wrote before it ended is read first.
            if (!tcpdump.isAlive()) return true;
            look(pipeline);
            LockSupport.parkNanos(rest);
        }
        return true;
    }

    private void sawFrame(CaptureReader reader) {
        tail.saw(reader.frame().nanos(), clock.nanos());
    }

    /** What depends on time and not on packets. */
    private void look(PacketPipeline pipeline) throws IOException {
        long now = clock.nanos();
        endWhenOver();
        if (now - lookedNanos < LOOK_NANOS) return;
        lookedNanos = now;
        if (tail.isSilent(now)) pipeline.settled(tail.settled(now));
        if (now - askedNanos >= ASK_NANOS) ask(now);
        recording.tick();
    }

    private void ask(long now) {
        askedNanos = now;
        recording.unseen(tcpdump.dropped().orElse(0));
        tcpdump.ask();
    }

    private void endWhenOver() {
        if (!stopping) return;
        tail.stop(clock.nanos());
        if (tail.isOver(clock.nanos())) tcpdump.stop();
    }

    /** What has become of the requests so far. Any thread. */
    public LiveAccount recording() {
        return recording.account();
    }

    /** Packets read so far. */
    public long packets() {
        return packets;
    }

    /** Packets the kernel dropped, as of a second or two ago; empty where tcpdump tells at its end only. Any thread. */
    public OptionalLong kernelDrops() {
        return tcpdump.dropped();
    }

    /** Ends the recording with what is captured up to now; {@link #awaitEnd} tells when all of it is written. */
    public void stop() {
        stopping = true;
    }

    /** Waits for the end, as long as given; whether it came. tcpdump may end by itself, when the interface goes. */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Ends the recording and tells what became of everything.
     *
     * @throws IOException when what tcpdump writes could not be read
     */
    public CaptureAccount finish() throws IOException, InterruptedException {
        stop();
        ended.await();
        if (failure != null) throw failure;
        return account;
    }

    @Override
    public void close() {
        tcpdump.close();
    }
}
