package io.tierdrill.recorder.imports;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
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
    private static final int READ_BUFFER = 16 << 10;
    private static final int GROUP_BYTES = Long.BYTES + Integer.BYTES;

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
        Filling out = new Filling(channel, start);
        while (run.nextGroup()) {
            out.room(GROUP_BYTES).putLong(run.stamp()).putInt(run.count());
            for (int i = 0; i < run.count(); i++) {
                run.nextUnit();
                out.unit(run.bytes(), run.from(), run.to() - run.from());
            }
        }
        out.flush();
        return new SpillCursor(run.file(), channel, start, out.at);
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

    /** What is on its way to the end of the file. */
    private static final class Filling {
        private final FileChannel file;
        private final ByteBuffer buffer = ByteBuffer.allocate(WRITE_BUFFER);
        private long at;

        Filling(FileChannel file, long start) {
            this.file = file;
            this.at = start;
        }

        ByteBuffer room(int bytes) throws IOException {
            if (buffer.remaining() < bytes) flush();
            return buffer;
        }

        void unit(byte[] bytes, int from, int length) throws IOException {
            room(Integer.BYTES).putInt(length);
            if (length <= buffer.capacity()) room(length).put(bytes, from, length);
            else {
                flush();
                put(ByteBuffer.wrap(bytes, from, length));
            }
        }

        void flush() throws IOException {
            put(buffer.flip());
            buffer.clear();
        }

        private void put(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) at += file.write(bytes, at);
        }
    }

    /** Reads its stretch of the file by position, undisturbed by others; units are given where they lie. */
    private static final class SpillCursor implements RunCursor {
        private final int file;
        private final FileChannel channel;
        private final long end;
        private long at;
        private ByteBuffer buffer = ByteBuffer.allocate(READ_BUFFER).limit(0);
        private int length;
        private long stamp;
        private int count;

        SpillCursor(int file, FileChannel channel, long start, long end) {
            this.file = file;
            this.channel = channel;
            this.at = start;
            this.end = end;
        }

        @Override
        public int file() {
            return file;
        }

        @Override
        public boolean nextGroup() throws IOException {
            if (at == end && !buffer.hasRemaining()) return false;
            need(GROUP_BYTES);
            stamp = buffer.getLong();
            count = buffer.getInt();
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
            need(Integer.BYTES);
            length = buffer.getInt();
            need(length);
            buffer.position(buffer.position() + length);
        }

        @Override
        public byte[] bytes() {
            return buffer.array();
        }

        @Override
        public int from() {
            return buffer.position() - length;
        }

        @Override
        public int to() {
            return buffer.position();
        }

        private void need(int bytes) throws IOException {
            if (buffer.remaining() < bytes) read(bytes);
        }

        /** Moves what is left to the front, or to a larger buffer, and fills what is behind. */
        private void read(int bytes) throws IOException {
            if (bytes > buffer.capacity())
                buffer = ByteBuffer.allocate(bytes).put(buffer).flip();
            buffer.compact().limit((int) Math.min(buffer.capacity(), buffer.position() + end - at));
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, at);
                if (read < 0) throw new EOFException("the temporary file for sorting was cut");
                at += read;
            }
            buffer.flip();
        }
    }
}
