package io.tierdrill.model.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** The footer's bytes within a file's header: same length always, so that they are overwritten in place. One thread. */
final class FooterPlace {
    private final FileChannel file;
    private final OptionalInt at;
    private final TraceFooter before;
    private TraceFooter now = TraceFooter.open();
    private byte[] written;

    private FooterPlace(FileChannel file, OptionalInt at, TraceFooter before, byte[] written) {
        this.file = file;
        this.at = at;
        this.before = before;
        this.written = written;
    }

    /** Of a file whose header was just written. */
    static FooterPlace begun(FileChannel file, int at) {
        TraceFooter open = TraceFooter.open();
        return new FooterPlace(file, OptionalInt.of(at), open, open.encode());
    }

    /** Of a file that goes on: it is open again, and what it said was dropped still is. */
    static FooterPlace reopened(FileChannel file, OptionalInt at, Optional<TraceFooter> before) throws IOException {
        FooterPlace place = new FooterPlace(file, at, before.orElse(TraceFooter.open()), new byte[0]);
        place.write();
        return place;
    }

    void say(TraceFooter footer) {
        now = footer.withClosed(false);
    }

    void sayClosed() {
        now = now.withClosed(true);
    }

    /** One write, and only where something changed. Nothing happens in a trace that has no place for it. */
    void write() throws IOException {
        byte[] bytes = before.plus(now).encode();
        if (at.isEmpty() || Arrays.equals(bytes, written)) return;
        TraceWriter.writeFully(file, ByteBuffer.wrap(bytes), at.getAsInt());
        written = bytes;
    }
}
