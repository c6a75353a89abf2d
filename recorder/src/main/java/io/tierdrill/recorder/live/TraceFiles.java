package io.tierdrill.recorder.live;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.TraceFooter;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of a recording, one after the other. Whatever the disk does, what cannot be written is dropped and counted;
 * nothing is thrown. While the disk fails it is tried again each second, in the same file: its writer keeps what it has
 * gathered, so nothing of that is lost. One thread, except for {@link #progress}.
 */
final class TraceFiles {
    private static final long RETRY_NANOS = 1_000_000_000;

    /** Header of a file, and whatever a request grows by when it is redacted and encoded. */
    private static final long SLACK = 8 << 10;

    private final LiveConfig config;
    private final Place place;
    private final Disk disk;
    private final TraceClock clock;
    private final Counts counts;
    private final Rotation rotation;
    private OpenTrace current;
    private Map<String, Long> droppedBefore = Map.of();
    private Optional<Path> lastEnded = Optional.empty();
    private long bytesBeside;
    private boolean failing;
    private boolean full;
    private long nextTryNanos;
    private long lastFlushNanos;
    private Progress ended = Progress.NONE;
    private volatile Progress progress = ended;

    /** What has been achieved, for other threads. */
    record Progress(long recorded, long messages, long files, long bytes, Map<String, Long> masked, String problem) {
        static final Progress NONE = new Progress(0, 0, 0, 0, Map.of(), "");

        Progress with(OpenTrace trace) {
            Map<String, Long> all = new TreeMap<>(masked);
            trace.masked().forEach((kind, count) -> all.merge(kind, count, Long::sum));
            return new Progress(
                    recorded + trace.recorded(),
                    messages + trace.recordedMessages(),
                    files + 1,
                    bytes + trace.bytes(),
                    all,
                    problem);
        }

        Progress saying(String newProblem) {
            return new Progress(recorded, messages, files, bytes, masked, newProblem);
        }
    }

    TraceFiles(LiveConfig config, Place place, Disk disk, TraceClock clock, Counts counts) {
        this.config = config;
        this.place = place;
        this.disk = disk;
        this.clock = clock;
        this.counts = counts;
        this.rotation = rotation(config);
    }

    /** Where the oldest file goes to make room, no file may be so large that it alone is the quota. */
    private static Rotation rotation(LiveConfig config) {
        if (config.name().isEmpty()) return Rotation.never();
        Rotation asked = config.rotation();
        if (config.quota().whenFull() == Quota.WhenFull.STOP) return asked;
        return new Rotation(Math.max(1, Math.min(asked.bytes(), config.quota().bytes() / 4)), asked.every());
    }

    /** Goes on with the one trace where it is there, so that a wrong file is refused before anything starts. */
    void open() throws IOException, BadInputException {
        if (place.isFolder() || !Files.exists(config.output()) || Files.size(config.output()) == 0) return;
        Instant start;
        try (TraceReader reader = TraceReader.open(config.output())) {
            start = reader.header().start();
        }
        Disk.Output output = disk.append(config.output());
        long startNanos = clock.nanosAt(start);
        long ahead = output.lastOffset() - (clock.now() - startNanos);
        if (ahead > 0) {
            clock.tell("the trace that goes on ends " + ahead / 1e9 + " s from now; new requests follow there");
            startNanos -= ahead;
        }
        current = new OpenTrace(config.output(), output, startNanos);
    }

    /** Adds what it knows to the open trace. */
    private interface Adding {
        void to(OpenTrace trace) throws IOException;
    }

    /** Adds a request, or drops it and counts why. */
    void write(PackedRequest request, long weight) {
        write(request.offsetNanos(), weight, counts.requests, trace -> trace.write(request, counts));
    }

    /** The same for a message. */
    void write(PackedMessage message, long weight) {
        write(message.offsetNanos(), weight, counts.messages, trace -> trace.write(message, counts));
    }

    private void write(long offsetNanos, long weight, Drops drops, Adding adding) {
        if (failing || full) {
            drops.drop(failing ? DropReason.DISK : DropReason.QUOTA);
            return;
        }
        long before = current == null ? 0 : current.count();
        try {
            makeReady(offsetNanos);
            before = current.count();
            if (hasRoom(weight)) adding.to(current);
            else drops.drop(DropReason.QUOTA);
        } catch (IOException failed) {
            failed(failed);
            if (current == null || current.count() == before) drops.drop(DropReason.DISK);
        } catch (RuntimeException fault) {
            drops.drop(DropReason.FAULT);
            progress = progress.saying("a fault of the recorder: " + fault);
        }
    }

    private void makeReady(long nanos) throws IOException {
        if (current != null && current.count() > 0 && isOver(nanos)) endFile();
        if (current == null) begin(nanos);
    }

    private boolean isOver(long nanos) {
        return current.bytes() >= rotation.bytes()
                || nanos - current.startNanos() >= rotation.every().toNanos();
    }

    private void begin(long nanos) throws IOException {
        Instant start = clock.instantAt(nanos);
        Path path = place.next(start);
        Map<String, String> notes = new TreeMap<>(config.notes());
        if (!clock.steps().isEmpty()) notes.put("clock", String.join("; ", clock.steps()));
        try {
            current = new OpenTrace(path, disk.create(path, new TraceHeader(start, config.source(), notes)), nanos);
        } catch (IOException failed) {
            // A full disk takes the name and not the header; without this there would be one more each second.
            Files.deleteIfExists(path);
            throw failed;
        }
        bytesBeside = place.bytesBeside(path);
    }

    /** Makes it where the quota says so. */
    private boolean hasRoom(long weight) throws IOException {
        while (bytesBeside + current.bytes() + 2 * weight + SLACK
                > config.quota().bytes()) {
            if (config.quota().whenFull() == Quota.WhenFull.STOP) return stopped();
            if (!place.deleteOldestBeside(current.path())) return false;
            bytesBeside = place.bytesBeside(current.path());
        }
        return true;
    }

    private boolean stopped() {
        full = true;
        nextTryNanos = clock.now() + RETRY_NANOS;
        progress = progress.saying("the disk quota of " + config.quota().bytes() + " bytes is used up");
        return false;
    }

    /**
     * Called often: flushes, rotates and tries again when it is time.
     *
     * @param flush whether it is time to flush anyway
     */
    void tick(long now, boolean flush) {
        if ((failing || full) && now < nextTryNanos || !flush && now - lastFlushNanos < flushNanos()) return;
        lastFlushNanos = now;
        clock.look();
        try {
            if (full) lookForRoom(now);
            if (current != null) flush();
            if (current != null && !full && current.count() > 0 && isOver(now)) endFile();
            failing = false;
            if (!full) progress = progress.saying("");
        } catch (IOException still) {
            failed(still);
        }
    }

    private long flushNanos() {
        return config.pace().flush().toNanos();
    }

    /** Somebody may have moved files away. */
    private void lookForRoom(long now) throws IOException {
        bytesBeside = place.bytesBeside(current.path());
        long used = bytesBeside + current.bytes() + SLACK;
        full = used + used / 50 > config.quota().bytes();
        nextTryNanos = now + RETRY_NANOS;
    }

    private void flush() throws IOException {
        current.flush(droppedSince());
        progress = ended.with(current).saying(progress.problem());
    }

    private void failed(IOException why) {
        failing = true;
        nextTryNanos = clock.now() + RETRY_NANOS;
        progress = progress.saying(why.getMessage() == null ? why.toString() : why.getMessage());
    }

    /** Flushed first: a writer that is closed keeps nothing for another try. */
    private void endFile() throws IOException {
        flush();
        OpenTrace done = current;
        current = null;
        droppedBefore = counts.missing();
        ended = ended.with(done);
        lastEnded = Optional.of(done.path());
        done.close();
    }

    /** Ends the recording; what a failing disk does not take now is lost. */
    void close() {
        if (current == null) {
            tellLastFile();
            return;
        }
        OpenTrace last = current;
        try {
            endFile();
        } catch (IOException failed) {
            failed(failed);
            abandon(last);
        }
        progress = ended.saying(progress.problem());
    }

    /** What was dropped when no file could be begun stands in the one before: a footer needs no room. */
    private void tellLastFile() {
        TraceFooter since = droppedSince();
        if (lastEnded.isEmpty() || since.droppedInAll() == 0) return;
        try (Disk.Output last = disk.append(lastEnded.get())) {
            last.footer(since);
        } catch (IOException | BadInputException failed) {
            progress = progress.saying("what was dropped could not be told in " + lastEnded.get() + ": " + failed);
        }
    }

    private void abandon(OpenTrace last) {
        if (current == null) return;
        current = null;
        counts.requests.drop(DropReason.DISK, last.unflushed());
        counts.messages.drop(DropReason.DISK, last.unflushedMessages());
        last.footer(droppedSince());
        try {
            last.close();
        } catch (IOException alsoFailed) {
            // Told already.
        }
        ended = ended.with(last);
    }

    /** What is missing from the current file: dropped since the one before it ended. */
    private TraceFooter droppedSince() {
        Map<String, Long> since = new TreeMap<>(counts.missing());
        droppedBefore.forEach((reason, count) -> since.merge(reason, -count, Long::sum));
        since.values().removeIf(count -> count == 0);
        return new TraceFooter(since, false);
    }

    Progress progress() {
        return progress;
    }

    /** What has become of every request so far. Any thread. */
    LiveAccount account(long heldBytes, long bufferBytes) {
        Progress done = progress;
        return new LiveAccount(
                counts.requests.begun.sum(),
                done.recorded(),
                counts.requests.dropped(),
                held(counts.requests, done.recorded()),
                counts.writtenEarly.sum(),
                counts.outOfOrder.sum(),
                counts.bodiesLeftOut.sum(),
                done.masked(),
                done.files(),
                done.bytes(),
                heldBytes,
                bufferBytes,
                clock.steps(),
                new MessageAccount(
                        counts.messages.begun.sum(),
                        done.messages(),
                        counts.messages.dropped(),
                        held(counts.messages, done.messages()),
                        counts.unreadable.sum()),
                done.problem());
    }

    private static long held(Drops of, long recorded) {
        return Math.max(0, of.begun.sum() - recorded - of.droppedInAll());
    }
}
