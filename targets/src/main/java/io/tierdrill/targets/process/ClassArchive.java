package io.tierdrill.targets.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Classes parsed once and mapped by every process after that: an AOT cache from JDK 25 on (JEP 514), a dynamic AppCDS
 * archive (JEP 350) before. Made by a training run that exercises every kind of tier in one process.
 *
 * <p>It is only ever a saving. Where there is none, or the JVM finds it stale, processes start without it; the JVM
 * checks that itself.
 */
public final class ClassArchive {
    private static final int AOT_SINCE = 25;
    private static final long TRAINING_SECONDS = 60;
    private static final int KEPT = 4;

    private ClassArchive() {}

    /** Where archives are kept when the caller has no better place: the user's cache directory. */
    public static Path defaultFolder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path root =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return root.resolve("tierdrill").resolve("classes");
    }

    /** The command with the archive made for it, if the folder has one; the same command otherwise. */
    public static ChildCommand use(ChildCommand command, Path folder) {
        return find(command, folder).map(file -> command.with(flag(file))).orElse(command);
    }

    /** Archives can be made of jars only; a build in progress has directories on its class path. */
    public static boolean canMake(ChildCommand command) {
        return command.classPathEntries().stream().allMatch(Files::isRegularFile);
    }

    /** The archive of exactly this command: same JDK, same flags, same jars. */
    public static Optional<Path> find(ChildCommand command, Path folder) {
        if (!canMake(command)) return Optional.empty();
        return Optional.of(file(command, folder)).filter(Files::isRegularFile);
    }

    /**
     * The archive of this command, made now if there is none yet. Takes a few seconds then, and the calling thread.
     *
     * @param trainingMain a class whose main loads what children load, and ends
     * @return nothing where it cannot be made: a class path with directories, a JVM that cannot, a folder that is not
     *     writable
     */
    public static Optional<Path> findOrMake(ChildCommand command, Path folder, String trainingMain)
            throws InterruptedException {
        Optional<Path> found = find(command, folder);
        if (found.isPresent() || !canMake(command)) return found;
        try {
            Files.createDirectories(folder);
            return make(command, file(command, folder), trainingMain);
        } catch (IOException notWritable) {
            return Optional.empty();
        }
    }

    private static Optional<Path> make(ChildCommand command, Path file, String trainingMain)
            throws IOException, InterruptedException {
        // A name of its own until it is whole: another run may look for it, or make it, at the same time.
        Path part = Files.createTempFile(file.getParent(), "making-", suffix());
        Path log = part.resolveSibling(part.getFileName() + ".log");
        Files.delete(part);
        try {
            if (!train(command, part, log, trainingMain) || !Files.isRegularFile(part)) return Optional.empty();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            forgetOldest(file.getParent());
            return Optional.of(file);
        } finally {
            Files.deleteIfExists(part);
            Files.deleteIfExists(log);
        }
    }

    /** Each build of the product has an archive of its own; the folder must not grow with every one. */
    private static void forgetOldest(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> oldest = files.filter(
                            file -> file.getFileName().toString().matches("jdk.*\\.(aot|jsa)"))
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified())
                            .reversed())
                    .skip(KEPT)
                    .toList();
            for (Path file : oldest) Files.deleteIfExists(file);
        }
    }

    private static boolean train(ChildCommand command, Path part, Path log, String trainingMain)
            throws IOException, InterruptedException {
        String record = (isAot() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + part;
        Process training = new ProcessBuilder(command.line(List.of("-Xmx256m", record), trainingMain, List.of()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        try {
            return training.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS) && training.exitValue() == 0;
        } finally {
            training.descendants().forEach(ProcessHandle::destroyForcibly);
            training.destroyForcibly();
        }
    }

    private static String flag(Path file) {
        return (isAot() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file;
    }

    private static boolean isAot() {
        return Runtime.version().feature() >= AOT_SINCE;
    }

    private static String suffix() {
        return isAot() ? ".aot" : ".jsa";
    }

    private static Path file(ChildCommand command, Path folder) {
        return folder.resolve("jdk" + Runtime.version().feature() + "-" + fingerprint(command) + suffix());
    }

    private static String fingerprint(ChildCommand command) {
        var text = new StringBuilder(System.getProperty("java.vm.vendor"))
                .append(Runtime.version())
                .append(System.getProperty("os.arch"))
                .append(command.java())
                .append(command.flags());
        for (Path jar : command.classPathEntries()) {
            File file = jar.toFile();
            text.append('\n')
                    .append(jar)
                    .append(' ')
                    .append(file.length())
                    .append(' ')
                    .append(file.lastModified());
        }
        return HexFormat.of().formatHex(sha256(text.toString())).substring(0, 16);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException neverInJava) {
            throw new IllegalStateException(neverInJava);
        }
    }
}
