package io.tierdrill.profiler.proc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file of {@code /proc} kept open: reading at offset zero makes the kernel write it anew, for a tenth of what opening
 * it again costs. One that belongs to a process keeps to that process, even if its number is given to another. Belongs
 * to one thread, which must not be interrupted: the channel would close.
 */
final class ProcFile implements AutoCloseable {
    private final FileChannel channel;
    private ByteBuffer bytes;

    private ProcFile(FileChannel channel, int expectedBytes) {
        this.channel = channel;
        this.bytes = ByteBuffer.allocate(expectedBytes);
    }

    /** @param expectedBytes enough for what it usually says; it grows when needed */
    static ProcFile open(Path path, int expectedBytes) throws IOException {
        return new ProcFile(FileChannel.open(path), expectedBytes);
    }

    /** The whole text as it is now; fails once the process behind it is gone. */
    String text() throws IOException {
        int length = fill();
        while (length == bytes.capacity()) {
            bytes = ByteBuffer.allocate(2 * length);
            length = fill();
        }
        if (length == 0) throw new IOException("it says nothing");
        byte[] copy = new byte[length];
        bytes.flip().get(copy);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }

    /** One read is all of it: the kernel prints these files in one go when the buffer is large enough. */
    private int fill() throws IOException {
        bytes.clear();
        return Math.max(0, channel.read(bytes, 0));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException impossibleForAFileOnlyRead) {
            throw new UncheckedIOException(impossibleForAFileOnlyRead);
        }
    }
}
