package io.tierdrill.recorder.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: killed under load, and on a disk that is really full. */
@Timeout(120)
class KilledRecordingTest {
    private static final long PER_SECOND = 1_500;

    @TempDir
    private Path folder;

    /** With long polls open all the time. */
    @Test
    void aKillLosesAtMostTheLastSecondAndTheTraceGoesOn() throws Exception {
        Path trace = folder.resolve("killed.trace");
        long recorded;
        try (Child child = Child.start(trace, PER_SECOND, 60_000, 30)) {
            child.awaitMillis(4_000);
            child.kill();
            List<String> paths = Lab.paths(trace);
            recorded = paths.size();
            assertThat(recorded).isBetween(child.begunASecondBefore(), child.begun() + PER_SECOND / 10);
            assertThat(child.begunASecondBefore()).isPositive();
            assertThat(paths.equals(inOrder(recorded))).isTrue();
            List<Long> messages = Lab.messages(trace);
            assertThat((long) messages.size()).isBetween(child.begunASecondBefore(), child.begun() + PER_SECOND / 10);
            assertThat(messages.equals(
                            LongStream.range(0, messages.size()).boxed().toList()))
                    .isTrue();
        }
        assertThat(Lab.footer(trace).closed()).isFalse();

        LiveConfig same = LiveConfig.file(trace, "again")
                .withRedaction(RedactionConfig.defaults().off());
        try (LiveRecording again = LiveRecording.start(same, NanoClock.system(), Clock.systemUTC())) {
            again.begin(Lab.request(NanoClock.system().nanos(), "/again"));
            LiveAccount account = again.finish();
            assertThat(account.recorded()).as(account.toString()).isEqualTo(1);
        }
        try (TraceReader reader = TraceReader.open(trace)) {
            List<RequestRecord> records = new ArrayList<>();
            reader.forEachRemaining(records::add);
            assertThat(reader.damage()).isEmpty();
            assertThat((long) records.size()).isEqualTo(recorded + 1);
            assertThat(records.get((int) recorded).path()).isEqualTo("/again");
            assertThat(records.stream().map(RequestRecord::offsetNanos).toList())
                    .isSorted();
        }
        assertThat(Lab.footer(trace).closed()).isTrue();
    }

    @Test
    void aKillWhileFilesRotateLosesAtMostTheLastSecond() throws Exception {
        try (Child child = Child.start(folder, PER_SECOND, 60_000, 500)) {
            child.awaitMillis(4_000);
            child.kill();
            List<String> paths = new ArrayList<>();
            List<Path> files = Lab.files(folder);
            for (Path file : files) paths.addAll(Lab.paths(file));

            assertThat(files).hasSizeGreaterThan(2);
            assertThat(paths.equals(inOrder(paths.size()))).isTrue();
            assertThat((long) paths.size()).isGreaterThanOrEqualTo(child.begunASecondBefore());
        }
    }

    @Test
    void aDiskThatIsReallyFullHoldsNobodyUpAndEveryRequestIsAccountedFor() throws Exception {
        Path script = folder.resolve("on-a-small-disk");
        Path mount = Files.createDirectory(folder.resolve("disk"));
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Files.writeString(
                script,
                "mount -t tmpfs -o size=1m none " + mount + " || exit 9\n" + "[ $# = 0 ] && exit 0\n\"$@\"\ncp " + mount
                        + "/* " + copy + "/\n");
        needsSmallDisk(script);

        try (Child child = Child.start(List.of("unshare", "-Urm", "sh", script.toString()), mount, 4_000, 3_000, 300)) {
            List<String> said = child.awaitEnd();
            String end = said.get(said.size() - 1);
            assertThat(end).matches("END \\d+ \\d+ \\{disk=\\d+}");
            String[] words = end.split("[ =}]");
            long recorded = Long.parseLong(words[2]);
            long dropped = Long.parseLong(words[4]);
            assertThat(recorded + dropped).isEqualTo(Long.parseLong(words[1]));
            assertThat(recorded).isPositive();
            long slowest = Long.parseLong(said.get(said.size() - 2).substring("SLOWEST ".length()));
            assertThat(slowest).as("microseconds").isLessThan(500_000);

            long inFiles = 0;
            long told = 0;
            for (Path file : Lab.files(copy)) {
                try (TraceReader reader = TraceReader.open(file)) {
                    for (; reader.hasNext(); reader.next()) inFiles++;
                    assertThat(reader.damage()).isEmpty();
                    told += reader.footer().orElseThrow().droppedInAll();
                }
            }
            assertThat(inFiles).isEqualTo(recorded);
            assertThat(told).isBetween(1L, dropped);
        }
    }

    /** Skips the test where that is not allowed; in CI that is a failure. */
    private static void needsSmallDisk(Path script) throws InterruptedException {
        String missing = "no user namespaces for a small disk (unshare -Urm)";
        boolean allowed;
        try {
            allowed = new ProcessBuilder("unshare", "-Urm", "sh", script.toString())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noUnshare) {
            allowed = false;
        }
        if ("true".equals(System.getenv("CI"))) assertThat(allowed).as(missing).isTrue();
        Assumptions.assumeTrue(allowed, missing);
    }

    private static List<String> inOrder(long count) {
        return LongStream.range(0, count).mapToObj(i -> "/items/" + i).toList();
    }
}
