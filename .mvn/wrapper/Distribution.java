import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What {@code mvnw} cannot do with a plain shell, done by the JDK that is there anyway. Run as a single source file:
 *
 * <pre>
 *   java Distribution.java fetch  ADDRESS FILE
 *   java Distribution.java unpack FILE SHA512 FOLDER   (refuses a file with another checksum)
 * </pre>
 */
final class Distribution {
    private Distribution() {}

    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        switch (args[0]) {
            case "fetch" -> fetch(URI.create(args[1]), Path.of(args[2]));
            case "unpack" -> unpack(Path.of(args[1]), args[2], Path.of(args[3]));
            default -> throw new IllegalArgumentException("fetch or unpack, not " + args[0]);
        }
    }

    private static void fetch(URI address, Path file) throws IOException {
        try (InputStream in = address.toURL().openStream()) {
            Files.copy(in, file);
        }
    }

    private static void unpack(Path file, String sha512, Path folder) throws IOException, NoSuchAlgorithmException {
        byte[] content = Files.readAllBytes(file);
        String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(content));
        if (!found.equalsIgnoreCase(sha512)) {
            System.err.println("mvnw: the downloaded Maven has SHA-512 " + found + ", wanted " + sha512);
            System.exit(1);
        }
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                write(zip, entry, folder.normalize());
            }
        }
    }

    private static void write(ZipInputStream zip, ZipEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) throw new IOException("entry outside the folder: " + entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(zip, target);
        }
    }
}
