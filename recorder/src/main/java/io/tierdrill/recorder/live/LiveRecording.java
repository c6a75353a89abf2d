package io.tierdrill.recorder.live;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TrafficSink;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * Live traffic into traces. {@link #begin} may be called from any thread and neither blocks nor throws; a daemon thread
 * of the recording's own redacts, compresses and writes. If that thread or its disk cannot keep up, requests are dropped
 * and counted, here and in the footer of the trace.
 */
public final class LiveRecording implements TrafficSink, AutoCloseable {
    /** While the buffer fills: more often than every {@link Pace#flush}. */
    private static final long SHORT_REST_NANOS = 10_000_000;
    /** So many requests, a tenth of a millisecond, before others may have the processor. */
    private static final int BETWEEN_YIELDS = 32;

    private static final int BETWEEN_TICKS = 256;
    private static final long LONGEST_END_MILLIS = 20_000;

    private final LiveConfig config;
    private final Place place;
    private final TraceClock clock;
    private final Counts counts = new Counts();
    private final Intake intake;
    private final Line line;
    private final TraceFiles files;
    private final Thread writer;
    private long written;
    private volatile boolean accepting = true;
    private volatile boolean ending;
    private volatile String failure = "";

    private LiveRecording(LiveConfig config, Place place, Disk disk, TraceClock clock) {
        this.config = config;
        this.place = place;
        this.clock = clock;
        this.intake = new Intake(config.buffer(), counts);
        this.line = new Line(config.pace());
        this.files = new TraceFiles(config, place, disk, clock, counts);
        this.writer = new Thread(this::run, "record-writer");
        writer.setDaemon(true);
    }

    /**
     * Starts to record.
     *
     * @param clock the one that the carrier takes its offsets from
     * @param wall read for the start of the recording, and then only to notice when it is set
     * @throws BadInputException when the output is no place to record to; nothing was started
     */
    public static LiveRecording start(LiveConfig config, NanoClock clock, Clock wall)
            throws IOException, BadInputException {
        return start(config, Disk.real(config.redaction()), clock, wall);
    }

    static LiveRecording start(LiveConfig config, Disk disk, NanoClock clock, Clock wall)
            throws IOException, BadInputException {
        Place place = Place.prepare(config);
        try {
            LiveRecording recording = new LiveRecording(config, place, disk, new TraceClock(clock, wall));
            recording.files.open();
            recording.writer.start();
            return recording;
        } catch (IOException | BadInputException | RuntimeException failed) {
            place.close();
            throw failed;
        }
    }

    @Override
    public Watched begin(RequestRecord request) {
        return begin(PackedRequest.of(request));
    }

    @Override
    public Watched begin(PackedRequest request) {
        if (accepting) return intake.offer(request);
        if (!failure.isEmpty()) counts.requests.lost();
        return Watched.IGNORED;
    }

    @Override
    public void message(PackedMessage message) {
        if (accepting) intake.offer(message);
        else if (!failure.isEmpty()) counts.messages.lost();
    }

    @Override
    public void unreadable() {
        counts.unreadable.increment();
    }

    @Override
    public String metrics() {
        return LiveMetrics.text(account());
    }

    /** What the carrier's clock showed at an instant of the wall clock as it is set now, for carriers told such instants. */
    public long nanosAt(Instant instant) {
        return clock.nanosByWallNow(instant);
    }

    /** What has become of everything so far. Any thread. */
    public LiveAccount account() {
        LiveAccount account = files.account(intake.bytes(), config.buffer().bytes());
        return failure.isEmpty() ? account : account.failing(failure);
    }

    /**
     * Ends the recording: what is held is written with what is known of it, and the file is closed. Waits twenty seconds
     * at most for a disk that does not answer.
     */
    public LiveAccount finish() {
        accepting = false;
        ending = true;
        LockSupport.unpark(writer);
        try {
            writer.join(LONGEST_END_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        return account();
    }

    @Override
    public void close() {
        finish();
    }

    private void run() {
        try {
            Courtesy.stepAside();
            while (!ending) {
                boolean filling = intake.filling();
                work(!filling);
                if (!intake.crowded()) LockSupport.parkNanos(filling ? SHORT_REST_NANOS : restNanos());
            }
            writeRest();
        } catch (Error error) {
            // Out of memory perhaps: from here on everything is dropped and counted.
            failure = "the recorder has failed: " + error;
            throw error;
        } finally {
            accepting = false;
            files.close();
            place.close();
            for (Queued held = intake.poll(); held != null; held = intake.poll()) held.drop(counts, DropReason.ENDED);
        }
    }

    /**
     * Rather five hundred requests at once than twenty every 10 ms: code and data come into the processor's caches once.
     * What is ripe then is written and flushed at once, so that nothing is longer in memory than the window and this.
     */
    private long restNanos() {
        return config.pace().flush().toNanos();
    }

    private void work(boolean flush) {
        long now = clock.now();
        takeAll();
        for (Queued next = line.poll(now, intake.crowded()); next != null; next = line.poll(now, intake.crowded()))
            write(next);
        files.tick(clock.now(), flush);
    }

    private void takeAll() {
        for (Queued held = intake.poll(); held != null; held = intake.poll()) line.add(held);
    }

    private void writeRest() {
        takeAll();
        for (Queued next = line.poll(0, true); next != null; next = line.poll(0, true)) write(next);
    }

    private void write(Queued next) {
        next.write(files, counts);
        // A long line must put off neither the flush nor whoever carries the traffic.
        if (++written % BETWEEN_TICKS == 0) files.tick(clock.now(), false);
        if (written % BETWEEN_YIELDS == 0) Thread.yield();
    }
}
