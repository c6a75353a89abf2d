package io.tierdrill.profiler.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadTimesTest {
    @TempDir
    Path root;

    private FakeProcess process;
    private ThreadTimes times;

    @BeforeEach
    void makeAProcessOfTwoThreads() throws IOException {
        process = new FakeProcess(root, 9);
        process.thread(1, "epoll-1", 100, 10);
        process.thread(2, "epoll-2", 200, 20);
        times = new ThreadTimes(process.tasks());
        times.read(2);
    }

    @Test
    void sumsTimeAndDelayOverAllThreads() {
        assertThat(times.cpuNanos()).isEqualTo(300);
        assertThat(times.delayNanos()).isEqualTo(30);
        assertThat(times.busiestNanos()).isEqualTo(200);
    }

    @Test
    void keepsWhatAThreadThatEndedHadUsed() throws IOException {
        process.end(2);
        process.thread(1, "epoll-1", 150, 15);
        times.read(1);

        assertThat(times.cpuNanos()).isEqualTo(350);
        assertThat(times.delayNanos()).isEqualTo(35);
        assertThat(times.busiestNanos()).isEqualTo(200);
    }

    @Test
    void findsTheThreadThatTookThePlaceOfOneThatEnded() throws IOException {
        process.end(2);
        process.thread(3, "epoll-3", 7, 1);
        times.read(2);

        assertThat(times.cpuNanos()).isEqualTo(307);
    }

    @Test
    void findsANewThreadByTheNumberOfThreads() throws IOException {
        process.thread(3, "epoll-3", 500, 0);
        times.read(3);

        assertThat(times.cpuNanos()).isEqualTo(800);
        assertThat(times.busiestNanos()).isEqualTo(500);
    }

    @Test
    void doesNotTakeTheCompilerOrTheCollectorForTraffic() throws IOException {
        process.thread(3, "C2 CompilerThre", 9_000, 0);
        process.thread(4, "GC Thread#0", 8_000, 0);
        process.thread(5, "VM Thread", 7_000, 0);
        times.read(5);

        assertThat(times.cpuNanos()).isEqualTo(24_300);
        assertThat(times.busiestNanos()).isEqualTo(200);
    }
}
