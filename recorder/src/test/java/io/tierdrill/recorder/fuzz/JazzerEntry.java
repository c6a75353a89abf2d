package io.tierdrill.recorder.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Jazzer calls, found by the names of its methods. {@code bench/fuzz} starts it with the name of the target and a
 * folder for scratch files; {@link #main} without a target lists all, with one and a folder writes its seeds there.
 */
public final class JazzerEntry {
    // Jazzer knows static methods only, and one target for each JVM.
    private static Trial trial;

    private JazzerEntry() {}

    public static void fuzzerInitialize(String[] targetAndScratch) throws IOException {
        trial = new Trial(FuzzTargets.in(Path.of(targetAndScratch[1])).named(targetAndScratch[0]));
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        trial.run(input);
    }

    /** {@code SCRATCH} lists targets as {@code name bytes}; {@code SCRATCH TARGET FOLDER} writes the target's seeds. */
    public static void main(String[] args) throws IOException {
        FuzzTargets targets = FuzzTargets.in(Path.of(args[0]));
        if (args.length == 1)
            for (FuzzTarget target : targets.all()) System.out.println(target.name() + " " + target.mostBytes());
        else writeSeeds(targets.named(args[1]).seeds(), Path.of(args[2]));
    }

    private static void writeSeeds(List<byte[]> seeds, Path folder) throws IOException {
        for (int i = 0; i < seeds.size(); i++) Files.write(folder.resolve("seed-" + i), seeds.get(i));
    }
}
