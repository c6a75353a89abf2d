package io.tierdrill.recorder.packets.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The forms of packet capture that can be read. */
public enum CaptureFormat {
    /** Written by tcpdump: microseconds or nanoseconds, either byte order. */
    PCAP,
    /** Written by Wireshark and dumpcap: blocks, several interfaces. */
    PCAPNG;

    /** Bytes that {@link #of} needs. */
    static final int MAGIC_BYTES = 4;

    static final int PCAP_MICROS = 0xa1b2c3d4;
    static final int PCAP_NANOS = 0xa1b23c4d;
    static final int PCAPNG_SECTION = 0x0a0d0d0a;

    /** As shown to users. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the file is by its first bytes, also inside gzip; empty when it is no capture. */
    public static Optional<CaptureFormat> detect(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(MAGIC_BYTES);
            if (!isGzip(head)) return of(head);
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return of(in.readNBytes(MAGIC_BYTES));
        } catch (ZipException | EOFException damaged) {
            return Optional.empty();
        }
    }

    static boolean isGzip(byte[] head) {
        return head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
    }

    static Optional<CaptureFormat> of(byte[] head) {
        if (head.length < MAGIC_BYTES) return Optional.empty();
        int magic = (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | head[3] & 0xff;
        if (magic == PCAPNG_SECTION) return Optional.of(PCAPNG);
        return isPcap(magic) || isPcap(Integer.reverseBytes(magic)) ? Optional.of(PCAP) : Optional.empty();
    }

    static boolean isPcap(int magic) {
        return magic == PCAP_MICROS || magic == PCAP_NANOS;
    }
}
