package io.tierdrill.load.check;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Gathers one body, up to a limit, and undoes its compression, up to the same limit. One thread. */
public final class BodyReader {
    /** A body larger than this is not looked at. */
    public static final int MOST_BYTES = 1 << 20;

    private final Room room;
    private byte[] bytes = new byte[0];
    private int size;
    private boolean tooLarge;

    /** Memory that all bodies under way share. */
    public static final class Room {
        private final long most;
        private long taken;

        public Room(long most) {
            this.most = most;
        }

        private boolean take(long more) {
            if (taken + more > most) return false;
            taken += more;
            return true;
        }
    }

    public BodyReader(Room room) {
        this.room = room;
    }

    /** Takes bytes from the reader index on, without consuming them. */
    public void add(ByteBuf in, int length) {
        if (tooLarge) return;
        if (size + length > MOST_BYTES || !grow(size + length)) {
            release();
            tooLarge = true;
            return;
        }
        in.getBytes(in.readerIndex(), bytes, size, length);
        size += length;
    }

    private boolean grow(int needed) {
        if (needed <= bytes.length) return true;
        int larger = Math.min(MOST_BYTES, Math.max(needed, 2 * bytes.length));
        if (!room.take(larger - bytes.length)) return false;
        bytes = Arrays.copyOf(bytes, larger);
        return true;
    }

    /** Gives its memory back; what was gathered is gone. */
    public void release() {
        room.taken -= bytes.length;
        bytes = new byte[0];
        size = 0;
    }

    /**
     * The content.
     *
     * @param coding the header {@code Content-Encoding}, or empty
     * @return nothing where it was too large, or is in a coding that cannot be undone
     */
    public Optional<byte[]> content(String coding) {
        if (tooLarge) return Optional.empty();
        byte[] raw = Arrays.copyOf(bytes, size);
        return switch (coding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Optional.of(raw);
            case "gzip", "x-gzip" -> inflated(raw, GZIPInputStream::new);
            case "deflate" -> inflated(raw, InflaterInputStream::new);
            default -> Optional.empty();
        };
    }

    private interface Coding {
        InputStream open(InputStream in) throws IOException;
    }

    private static Optional<byte[]> inflated(byte[] raw, Coding coding) {
        if (raw.length == 0) return Optional.of(raw);
        try (InputStream in = coding.open(new ByteArrayInputStream(raw))) {
            byte[] plain = in.readNBytes(MOST_BYTES + 1);
            return plain.length > MOST_BYTES ? Optional.empty() : Optional.of(plain);
        } catch (IOException broken) {
            return Optional.empty();
        }
    }
}
