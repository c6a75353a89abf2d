package io.tierdrill.profiler.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfTest {
    private static final Optional<Path> PROGRAM = Optional.of(Path.of("/usr/bin/perf"));

    @Test
    void saysThatItIsNotThereAndHowToGetIt(@TempDir Path folder) {
        Perf perf = new Perf(Optional.empty(), Optional.of(2), false);

        assertThatThrownBy(() -> PerfRecording.start(perf, 1, folder.resolve("x.perf")))
                .hasMessage("it is no JVM, and for others perf is needed, which is not on the PATH (Debian: apt-get"
                        + " install linux-perf)");
    }

    @Test
    void saysThatItIsNotAllowed() {
        assertThat(new Perf(PROGRAM, Optional.of(4), false).missing())
                .contains(
                        "it is no JVM, and perf is not allowed: kernel.perf_event_paranoid is 4; allowed for this user"
                                + " from 2 down, or as root");
        assertThat(new Perf(PROGRAM, Optional.empty(), true).missing())
                .contains("it is no JVM, and this kernel has no perf events");
    }

    @Test
    void looksIntoTheKernelOnlyWhereItMay() {
        Path file = Path.of("out.perf");

        assertThat(new Perf(PROGRAM, Optional.of(2), false).record(7, file))
                .containsExactly(
                        "/usr/bin/perf",
                        "record",
                        "-q",
                        "-e",
                        "cpu-clock:u",
                        "-F",
                        "99",
                        "-g",
                        "-p",
                        "7",
                        "-o",
                        "out.perf");
        assertThat(new Perf(PROGRAM, Optional.of(4), true).missing()).isEmpty();
        assertThat(new Perf(PROGRAM, Optional.of(4), true).record(7, file)).contains("cpu-clock");
        assertThat(new Perf(PROGRAM, Optional.of(1), false).record(7, file)).contains("cpu-clock");
    }

    @Test
    void isTheFirstOnThePathThatCanBeRun(@TempDir Path folder) throws IOException {
        Path first = Files.createDirectories(folder.resolve("a"));
        Path second = Files.createDirectories(folder.resolve("b"));
        Files.createFile(first.resolve("perf"));
        Path program = Files.createFile(second.resolve("perf"));
        assertThat(program.toFile().setExecutable(true)).isTrue();

        assertThat(Perf.find("perf", first + ":" + second)).contains(program);
        assertThat(Perf.find("perf", "")).isEmpty();
        assertThat(Perf.find("perf", null)).isEmpty();
    }
}
