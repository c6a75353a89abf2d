package io.tierdrill.targets.process;

import io.tierdrill.model.tier.TierKind;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How a tier's process is started: the Java launcher, its flags and the class path. A dozen of them share a machine with
 * the injector, so the default is made for quick starts and little memory. Measured with the 14 processes of the default
 * stack, processor time of all until the first answer, and proportional share of memory (PSS) of each:
 *
 * <pre>
 *               no archive          with archive
 *   JDK 17    11.2 s  33 MiB       6.0 s  26 MiB
 *   JDK 25    13.8 s  40 MiB       5.4 s  34 MiB
 * </pre>
 *
 * @param through a command that starts it with less claim on the processors, or empty
 * @param java the launcher
 * @param classPath entries separated as the system separates them
 * @param flags in the order given to the launcher
 * @param heapMebibytes the most heap a process of that tier may use; {@link #HEAP_MEBIBYTES} where a tier is missing
 */
public record ChildCommand(
        List<String> through, Path java, String classPath, List<String> flags, Map<TierKind, Integer> heapMebibytes) {
    public static final int HEAP_MEBIBYTES = 64;

    public ChildCommand {
        through = List.copyOf(through);
        flags = List.copyOf(flags);
        heapMebibytes = Map.copyOf(heapMebibytes);
        heapMebibytes.forEach((tier, size) -> {
            if (size < 16)
                throw new IllegalArgumentException("heap of " + tier.word() + " must be 16 MiB or more, was " + size);
        });
    }

    /** The Java this process runs on, with its class path. */
    public static ChildCommand ofThisJvm() {
        return new ChildCommand(
                Courtesy.launcher(),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                quickStart(Runtime.version().feature()),
                Map.of());
    }

    /** The same with more flags, which win over those before them. */
    public ChildCommand with(String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return new ChildCommand(through, java, classPath, all, heapMebibytes);
    }

    public ChildCommand withHeap(TierKind tier, int mebibytes) {
        Map<TierKind, Integer> heaps = new EnumMap<>(TierKind.class);
        heaps.putAll(heapMebibytes);
        heaps.put(tier, mebibytes);
        return new ChildCommand(through, java, classPath, flags, heaps);
    }

    /** The whole command for a process of a tier. */
    public List<String> line(TierKind tier, String mainClass, List<String> arguments) {
        int heap = heapMebibytes.getOrDefault(tier, HEAP_MEBIBYTES);
        return line(List.of("-Xms8m", "-Xmx" + heap + "m"), mainClass, arguments);
    }

    List<String> line(List<String> more, String mainClass, List<String> arguments) {
        List<String> line = new ArrayList<>(through);
        line.add(java.toString());
        line.addAll(flags);
        line.addAll(more);
        line.addAll(List.of("-cp", classPath, mainClass));
        line.addAll(arguments);
        return line;
    }

    List<Path> classPathEntries() {
        return List.of(classPath.split(File.pathSeparator)).stream()
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
    }

    private static List<String> quickStart(int feature) {
        List<String> flags = new ArrayList<>(List.of(
                // Whatever some later JVM no longer knows of these, it starts all the same.
                "-XX:+IgnoreUnrecognizedVMOptions",
                // One collector thread, no barriers worth naming, the least memory of its own.
                "-XX:+UseSerialGC",
                // The quick compiler alone: on a machine full of JVMs the optimising one costs more than it returns.
                "-XX:TieredStopAtLevel=1",
                "-Xss512k",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:ReservedCodeCacheSize=32m",
                // No file in /tmp/hsperfdata per process.
                "-XX:-UsePerfData",
                // Half a process is worse than a crash that the supervisor sees.
                "-XX:+ExitOnOutOfMemoryError",
                // Archived classes at the address they were made for: their pages stay clean and are shared by all
                // processes, 12 MiB of each.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Djava.net.preferIPv4Stack=true",
                "-Dio.netty.jfr.enabled=false",
                // Standard output is a conversation; the JVM's own remarks belong in the log.
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                // Children have a log file, not a logging framework that takes a tenth of a second to start.
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-Dslf4j.internal.verbosity=WARN"));
        // Netty's native transport; unknown or a warning before 22.
        if (feature >= 22) flags.add("--enable-native-access=ALL-UNNAMED");
        return flags;
    }
}
