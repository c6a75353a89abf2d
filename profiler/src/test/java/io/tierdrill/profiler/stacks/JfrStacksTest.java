package io.tierdrill.profiler.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording of this very process; the samples of processor time are tried where other processes are profiled. */
class JfrStacksTest {
    private static final long BUSY_NANOS = 1_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void findsTheBusyMethodInARecordingOfRunningThreads() throws IOException {
        Path file = folder.resolve("busy.jfr");
        Instant begin;
        Instant end;
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.enable("jdk.NativeMethodSample").withPeriod(Duration.ofMillis(10));
            recording.start();
            begin = recording.getStartTime();
            assertThat(busy()).isNotZero();
            recording.stop();
            end = recording.getStopTime();
            recording.dump(file);
        }

        JfrStacks.Folded folded = JfrStacks.read(file, begin, end);

        assertThat(folded.sampling()).isEqualTo(Sampling.RUNNING);
        long total = folded.stacks().total();
        assertThat(total).isGreaterThan(4);
        assertThat(folded.stacks().inclusive().get(JfrStacksTest.class.getName() + ".busy"))
                .isGreaterThan(total / 2);
        assertThat(JfrStacks.read(file, end.plusSeconds(1), end.plusSeconds(2)).stacks())
                .isEqualTo(FoldedStacks.none());
    }

    private static double busy() {
        var threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + BUSY_NANOS;
        double sum = 0;
        while (threads.getCurrentThreadCpuTime() < end) for (int i = 1; i < 100_000; i++) sum += Math.sin(i);
        return sum;
    }

    @Test
    void forgetsAddressesThatNoTwoProcessesShare() {
        assertThat(JfrStacks.plain("a.Foo$$Lambda/0x00007f1c2c0a1234")).isEqualTo("a.Foo$$Lambda");
        assertThat(JfrStacks.plain("a.Foo$$Lambda$14+0x000000080.1234")).isEqualTo("a.Foo$$Lambda");
        assertThat(JfrStacks.plain("java.lang.invoke.LambdaForm$DMH/0x0000123"))
                .isEqualTo("java.lang.invoke.LambdaForm$DMH");
        assertThat(JfrStacks.plain("a.Foo$Bar")).isEqualTo("a.Foo$Bar");
    }

    @Test
    void failsOnAFileThatIsNoRecording() throws IOException {
        Path file = Files.writeString(folder.resolve("no.jfr"), "nothing of the sort, but long enough to look at");

        assertThatThrownBy(() -> JfrStacks.read(file, Instant.EPOCH, Instant.MAX))
                .isInstanceOf(IOException.class);
    }
}
