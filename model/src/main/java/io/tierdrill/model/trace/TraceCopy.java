package io.tierdrill.model.trace;

import io.tierdrill.model.config.BadInputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A trace's requests under another header, for whoever knows the header only when all is written. The blocks are copied as
 * they are, by the system where it can, and nothing is unpacked; what comes out is, byte for byte, the trace that would
 * have been written under that header. Stateless.
 */
public final class TraceCopy {
    private static final int MOST_PREFIX = 20;

    private TraceCopy() {}

    /**
     * Copies.
     *
     * @param trace whole and closed, written by this process and nobody else's; of no use afterwards, since its blocks end
     *     in the other's marker then
     * @param target readable by its owner only; what was in the file is gone
     */
    public static void under(TraceHeader header, Path trace, Path target) throws IOException, BadInputException {
        try (FileChannel blocks = FileChannel.open(trace, StandardOpenOption.READ, StandardOpenOption.WRITE);
                TraceWriter copy = TraceWriter.create(target, header)) {
            long from = ContainerHeader.read(blocks, trace).length();
            mark(blocks, from, copy.marker());
            copy.adopt(blocks, from);
        }
    }

    /** Gives each block the marker it ends in. */
    private static void mark(FileChannel blocks, long from, byte[] marker) throws IOException {
        byte[] start = new byte[MOST_PREFIX];
        AvroBytes prefix = new AvroBytes();
        long size = blocks.size();
        for (long at = from; at < size; at += marker.length) {
            prefix.reset(start, 0, blocks.read(ByteBuffer.wrap(start), at));
            prefix.readLong();
            long data = prefix.readLong();
            at += prefix.position() + data;
            if (at + marker.length > size) throw new EOFException("a trace being written was cut by somebody else");
            TraceWriter.writeFully(blocks, ByteBuffer.wrap(marker), at);
        }
    }
}
