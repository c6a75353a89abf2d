package io.tierdrill.recorder.accesslog;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** One log file, open: plain or gzip by its first bytes, in the format asked for or found. One thread. */
final class LogSource implements AutoCloseable {
    private static final int HEAD = 64 << 10;
    private static final int LINES_TO_JUDGE = 100;

    private final Path path;
    private final CountedInput counted;
    private final LineReader lines;
    private final LogFormat format;

    private LogSource(Path path, CountedInput counted, LineReader lines, LogFormat format) {
        this.path = path;
        this.counted = counted;
        this.lines = lines;
        this.format = format;
    }

    /** @throws BadInputException when it is compressed by something else, or no line at its beginning fits a format */
    static LogSource open(Path path, LogFormat wanted) throws IOException, BadInputException {
        CountedInput counted = new CountedInput(Files.newInputStream(path));
        try {
            InputStream plain = plain(path, counted);
            byte[] head = plain.readNBytes(HEAD);
            LogFormat format = wanted == LogFormat.AUTO ? found(path, head) : wanted;
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), plain);
            return new LogSource(path, counted, new LineReader(whole), format);
        } catch (IOException | BadInputException | RuntimeException failed) {
            counted.close();
            throw failed;
        }
    }

    Path path() {
        return path;
    }

    LineReader lines() {
        return lines;
    }

    /** Never {@link LogFormat#AUTO}. */
    LogFormat format() {
        return format;
    }

    /** Bytes taken from the file so far, compressed ones where it is compressed. */
    long bytesRead() {
        return counted.count;
    }

    @Override
    public void close() throws IOException {
        counted.close();
    }

    private static InputStream plain(Path path, CountedInput in) throws IOException, BadInputException {
        byte[] magic = in.readNBytes(6);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), in);
        if (starts(magic, 0x1f, 0x8b)) return new GZIPInputStream(whole, HEAD);
        String other = starts(magic, 0x28, 0xb5, 0x2f, 0xfd)
                ? "zstd"
                : starts(magic, 0xfd, '7', 'z', 'X', 'Z')
                        ? "xz"
                        : starts(magic, 'B', 'Z', 'h') ? "bzip2" : starts(magic, 'P', 'K', 3, 4) ? "zip" : "";
        if (other.isEmpty()) return whole;
        throw new BadInputException(new Problem(
                path.toString(), "", "is compressed with " + other, "Unpack it first. Plain files and gzip are read."));
    }

    private static boolean starts(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) return false;
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) return false;
        }
        return true;
    }

    /** Combined is common and more; it is what half of the first lines must be. */
    private static LogFormat found(Path path, byte[] head) throws IOException, BadInputException {
        LineReader lines = new LineReader(new ByteArrayInputStream(head));
        LogLine line = new LogLine();
        int common = 0;
        int combined = 0;
        Problem first = null;
        while (lines.number() < LINES_TO_JUDGE && lines.next()) {
            if (lines.from() == lines.to()) continue;
            if (hasFields(line, lines)) {
                common++;
                if (line.wholeHeaders()) combined++;
            } else if (first == null) first = unlike(path, lines, line);
        }
        if (common == 0 && first != null) throw new BadInputException(first);
        return 2 * combined >= common ? LogFormat.COMBINED : LogFormat.COMMON;
    }

    /** Garbage in the right fields still shows the format. */
    private static boolean hasFields(LogLine line, LineReader lines) {
        if (line.parse(lines.bytes(), lines.from(), lines.to(), LogFormat.COMBINED)) return true;
        return line.reason() != RejectReason.NOT_THIS_FORMAT && line.reason() != RejectReason.BAD_TIMESTAMP;
    }

    private static Problem unlike(Path path, LineReader lines, LogLine line) {
        return new Problem(
                path + ":" + lines.number() + ":" + (line.wrongAt() - lines.from() + 1),
                "",
                "is no access log in common or combined format: "
                        + line.reason().meaning(),
                "No line at its beginning fits. Lines look like: "
                        + "10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 512");
    }

    /** Counts what was taken from the file. */
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
