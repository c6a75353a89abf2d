package io.tierdrill.model.trace;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a trace, block by block; memory does not grow with the file. Of a file that was cut or damaged it gives every
 * request of every whole block and then tells in {@link #damage} what is missing. Records come in the order of the
 * file, which writers keep in order of offset. Belongs to one thread.
 *
 * <p>As an iterator it gives the requests and passes over messages on WebSockets; {@link #nextEntry} gives both. Ask one of
 * the two, not both in turn.
 *
 * <p>{@link #hasNext} and {@link #next} throw {@link UncheckedIOException} when the disk fails, never because of what
 * the file holds.
 */
public final class TraceReader implements Iterator<RequestRecord>, AutoCloseable {
    private final FileChannel file;
    private final TraceHeader header;
    private final Optional<TraceFooter> footer;
    private final BlockReader blocks;
    private final boolean takesMessages;
    private Iterator<TraceEntry> block = List.<TraceEntry>of().iterator();
    /** Read and not yet given; null where the next is to be read. */
    private RequestRecord upcoming;

    private boolean closed;

    private TraceReader(FileChannel file, ContainerHeader container, TraceHeader header) {
        this.file = file;
        this.header = header;
        this.footer = Optional.ofNullable(container.meta().get(TraceSchema.FOOTER_KEY))
                .flatMap(TraceFooter::decode);
        this.takesMessages = TraceSchema.format(container.meta()) >= TraceSchema.FORMAT_WITH_MESSAGES;
        this.blocks = new BlockReader(file, container);
    }

    /**
     * Opens a trace and reads its header.
     *
     * @throws BadInputException when there is no such file, or it is empty, foreign, of another version, or cut within
     *     its header
     */
    public static TraceReader open(Path path) throws IOException, BadInputException {
        Recognition.refuseNoFile(path);
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            ContainerHeader container = ContainerHeader.read(file, path);
            Recognition.refuseOtherSchema(container.meta(), path);
            return new TraceReader(file, container, header(container.meta(), path));
        } catch (IOException | BadInputException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /** What is true of the whole trace. */
    public TraceHeader header() {
        return header;
    }

    /**
     * What the writer said at its last flush before this reader opened the file; empty for traces from before there
     * was a footer.
     */
    public Optional<TraceFooter> footer() {
        return footer;
    }

    /**
     * What was lost and where, in words; empty if the file is whole. Complete only when {@link #hasNext} has said no.
     * A file cut exactly between two blocks cannot be told from a whole one.
     */
    public Optional<String> damage() {
        return blocks.damage().words();
    }

    @Override
    public boolean hasNext() {
        while (upcoming == null && hasNextEntry()) {
            if (block.next() instanceof RequestRecord request) upcoming = request;
        }
        return upcoming != null;
    }

    @Override
    public RequestRecord next() {
        if (!hasNext()) throw new NoSuchElementException("the trace has ended");
        RequestRecord next = upcoming;
        upcoming = null;
        return next;
    }

    /** Whether there is another request or message. */
    public boolean hasNextEntry() {
        try {
            while (!block.hasNext()) {
                Optional<List<TraceEntry>> next = closed ? Optional.empty() : blocks.next();
                if (next.isEmpty()) return false;
                block = next.get().iterator();
            }
            return true;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The next request or message. */
    public TraceEntry nextEntry() {
        if (!hasNextEntry()) throw new NoSuchElementException("the trace has ended");
        return block.next();
    }

    /** Whether its format has room for messages; those of before do not. */
    boolean takesMessages() {
        return takesMessages;
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        blocks.close();
        file.close();
    }

    /** Reads to the end of the last whole block, for a writer that goes on there. */
    Extent extent() throws IOException {
        long requests = 0;
        long messages = 0;
        long lastOffset = 0;
        for (var next = blocks.next(); next.isPresent(); next = blocks.next()) {
            for (TraceEntry entry : next.get()) {
                if (entry instanceof RequestRecord) requests++;
                else messages++;
                lastOffset = entry.offsetNanos();
            }
        }
        return new Extent(blocks.wholeEnd(), requests, messages, lastOffset);
    }

    /**
     * @param end where the last whole block ends
     * @param requests up to there
     * @param messages up to there
     * @param lastOffset of the last of both, in nanoseconds; 0 where there is none
     */
    record Extent(long end, long requests, long messages, long lastOffset) {}

    private static TraceHeader header(Map<String, String> meta, Path path) throws BadInputException {
        Map<String, String> notes = new TreeMap<>();
        for (String key : new ArrayList<>(meta.keySet())) {
            if (key.startsWith(TraceSchema.NOTE_PREFIX))
                notes.put(key.substring(TraceSchema.NOTE_PREFIX.length()), meta.get(key));
        }
        return new TraceHeader(start(meta, path), meta.getOrDefault(TraceSchema.SOURCE_KEY, ""), notes);
    }

    private static Instant start(Map<String, String> meta, Path path) throws BadInputException {
        String start = meta.getOrDefault(TraceSchema.START_KEY, "");
        try {
            return Instant.parse(start);
        } catch (DateTimeException noInstant) {
            throw new BadInputException(new Problem(
                    path.toString(),
                    TraceSchema.START_KEY,
                    "found \"" + start + "\" in the file's metadata",
                    "Allowed: an instant such as 2026-01-01T00:00:00Z. Record or import it again."));
        }
    }
}
