package io.tierdrill.recorder.live;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import java.io.IOException;
import java.time.Clock;

/**
 * Live traffic into traces for a carrier that sorts requests itself, knows when each began by the wall clock, and has time
 * to write: rotation, quota, appending, failing disks and counts as {@link LiveRecording} has them, without a buffer and a
 * thread between. Nothing is thrown once it has started: what cannot be written is dropped and counted, here and in the
 * footer of the trace. One thread, except for {@link #account}.
 */
public final class OrderedRecording implements AutoCloseable {
    private final Place place;
    private final TraceClock clock;
    private final Counts counts = new Counts();
    private final TraceFiles files;
    private boolean ended;

    private OrderedRecording(LiveConfig config, Place place, TraceClock clock) {
        this.place = place;
        this.clock = clock;
        this.files = new TraceFiles(config, place, Disk.real(config.redaction()), clock, counts);
    }

    /**
     * Starts to record. The buffer and the pace of the configuration are the carrier's to keep to.
     *
     * @param wall the clock by which the carrier tells when requests began
     * @throws BadInputException when the output is no place to record to; nothing was started
     */
    public static OrderedRecording start(LiveConfig config, NanoClock clock, Clock wall)
            throws IOException, BadInputException {
        Place place = Place.prepare(config);
        try {
            OrderedRecording recording = new OrderedRecording(config, place, TraceClock.sinceEpoch(clock, wall));
            recording.files.open();
            return recording;
        } catch (IOException | BadInputException | RuntimeException failed) {
            place.close();
            throw failed;
        }
    }

    /** Adds a request. Requests come in order of their offsets, which are nanoseconds since 1970. */
    public void write(PackedRequest request) {
        counts.requests.begun.increment();
        files.write(request, Intake.weight(request));
    }

    /** Adds a message on a WebSocket, in the same order. */
    public void write(PackedMessage message) {
        counts.messages.begun.increment();
        files.write(message, HeldMessage.WEIGHT);
    }

    /** To be called a few times a second, also when nothing comes: what was written survives a kill from here on. */
    public void tick() {
        files.tick(clock.now(), true);
    }

    /** So many packets in all were lost before the carrier saw them: told in the footer, since nobody knows of what requests. */
    public void unseen(long packets) {
        counts.unseen(packets);
    }

    /** What has become of everything so far. Any thread. */
    public LiveAccount account() {
        return files.account(0, 0);
    }

    /** Ends the recording. */
    public LiveAccount finish() {
        close();
        return account();
    }

    @Override
    public void close() {
        if (ended) return;
        ended = true;
        files.close();
        place.close();
    }
}
