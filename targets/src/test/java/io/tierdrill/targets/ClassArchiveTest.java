package io.tierdrill.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.tier.TierKind;
import io.tierdrill.targets.process.ChildCommand;
import io.tierdrill.targets.process.ClassArchive;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    private static final String TRAINING = TrainingMain.class.getName();

    @TempDir
    private Path folder;

    @Test
    void isMadeOnceAndUsedAndHarmlessWhenItIsBroken() throws Exception {
        ChildCommand command = ofJars();
        assertThat(ClassArchive.find(command, folder)).isEmpty();
        assertThat(ClassArchive.use(command, folder)).as("none yet").isEqualTo(command);

        Path made = ClassArchive.findOrMake(command, folder, TRAINING).orElseThrow();
        long when = made.toFile().lastModified();
        assertThat(ClassArchive.findOrMake(command, folder, TRAINING)).contains(made);
        assertThat(made.toFile().lastModified()).as("not made again").isEqualTo(when);
        assertThat(namesIn(folder))
                .as("nothing else is left")
                .containsExactly(made.getFileName().toString());

        ChildCommand quick = ClassArchive.use(command, folder);
        assertThat(firstLine(quick.with(insist()))).as("the JVM accepts it").startsWith("READY ");

        Files.writeString(made, "this is not an archive of anything");
        assertThat(firstLine(quick)).startsWith("READY ");
        Files.delete(made);
        assertThat(firstLine(quick)).startsWith("READY ");
    }

    @Test
    void isAnotherForOtherJarsAndOtherFlags() throws Exception {
        ChildCommand command = ofJars();
        Path made =
                ClassArchive.findOrMake(command, folder, Quick.class.getName()).orElseThrow();

        ChildCommand otherFlags = command.with("-Da=b");
        ChildCommand otherJars = new ChildCommand(
                List.of(), command.java(), command.classPath() + File.pathSeparator + made, command.flags(), Map.of());

        assertThat(ClassArchive.find(command, folder)).contains(made);
        assertThat(ClassArchive.find(otherFlags, folder)).isEmpty();
        assertThat(ClassArchive.find(otherJars, folder)).isEmpty();
    }

    @Test
    void isNotTriedWhereTheClassPathHasDirectories() throws Exception {
        ChildCommand command = ChildCommand.ofThisJvm();

        assertThat(ClassArchive.canMake(command)).isFalse();
        assertThat(ClassArchive.findOrMake(command, folder, TRAINING)).isEmpty();
        assertThat(namesIn(folder)).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenTheTrainingFails() throws Exception {
        assertThat(ClassArchive.findOrMake(ofJars(), folder, "no.such.Main")).isEmpty();

        assertThat(namesIn(folder)).isEmpty();
    }

    /** A training that does nothing. */
    public static final class Quick {
        private Quick() {}

        public static void main(String[] args) {}
    }

    /** This class path with its directories packed, as a build would. */
    private ChildCommand ofJars() throws IOException {
        Path jars = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-jars"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) entries.add(pack(path, jars.resolve(entries.size() + ".jar")));
            else if (Files.exists(path)) entries.add(entry);
        }
        ChildCommand here = ChildCommand.ofThisJvm();
        return new ChildCommand(
                List.of(), here.java(), String.join(File.pathSeparator, entries), here.flags(), Map.of());
    }

    private static String pack(Path directory, Path jar) throws IOException {
        if (Files.exists(jar)) return jar.toString();
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                out.putNextEntry(new JarEntry(directory.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar.toString();
    }

    private static String firstLine(ChildCommand command) throws IOException {
        Process process = new ProcessBuilder(command.line(
                        TierKind.SERVICE, InstanceMain.class.getName(), List.of("service", "--supervised")))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.inputReader().readLine();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String insist() {
        return Runtime.version().feature() >= 25 ? "-XX:AOTMode=on" : "-Xshare:on";
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
