package io.tierdrill.cli.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkChoiceTest {
    /** Finds only the JDKs in the folder it runs in, then tells what it chose. */
    private static final String CHOOSE = """
            die() { echo "tierdrill: $*"; exit 2; }
            . "$FIND_JDK"
            consider_usual_places() { for candidate in ./*; do consider "$candidate"; done; }
            choose_jdk
            echo "run $java ($feature, $jdk_version), build with $build_jdk"
            """;

    @TempDir
    Path machine;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aMachineWithoutJava() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
        environment.put("FIND_JDK", Shell.HOME.resolve(".mvn/find-jdk.sh").toString());
        environment.put("JAVA_HOME", "");
        environment.put("TIERDRILL_JAVA", "");
        // The few programs that the choice needs, and no java among them.
        Path bin = Files.createDirectories(machine.resolve("bin-of-the-system"));
        Shell.run(
                machine,
                environment,
                "for p in sh sed head dirname readlink; do ln -s \"$(command -v $p)\" " + bin + "; done");
        environment.put("PATH", bin.toString());
    }

    @Test
    void picksTheNewestByNumberNotByLetter() throws Exception {
        jdk("jdk-9", "9.0.4");
        jdk("jdk-17", "17.0.9");
        jdk("jdk-17-later", "17.0.15");
        jdk("jdk-17-newest", "17.1.2");
        jdk("jdk-8", "1.8.0_402");

        assertThat(choose())
                .isEqualTo(new Shell(0, "run ./jdk-17-newest/bin/java (17, 17.1.2), build with ./jdk-17-newest\n"));
    }

    @Test
    void understandsEarlyAccessAndNumbersWithoutPatch() throws Exception {
        jdk("jdk-21", "21");
        jdk("jdk-26", "26-ea");

        assertThat(choose().output()).startsWith("run ./jdk-26/bin/java (26, 26-ea)");
    }

    @Test
    void asksJavaItselfWhereThereIsNoReleaseFile() throws Exception {
        Path home = jdk("unlabelled", "21.0.1");
        Files.delete(home.resolve("release"));
        program(home.resolve("bin/java"), "echo 'openjdk version \"21.0.1\" 2023-10-17' >&2");

        assertThat(choose().output()).startsWith("run ./unlabelled/bin/java (21, 21.0.1)");
    }

    @Test
    void namesWhatItSawWhenNothingIsNewEnough() throws Exception {
        jdk("jdk-11", "11.0.2");

        assertThat(choose())
                .isEqualTo(
                        new Shell(
                                2,
                                "tierdrill: found no JDK 17 or newer (seen: 11.0.2); install one, or point TIERDRILL_JAVA at it\n"));
    }

    @Test
    void runsTheJavaOneAsksForButBuildsWithAJdk() throws Exception {
        Path runtime = jdk("runtime-21", "21.0.1");
        Files.delete(runtime.resolve("bin/javac"));
        jdk("jdk-17", "17.0.9");
        environment.put("TIERDRILL_JAVA", "./runtime-21");

        assertThat(choose().output()).isEqualTo("run ./runtime-21/bin/java (21, 21.0.1), build with ./jdk-17\n");
    }

    @Test
    void refusesAJavaOneAsksForThatIsTooOldOrNotThere() throws Exception {
        jdk("jdk-11", "11.0.2");
        environment.put("TIERDRILL_JAVA", "./jdk-11/bin/java");
        assertThat(choose())
                .isEqualTo(new Shell(2, "tierdrill: TIERDRILL_JAVA is Java 11.0.2; Java 17 or newer is needed\n"));

        environment.put("TIERDRILL_JAVA", "./nowhere");
        assertThat(choose())
                .isEqualTo(
                        new Shell(
                                2,
                                "tierdrill: TIERDRILL_JAVA is ./nowhere, which is no program; give a java, or its JDK's folder\n"));
    }

    private Shell choose() throws IOException, InterruptedException {
        return Shell.run(machine, environment, CHOOSE);
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = machine.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/java"), "exit 1");
        program(home.resolve("bin/javac"), "exit 1");
        return home;
    }

    private static void program(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        if (!file.toFile().setExecutable(true)) throw new IOException("cannot make " + file + " a program");
    }
}
