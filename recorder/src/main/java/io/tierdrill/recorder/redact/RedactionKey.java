package io.tierdrill.recorder.redact;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The 32 bytes under which secrets become pseudonyms. Whoever has them can test a guess against a trace, so they are
 * never in a trace, and no text of this class shows them. Immutable.
 */
public final class RedactionKey {
    static final int LENGTH = 32;

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String ALLOWED =
            "Allowed: one line of 64 hexadecimal digits. A file that does not exist is made.";

    private final byte[] bytes;

    RedactionKey(byte[] bytes) {
        if (bytes.length != LENGTH)
            throw new IllegalArgumentException("a key has " + LENGTH + " bytes, not " + bytes.length);
        this.bytes = bytes.clone();
    }

    /** A key that nobody will know: made now, gone with this process. */
    public static RedactionKey fresh() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new RedactionKey(bytes);
    }

    /**
     * The key in a file of one line, 64 hexadecimal digits. Where there is no such file it is made, with a fresh key,
     * readable by its owner only.
     *
     * @throws BadInputException when others may read or write the file, or it holds no key
     */
    public static RedactionKey of(Path file) throws IOException, BadInputException {
        try {
            refuseOpenToOthers(file);
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (!FORM.matcher(text).matches()) throw refuse(file, "holds no key", ALLOWED);
            return new RedactionKey(HexFormat.of().parseHex(text));
        } catch (NoSuchFileException none) {
            return write(file, fresh());
        }
    }

    private static RedactionKey write(Path file, RedactionKey key) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        byte[] line = (HexFormat.of().formatHex(key.bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (var out =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            out.write(java.nio.ByteBuffer.wrap(line));
        }
        return key;
    }

    private static void refuseOpenToOthers(Path file) throws IOException, BadInputException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(mode);
        others.removeAll(PosixFilePermissions.fromString("rwx------"));
        if (!others.isEmpty())
            throw refuse(
                    file,
                    "is open to others (mode " + PosixFilePermissions.toString(mode) + ")",
                    "A redaction key is for its owner only: chmod 600 " + file);
    }

    private static BadInputException refuse(Path file, String what, String help) {
        return new BadInputException(new Problem(file.toString(), "", what, help));
    }

    /** A copy. */
    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedactionKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "RedactionKey[32 bytes]";
    }
}
