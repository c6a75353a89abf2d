package io.tierdrill.recorder.imports;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.util.zip.GZIPInputStream;

/** An input's bytes whatever they are packed with: nothing, gzip or zstd by the first bytes. One thread. */
final class Unpacked extends FilterInputStream {
    private static final int BUFFER = 64 << 10;
    private final String packing;

    /** The packed data is cut off or damaged. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        Damaged(IOException cause) {
            super(cause.getMessage() == null ? "it ends too early" : cause.getMessage(), cause);
        }
    }

    private Unpacked(InputStream in, String packing) {
        super(in);
        this.packing = packing;
    }

    /** @throws BadInputException when it is packed with something else */
    static Unpacked of(String name, InputStream in) throws IOException, BadInputException {
        byte[] magic = in.readNBytes(6);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), in);
        if (starts(magic, 0x1f, 0x8b)) return gzip(whole);
        if (starts(magic, 0x28, 0xb5, 0x2f, 0xfd)) return new Unpacked(new ZstdInputStreamNoFinalizer(whole), "zstd");
        String other = starts(magic, 0xfd, '7', 'z', 'X', 'Z')
                ? "xz"
                : starts(magic, 'B', 'Z', 'h') ? "bzip2" : starts(magic, 'P', 'K', 3, 4) ? "zip" : "";
        if (other.isEmpty()) return new Unpacked(whole, "");
        throw new BadInputException(new Problem(
                name, "", "is compressed with " + other, "Unpack it first. Plain files, gzip and zstd are read."));
    }

    /** {@code gzip}, {@code zstd} or nothing. */
    String packing() {
        return packing;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            return in.read(bytes, from, length);
        } catch (IOException failed) {
            throw packing.isEmpty() ? failed : new Damaged(failed);
        }
    }

    private static Unpacked gzip(InputStream in) throws IOException {
        try {
            return new Unpacked(new GZIPInputStream(new Unhurried(in), BUFFER), "gzip");
        } catch (IOException failed) {
            throw new Damaged(failed);
        }
    }

    private static boolean starts(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) return false;
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) return false;
        }
        return true;
    }

    /**
     * Java's gzip reader takes a pipe that is empty for a moment, at the border of two joined files, for the end. This
     * says there is nothing only where there is nothing.
     */
    private static final class Unhurried extends PushbackInputStream {
        Unhurried(InputStream in) {
            super(in, 1);
        }

        @Override
        public int available() throws IOException {
            int ready = super.available();
            if (ready > 0) return ready;
            int next = read();
            if (next < 0) return 0;
            unread(next);
            return 1;
        }
    }
}
