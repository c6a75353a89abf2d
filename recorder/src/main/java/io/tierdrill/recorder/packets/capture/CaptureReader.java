package io.tierdrill.recorder.packets.capture;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.recorder.packets.account.Place;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a capture frame by frame, from a file or while it is being made. A file that is cut or damaged is read up to its
 * last whole frame; {@link #damage} tells. Memory does not grow with the file. One thread.
 */
public final class CaptureReader implements AutoCloseable {
    private static final int GZIP_BUFFER = 64 << 10;
    /** A pipe has little at a time, and for a read of more than this the JVM allocates native memory of that size. */
    private static final int PIPE_READ = 8192;

    private final String name;
    private final InputStream in;
    private final ByteWindow window;
    private final CaptureFormat format;
    private final FrameSource source;
    private String gzipDamage;
    private long frames;
    private Frame frame;

    private CaptureReader(String name, InputStream in, ByteWindow window, CaptureFormat format) {
        this.name = name;
        this.in = in;
        this.window = window;
        this.format = format;
        this.source = format == CaptureFormat.PCAP ? new PcapFrames(window) : new PcapngFrames(window);
    }

    /** @throws BadInputException when the file is no capture */
    public static CaptureReader open(Path file) throws IOException, BadInputException {
        InputStream in = Files.newInputStream(file);
        try {
            byte[] head = in.readNBytes(2);
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), in);
            return read(
                    CaptureFormat.isGzip(head) ? new GZIPInputStream(whole, GZIP_BUFFER) : whole,
                    file.toString(),
                    Integer.MAX_VALUE);
        } catch (IOException | BadInputException | RuntimeException failed) {
            in.close();
            if (failed instanceof EOFException || failed instanceof ZipException) throw foreign(file.toString());
            throw failed;
        }
    }

    /**
     * Reads a capture that is still being made, such as tcpdump's on a pipe.
     *
     * @param name stands for it in messages and accounts
     * @throws BadInputException when the stream is no capture
     */
    public static CaptureReader read(InputStream in, String name) throws IOException, BadInputException {
        CaptureReader reader = read(in, name, PIPE_READ);
        reader.source.readHeader();
        return reader;
    }

    private static CaptureReader read(InputStream in, String name, int mostPerRead)
            throws IOException, BadInputException {
        ByteWindow window = new ByteWindow(in, mostPerRead);
        if (!window.has(CaptureFormat.MAGIC_BYTES)) throw foreign(name);
        byte[] magic = new byte[CaptureFormat.MAGIC_BYTES];
        window.peek(magic.length, ByteOrder.BIG_ENDIAN).get(magic);
        CaptureFormat format = CaptureFormat.of(magic).orElse(null);
        if (format == null) throw foreign(name);
        return new CaptureReader(name, in, window, format);
    }

    /** Whether {@link #next} need not wait long: some of the next frame is here. Also false at the end. */
    public boolean ready() throws IOException {
        return window.ready();
    }

    /** Goes to the next frame; false at the end. */
    public boolean next() throws IOException {
        try {
            FrameSource.Captured captured = source.next().orElse(null);
            if (captured == null) return false;
            Place place = new Place(name, ++frames);
            frame = new Frame(place, captured.nanos(), captured.linkType(), captured.length(), captured.bytes());
            return true;
        } catch (EOFException | ZipException damaged) {
            gzipDamage = "the gzip data is cut off or damaged; what stands behind packet " + frames + " was not read";
            return false;
        }
    }

    /** Where to bring the secrets of TLS connections that stand in the capture, in the format of a key log. */
    public void secretsTo(Consumer<byte[]> keyLogs) {
        source.secretsTo(keyLogs);
    }

    /** The frame {@link #next} went to. */
    public Frame frame() {
        return frame;
    }

    public String name() {
        return name;
    }

    public CaptureFormat format() {
        return format;
    }

    /** Frames read so far. */
    public long frames() {
        return frames;
    }

    /** Bytes of the capture read so far, unpacked ones where it is packed. */
    public long position() {
        return window.position();
    }

    /** Frames that the capturing system says it lost, where the file tells. */
    public long drops() {
        return source.drops();
    }

    /** Where and why reading ended before the end; empty for a whole capture. */
    public Optional<String> damage() {
        return gzipDamage == null ? source.damage() : Optional.of(gzipDamage);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static BadInputException foreign(String name) {
        return new BadInputException(new Problem(
                name, "", "is no packet capture", "Captures in the formats pcap and pcapng are read, plain or gzip."));
    }
}
