package io.tierdrill.profiler.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.profiler.Watched;
import io.tierdrill.profiler.stacks.Profile;
import io.tierdrill.profiler.stacks.Sampling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes. */
@Timeout(120)
class StackRecorderTest {
    private static final InstanceId L7 = new InstanceId("l7", 1);
    private static final InstanceId SERVICE = new InstanceId("service", 2);
    private static final Duration ENOUGH = Duration.ofMillis(600);

    @TempDir
    Path home;

    @BeforeEach
    void needsLinux() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")));
    }

    @Test
    void findsTheMethodThatKeepsAnotherJvmBusyAndLosesOnlyTheOneThatDies() throws Exception {
        try (BusyProcess living = BusyProcess.start();
                BusyProcess dying = BusyProcess.start();
                StackRecorder recorder = StackRecorder.start(
                        List.of(watched(L7, living.pid()), watched(SERVICE, dying.pid())), home, "run")) {
            living.use(ENOUGH);
            dying.kill();
            recorder.stop();

            List<Taken> taken = recorder.taken(Instant.EPOCH, Instant.MAX, "run, 10 req/s", 40, Map.of(L7, 0.5));

            assertThat(taken).extracting(Taken::id).containsExactly(L7, SERVICE);
            assertThat(taken.get(1).why()).contains("process " + dying.pid() + " is gone");
            assertThat(Path.of("/tmp/.java_pid" + dying.pid())).doesNotExist();
            Profile busy = taken.get(0).profile().orElseThrow();
            boolean counts = Runtime.version().feature() >= 25;
            assertThat(busy.sampling()).isEqualTo(counts ? Sampling.CPU_TIME : Sampling.RUNNING);
            assertThat(busy.answers()).isEqualTo(40);
            assertThat(busy.cpuSeconds()).contains(0.5);
            assertThat(busy.samples()).isGreaterThan(20);
            assertThat(busy.stacks().inclusive().get(BusyProcess.class.getName() + ".spin"))
                    .isGreaterThan(busy.samples() / 2);
            assertThat(home.resolve("l7-1/run.jfr")).isRegularFile();
        }
        try (Stream<Path> left = Files.list(home.resolve("l7-1"))) {
            assertThat(left).containsExactly(home.resolve("l7-1/run.jfr"));
        }
    }

    @Test
    void recordsTheSameProcessAgain() throws Exception {
        try (BusyProcess busy = BusyProcess.start()) {
            for (String name : List.of("baseline", "saturation"))
                try (StackRecorder recorder = StackRecorder.start(List.of(watched(L7, busy.pid())), home, name)) {
                    busy.use(Duration.ofMillis(200));
                    recorder.stop();
                    assertThat(recorder.taken(Instant.EPOCH, Instant.MAX, name, 0, Map.of())
                                    .get(0)
                                    .why())
                            .isEmpty();
                }
        }
    }

    @Test
    void stopsWhatNobodyWantsAnyMore() throws Exception {
        try (BusyProcess busy = BusyProcess.start()) {
            StackRecorder.start(List.of(watched(L7, busy.pid())), home, "run").close();

            assertThat(new JvmDoor(busy.pid()).ask("JFR.check")).contains("No available recordings");
        }
    }

    @Test
    void saysThatAProcessThatHangsDoesNotAnswer() throws Exception {
        try (BusyProcess busy = BusyProcess.start()) {
            busy.signal("STOP");
            JvmDoor door = new JvmDoor(busy.pid(), Duration.ofSeconds(1));

            assertThatThrownBy(() -> door.ask("VM.version"))
                    .isInstanceOf(Unprofiled.class)
                    .hasMessage("process " + busy.pid() + " did not answer within 1 s; it may hang");

            busy.signal("CONT");
            assertThat(new JvmDoor(busy.pid()).ask("VM.version")).contains("JDK ");
            busy.signal("STOP");
            assertThatThrownBy(() -> door.ask("VM.version"))
                    .hasMessage("process " + busy.pid() + " did not answer within 1 s; it may hang");
        }
    }

    @Test
    void saysWhatTheJvmSaysWhenItRefuses() throws Exception {
        try (BusyProcess busy = BusyProcess.start()) {
            assertThatThrownBy(() -> new JvmDoor(busy.pid()).ask("Nothing.such"))
                    .isInstanceOf(Unprofiled.class)
                    .hasMessageStartingWith("its JVM refused Nothing.such: ")
                    .hasMessageContaining("Unknown diagnostic command");
        }
    }

    @Test
    void neverSignalsAProcessThatIsNoJvm() throws Exception {
        Process native_ = new ProcessBuilder("sleep", "60").start();
        try {
            assertThat(JvmDoor.isJvm(native_.pid())).isFalse();
            assertThatThrownBy(() -> new JvmDoor(native_.pid()).ask("VM.version"))
                    .hasMessage("process " + native_.pid() + " is no JVM of HotSpot that can be asked");
            assertThat(native_.isAlive()).isTrue();
        } finally {
            native_.destroyForcibly();
        }
    }

    @Test
    void foldsWhatPerfSeesOfANativeProcess() throws Exception {
        assumeTrue(Perf.ofThisMachine().missing().isEmpty(), "no perf on this machine, or not allowed");
        Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try (StackRecorder recorder = StackRecorder.start(List.of(watched(L7, busy.pid())), home, "run")) {
            Duration end = busy.info().totalCpuDuration().orElseThrow().plus(ENOUGH);
            while (busy.info().totalCpuDuration().orElseThrow().compareTo(end) < 0)
                LockSupport.parkNanos(BusyProcess.GLANCE_NANOS);
            recorder.stop();
            Taken taken = recorder.taken(Instant.EPOCH, Instant.MAX, "run", 0, Map.of())
                    .get(0);

            assumeTrue(
                    taken.why()
                            .filter(why -> why.startsWith("perf wrote nothing"))
                            .isEmpty(),
                    "not in this container");
            assertThat(taken.profile().orElseThrow().sampling()).isEqualTo(Sampling.PERF);
            assertThat(taken.profile().orElseThrow().samples()).isGreaterThan(5);
        } finally {
            busy.destroyForcibly();
        }
    }

    private static Watched watched(InstanceId id, long pid) {
        return new Watched(id, pid, Optional.empty());
    }
}
