package io.tierdrill.recorder.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.TrafficSink.Watched;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveRecordingTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final Lab.Hands hands = new Lab.Hands();

    @Test
    void keepsTheOrderInWhichRequestsBeganAndWhatCameBack() throws Exception {
        List<Watched> open = new ArrayList<>();
        try (LiveRecording recording = start(inFolder())) {
            for (int i = 0; i < 100; i++) {
                open.add(recording.begin(Lab.request(hands.nanos(), "/" + i)));
                hands.pass(Duration.ofMillis(1));
            }
            for (int i = 99; i >= 0; i--) open.get(i).end(Body.of(new byte[i]), Optional.of(Lab.OK));
            LiveAccount account = recording.finish();

            assertThat(account.begun()).isEqualTo(100);
            assertThat(account.recorded()).isEqualTo(100);
            assertThat(account.dropped()).isEmpty();
            assertThat(account.held()).isZero();
            assertThat(account.heldBytes()).isZero();
            assertThat(account.writtenEarly()).isZero();
        }
        Path trace = onlyFile();
        assertThat(trace.getFileName()).hasToString("shop-20261123T181500Z-0001.trace");
        assertThat(Lab.header(trace).start()).isEqualTo(Instant.parse("2026-11-23T18:15:00Z"));
        assertThat(Lab.footer(trace).closed()).isTrue();
        List<RequestRecord> records = Lab.read(trace);
        for (int i = 0; i < 100; i++) {
            assertThat(records.get(i).path()).isEqualTo("/" + i);
            assertThat(records.get(i).offsetNanos()).isEqualTo(i * Lab.MILLI);
            assertThat(records.get(i).body().size()).isEqualTo(i);
            assertThat(records.get(i).response()).contains(Lab.OK);
        }
    }

    @Test
    void sortsInWhatIsToldALittleLate() throws Exception {
        try (LiveRecording recording = start(inFolder())) {
            for (long at : List.of(3, 1, 2, 0))
                recording
                        .begin(Lab.request(hands.nanos() + at * Lab.MILLI, "/" + at))
                        .end(Body.none(), Optional.empty());
        }
        assertThat(Lab.paths(onlyFile())).containsExactly("/0", "/1", "/2", "/3");
    }

    @Test
    void aRequestToldTooLateToBeSortedInStandsAfterTheOneBeforeItAndIsCounted() throws Exception {
        try (LiveRecording recording = start(inFolder())) {
            recording.begin(Lab.request(hands.nanos(), "/first")).end(Body.none(), Optional.empty());
            hands.pass(Duration.ofSeconds(1));
            Lab.await(() -> recording.account().recorded() == 1);
            recording.begin(Lab.request(hands.nanos() - 2_000 * Lab.MILLI, "/late"));
            assertThat(recording.finish().outOfOrder()).isEqualTo(1);
        }
        assertThat(Lab.paths(onlyFile())).containsExactly("/first", "/late");
    }

    @Test
    void aLongPollHoldsUpNobodyAndIsWrittenWithItsBodyWhenTheWindowIsOver() throws Exception {
        try (LiveRecording recording = start(inFolder())) {
            Watched poll = recording.begin(Lab.request(hands.nanos(), "/poll"));
            poll.received(Body.of(new byte[] {1, 2, 3}));
            Watched quick = recording.begin(Lab.request(hands.nanos() + 1, "/quick"));
            quick.end(Body.none(), Optional.of(Lab.OK));
            hands.pass(Duration.ofMillis(499));
            assertThat(recording.account().recorded()).isZero();
            hands.pass(Duration.ofMillis(300));
            Lab.await(() -> recording.account().recorded() == 2);
            // Nobody may have finished; this is what a kill would leave.
            assertThat(Lab.paths(onlyFile())).containsExactly("/poll", "/quick");
            poll.end(Body.none(), Optional.of(Lab.OK));
            assertThat(recording.finish().writtenEarly()).isEqualTo(1);
        }
        RequestRecord poll = Lab.read(onlyFile()).get(0);
        assertThat(poll.response()).isEmpty();
        assertThat(poll.body()).isEqualTo(Body.of(new byte[] {1, 2, 3}));
    }

    @Test
    void startsANewFileWhenOneIsLargeEnoughAndEveryFileIsAWholeTrace() throws Exception {
        LiveConfig config = inFolder().withRotation(new Rotation(6_000, HOUR));
        try (LiveRecording recording = start(config)) {
            for (int i = 0; i < 40; i++) {
                recording
                        .begin(Lab.request(hands.nanos(), "/" + i + "/" + "x".repeat(i * 10)))
                        .end(Body.of(noise(i)), Optional.empty());
                hands.pass(Duration.ofMillis(500));
                long recorded = i - 1;
                Lab.await(() -> recording.account().recorded() >= recorded);
            }
            recording.finish();
            assertThat(recording.account().files()).isGreaterThan(3);
        }
        List<Path> files = Lab.files(folder);
        List<String> paths = new ArrayList<>();
        Instant last = Instant.MIN;
        for (Path file : files) {
            assertThat(Files.size(file)).isLessThan(8_000);
            assertThat(Lab.footer(file).closed()).isTrue();
            for (RequestRecord record : Lab.read(file)) {
                Instant at = Lab.header(file).start().plusNanos(record.offsetNanos());
                assertThat(at).isAfter(last);
                last = at;
                paths.add(record.path().substring(1, record.path().indexOf('/', 1)));
            }
        }
        assertThat(paths)
                .isEqualTo(IntStream.range(0, 40).mapToObj(Integer::toString).toList());
        assertThat(files.get(1).getFileName().toString()).matches("shop-20261123T1815\\d\\dZ-0002\\.trace");
    }

    @Test
    void startsANewFileWhenItsTimeIsOverAlsoWhenNothingComes() throws Exception {
        try (LiveRecording recording = start(inFolder().withRotation(new Rotation(Long.MAX_VALUE, HOUR)))) {
            recording.begin(Lab.request(hands.nanos(), "/a")).end(Body.none(), Optional.empty());
            hands.pass(Duration.ofSeconds(1));
            Lab.await(() -> recording.account().recorded() == 1);
            hands.pass(HOUR);
            Lab.await(() -> closed(1));
            recording.begin(Lab.request(hands.nanos(), "/b")).end(Body.none(), Optional.empty());
        }
        assertThat(Lab.files(folder))
                .extracting(f -> f.getFileName().toString())
                .containsExactly("shop-20261123T181500Z-0001.trace", "shop-20261123T191501Z-0002.trace");
    }

    @Test
    void aWallClockThatIsSetNeitherReordersNorStretchesAnything() throws Exception {
        try (LiveRecording recording = start(inFolder().withRotation(new Rotation(Long.MAX_VALUE, HOUR)))) {
            recording.begin(Lab.request(hands.nanos(), "/a")).end(Body.none(), Optional.empty());
            hands.pass(Duration.ofMinutes(30));
            hands.set(Duration.ofHours(-3));
            recording.begin(Lab.request(hands.nanos(), "/b")).end(Body.none(), Optional.empty());
            Lab.await(() -> !recording.account().clockSteps().isEmpty());
            assertThat(recording.nanosAt(hands.instant())).isEqualTo(hands.nanos());
            hands.pass(Duration.ofMinutes(31));
            Lab.await(() -> closed(1));
            recording.begin(Lab.request(hands.nanos(), "/c")).end(Body.none(), Optional.empty());

            assertThat(recording.finish().clockSteps())
                    .containsExactly("at 2026-11-23T18:45:00Z the wall clock was set by -10800.0 s; "
                            + "times in the trace go on from before");
        }
        List<Path> files = Lab.files(folder);
        assertThat(Lab.read(files.get(0)))
                .extracting(RequestRecord::offsetNanos)
                .containsExactly(0L, Duration.ofMinutes(30).toNanos());
        assertThat(Lab.header(files.get(1)).start()).isEqualTo(Instant.parse("2026-11-23T19:16:00Z"));
        assertThat(Lab.header(files.get(1)).notes().get("clock")).contains("was set by -10800.0 s");
    }

    @Test
    void aFolderKeepsWhatEarlierRunsWroteAndCountsOn() throws Exception {
        for (int run = 1; run <= 3; run++)
            try (LiveRecording recording = start(inFolder())) {
                recording.begin(Lab.request(hands.nanos(), "/" + run)).end(Body.none(), Optional.empty());
            }
        assertThat(Lab.files(folder)).hasSize(3);
        assertThat(Lab.paths(Lab.files(folder).get(2))).containsExactly("/3");
    }

    @Test
    void theOneTraceIsGoneOnWithAlsoWhenItWasCutByAKill() throws Exception {
        Path trace = folder.resolve("one.trace");
        LiveConfig config = LiveConfig.file(trace, "a test")
                .withRedaction(RedactionConfig.defaults().off());
        try (LiveRecording recording = start(config)) {
            recording.begin(Lab.request(hands.nanos(), "/1")).end(Body.none(), Optional.empty());
        }
        byte[] whole = Files.readAllBytes(trace);
        hands.pass(Duration.ofSeconds(10));
        try (LiveRecording recording = start(config)) {
            recording.begin(Lab.request(hands.nanos(), "/2")).end(Body.none(), Optional.empty());
        }
        byte[] longer = Files.readAllBytes(trace);
        Files.write(trace, java.util.Arrays.copyOf(longer, (whole.length + longer.length) / 2));
        hands.pass(Duration.ofSeconds(10));
        try (LiveRecording recording = start(config)) {
            recording.begin(Lab.request(hands.nanos(), "/3")).end(Body.none(), Optional.empty());
            assertThat(recording.finish().recorded()).isEqualTo(1);
        }
        assertThat(Lab.read(trace))
                .extracting(r -> r.path() + " " + r.offsetNanos())
                .containsExactly("/1 0", "/3 " + Duration.ofSeconds(20).toNanos());
    }

    @Test
    void aWallClockSetBackBetweenTwoRunsDoesNotReorderTheOneTrace() throws Exception {
        LiveConfig config = LiveConfig.file(folder.resolve("one.trace"), "a test");
        try (LiveRecording recording = start(config)) {
            recording.begin(Lab.request(hands.nanos(), "/1")).end(Body.none(), Optional.empty());
            hands.pass(Duration.ofSeconds(5));
            recording.begin(Lab.request(hands.nanos(), "/2")).end(Body.none(), Optional.empty());
        }
        hands.set(HOUR.negated());
        try (LiveRecording recording = start(config)) {
            hands.pass(Duration.ofSeconds(1));
            recording.begin(Lab.request(hands.nanos(), "/3")).end(Body.none(), Optional.empty());
            assertThat(recording.finish().clockSteps())
                    .containsExactly("the trace that goes on ends 3600.0 s from now; new requests follow there");
        }
        assertThat(Lab.read(folder.resolve("one.trace")))
                .extracting(RequestRecord::offsetNanos)
                .containsExactly(0L, 5_000 * Lab.MILLI, 6_000 * Lab.MILLI);
    }

    @Test
    void aFileThatIsNoTraceIsRefusedAndLeftAlone() throws IOException {
        Path precious = Files.writeString(folder.resolve("x"), "precious");

        assertThatThrownBy(() -> start(LiveConfig.file(precious, "a test")))
                .hasMessageContaining("is not a trace: it does not begin with the bytes of an Avro container");
        assertThatThrownBy(() -> start(LiveConfig.folder(precious, "shop", "a test")))
                .hasMessageStartingWith(precious + ": is not a folder");
        assertThatThrownBy(() -> start(LiveConfig.file(folder, "a test")))
                .hasMessageStartingWith(folder + ": is a folder");
        assertThat(precious).hasContent("precious");
    }

    @Test
    void twoRecordingsOfOneNameRefuseEachOther() throws Exception {
        LiveConfig file = LiveConfig.file(folder.resolve("one.trace"), "a test");
        try (LiveRecording first = start(inFolder());
                LiveRecording other = start(LiveConfig.folder(folder, "other", "a test"));
                LiveRecording third = start(file)) {
            assertThat(List.of(first, other, third)).doesNotContainNull();
            assertThatThrownBy(() -> start(inFolder()))
                    .hasMessageStartingWith(folder + ": another recording is writing here");
            assertThatThrownBy(() -> start(file))
                    .hasMessageStartingWith(folder.resolve("one.trace") + ": another recording is writing here");
        }
        start(inFolder()).close();
    }

    @Test
    void manyThreadsTellAtOnceAndEveryRequestIsAccountedFor() throws Exception {
        LiveConfig config = inFolder().withBuffer(new Buffer(1 << 20, 1_000));
        LiveAccount account;
        try (LiveRecording recording = LiveRecording.start(config, NanoClock.system(), Clock.systemUTC())) {
            List<Thread> carriers = IntStream.range(0, 4)
                    .mapToObj(n -> new Thread(() -> {
                        for (int i = 0; i < 5_000; i++)
                            recording
                                    .begin(Lab.request(NanoClock.system().nanos(), "/" + n + "/" + i))
                                    .end(Body.of(new byte[100]), Optional.of(Lab.OK));
                    }))
                    .toList();
            carriers.forEach(Thread::start);
            for (Thread carrier : carriers) carrier.join();
            account = recording.finish();
        }
        assertThat(account.begun()).isEqualTo(20_000);
        assertThat(account.recorded() + account.droppedInAll()).isEqualTo(20_000);
        assertThat(account.held()).isZero();
        assertThat(account.heldBytes()).isZero();
        List<RequestRecord> records = Lab.read(onlyFile());
        assertThat(records).hasSize((int) account.recorded());
        assertThat(records).isSortedAccordingTo((a, b) -> Long.compare(a.offsetNanos(), b.offsetNanos()));
        assertThat(Lab.footer(onlyFile()).dropped()).isEqualTo(account.dropped());
    }

    @Test
    void whatComesAfterTheEndIsIgnored() throws Exception {
        LiveRecording recording = start(inFolder());
        recording.finish();
        recording.begin(Lab.request(hands.nanos(), "/late")).end(Body.none(), Optional.empty());
        assertThat(recording.account().begun()).isZero();
        assertThat(Lab.files(folder)).isEmpty();
    }

    private boolean closed(int file) {
        try {
            return Lab.files(folder).size() >= file
                    && Lab.footer(Lab.files(folder).get(file - 1)).closed();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    private LiveConfig inFolder() {
        return LiveConfig.folder(folder, "shop", "a test")
                .withRedaction(RedactionConfig.defaults().off());
    }

    private LiveRecording start(LiveConfig config) throws Exception {
        return LiveRecording.start(config.withPace(Lab.QUICK), hands, hands);
    }

    private Path onlyFile() throws IOException {
        assertThat(Lab.files(folder)).hasSize(1);
        return Lab.files(folder).get(0);
    }

    /** Does not compress. */
    private static byte[] noise(int seed) {
        byte[] bytes = new byte[400];
        var chance = new io.tierdrill.model.seed.Seeds(seed).stream("noise");
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) chance.nextInt();
        return bytes;
    }
}
