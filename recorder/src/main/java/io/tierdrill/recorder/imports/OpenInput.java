package io.tierdrill.recorder.imports;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Source;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.util.Optional;

/** One input, open: unpacked, in the format asked for or found. One thread. */
final class OpenInput implements AutoCloseable {
    private static final int MOST_LINES = 1000;

    private final String name;
    private final CountedInput counted;
    private final Format format;
    private final boolean formatFound;
    private final Reading reading;
    private final long size;

    private OpenInput(
            String name, CountedInput counted, Format format, boolean formatFound, Reading reading, long size) {
        this.name = name;
        this.counted = counted;
        this.format = format;
        this.formatFound = formatFound;
        this.reading = reading;
        this.size = size;
    }

    /** @throws BadInputException when it is packed with something unknown, or in no format that is known */
    static OpenInput open(Source source, ImportOptions options) throws IOException, BadInputException {
        CountedInput counted = new CountedInput(source.open());
        try {
            Unpacked plain = Unpacked.of(source.name(), counted);
            byte[] bytes = plain.readNBytes(Head.MOST_BYTES);
            Head head = new Head(source.name(), bytes, bytes.length < Head.MOST_BYTES);
            Format format = options.format().orElse(null);
            boolean found = format == null;
            if (found) format = found(head);
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(bytes), plain);
            Reading reading = format.open(head, whole, options.server());
            long size = source.path().isPresent() ? Files.size(source.path().get()) : 0;
            return new OpenInput(source.name(), counted, format, found, reading, size);
        } catch (IOException | BadInputException | RuntimeException failed) {
            counted.close();
            throw failed;
        }
    }

    String name() {
        return name;
    }

    Reading reading() {
        return reading;
    }

    boolean formatFound() {
        return formatFound;
    }

    /** What the format calls its units. */
    String unit() {
        return format.unit();
    }

    /** How much of it has been read, 0 to 1; 0 where its size is not known. */
    double share() {
        return size == 0 ? 0 : Math.min(1, (double) counted.count / size);
    }

    @Override
    public void close() throws IOException {
        counted.close();
    }

    private static Format found(Head head) throws BadInputException {
        Optional<Format> found = Formats.found(head);
        if (found.isPresent()) return found.get();
        if (head.bytes().length == 0) return new EmptyInput();
        throw new BadInputException(unknown(head));
    }

    /** Shows the first line that is not blank. */
    private static Problem unknown(Head head) {
        byte[] bytes = head.bytes();
        int line = 1;
        int from = 0;
        int at = 0;
        while (at < bytes.length - 1 && line < MOST_LINES && bytes[at] <= ' ' && bytes[at] >= 0) {
            if (bytes[at++] != '\n') continue;
            line++;
            from = at;
        }
        int end = at;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') end++;
        return new Problem(
                head.name() + ":" + line + ":" + (at - from + 1),
                "",
                "is in no format that is known; it begins with " + Tally.shown(bytes, at, end),
                "Known: " + Formats.words() + ". --format with one of them tells where a line does not fit it.");
    }

    /** Counts what was taken from the input. */
    private static final class CountedInput extends FilterInputStream {
        private long count;

        CountedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) count++;
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            if (read > 0) count += read;
            return read;
        }
    }
}
