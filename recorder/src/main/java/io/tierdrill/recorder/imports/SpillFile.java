package io.tierdrill.recorder.imports;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file that holds all runs one after the other, so that any number of runs needs one descriptor:
 *
 * <pre>
 *   run: group group ...      group: stamp (8 bytes) count (4) unit unit ...      unit: length (4) bytes
 * </pre>
 *
 * Made on first use, readable by its owner only, and deleted at once where the system lets an open file go, so that
 * even a kill leaves nothing behind; elsewhere on {@link #close}.
 */
final class SpillFile implements AutoCloseable {
    private static final int WRITE_BUFFER = 64 << 10;
    private static final int READ_BUFFER = 8 << 10;

    private final Path folder;
    private Path path;
    private FileChannel channel;

    SpillFile(Path folder) {
        this.folder = folder;
    }

    /** Appends a run and answers a cursor over what was written. */
    RunCursor write(RunCursor run) throws IOException {
        if (channel == null) open();
        long start = channel.size();
        channel.position(start);
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), WRITE_BUFFER));
        while (run.nextGroup()) {
            out.writeLong(run.stamp());
            out.writeInt(run.count());
            for (int i = 0; i < run.count(); i++) {
                run.nextUnit();
                out.writeInt(run.to() - run.from());
                out.write(run.bytes(), run.from(), run.to() - run.from());
            }
        }
        out.flush();
        return new SpillCursor(run.file(), new Region(channel, start, channel.size()));
    }

    @Override
    public void close() throws IOException {
        if (channel == null) return;
        channel.close();
        Files.deleteIfExists(path);
    }

    private void open() throws IOException {
        path = Files.createTempFile(folder, ".tierdrill-", ".sort");
        channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            Files.delete(path);
        } catch (IOException heldOpen) {
            path.toFile().deleteOnExit();
        }
    }

    /** Reads its stretch of the file by position, undisturbed by other regions. */
    private static final class Region extends InputStream {
        private final FileChannel file;
        private final long end;
        private long position;

        Region(FileChannel file, long start, long end) {
            this.file = file;
            this.position = start;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int most = (int) Math.min(length, end - position);
            if (most == 0) return -1;
            int read = file.read(ByteBuffer.wrap(bytes, from, most), position);
            if (read > 0) position += read;
            return read;
        }

        boolean ended() {
            return position == end;
        }
    }

    private static final class SpillCursor implements RunCursor {
        private final int file;
        private final Region region;
        private final BufferedInputStream buffered;
        private final DataInputStream in;
        private byte[] bytes = new byte[1024];
        private int length;
        private long stamp;
        private int count;

        SpillCursor(int file, Region region) {
            this.file = file;
            this.region = region;
            this.buffered = new BufferedInputStream(region, READ_BUFFER);
            this.in = new DataInputStream(buffered);
        }

        @Override
        public int file() {
            return file;
        }

        @Override
        public boolean nextGroup() throws IOException {
            if (region.ended() && buffered.available() == 0) return false;
            stamp = in.readLong();
            count = in.readInt();
            return true;
        }

        @Override
        public long stamp() {
            return stamp;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void nextUnit() throws IOException {
            length = in.readInt();
            if (bytes.length < length) bytes = new byte[length];
            in.readFully(bytes, 0, length);
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int from() {
            return 0;
        }

        @Override
        public int to() {
            return length;
        }
    }
}
