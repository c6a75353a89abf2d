package io.tierdrill.recorder.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are slow, full or out of quota. */
@Timeout(60)
class FailingDiskTest {
    @TempDir
    private Path folder;

    private final Lab.Hands hands = new Lab.Hands();
    private final PretendedDisk disk = new PretendedDisk();

    @Test
    void aDiskThatHangsNeverHoldsUpTheCarrierAndTheDropsAreInTheFooter() throws Exception {
        LiveConfig config = inFolder().withBuffer(new Buffer(1 << 20, 500));
        CountDownLatch hanging = disk.hang();
        try (LiveRecording recording = start(config)) {
            tell(recording, "/first");
            hands.pass(Duration.ofSeconds(1));
            NanoClock clock = NanoClock.system();
            long slowest = 0;
            for (int i = 0; i < 5_000; i++) {
                long before = clock.nanos();
                tell(recording, "/" + i);
                slowest = Math.max(slowest, clock.nanos() - before);
            }
            assertThat(slowest).isLessThan(1_000 * Lab.MILLI);
            LiveAccount account = recording.account();
            assertThat(account.begun()).isEqualTo(5_001);
            assertThat(account.dropped().get("buffer-full")).isBetween(4_400L, 4_999L);
            assertThat(account.heldBytes()).isLessThanOrEqualTo(1 << 20);
            hanging.countDown();
            LiveAccount last = recording.finish();
            assertThat(last.recorded() + last.droppedInAll()).isEqualTo(5_001);
            assertThat(Lab.footer(Lab.files(folder).get(0)).dropped()).isEqualTo(last.dropped());
        }
    }

    @Test
    void bodiesAreLeftOutBeforeMemoryRunsOut() throws Exception {
        disk.hang();
        try (LiveRecording recording = start(inFolder().withBuffer(new Buffer(10_000, 100)))) {
            recording.begin(Lab.request(hands.nanos(), "/big")).end(Body.of(new byte[20_000]), Optional.of(Lab.OK));
            assertThat(recording.account().heldBytes()).isLessThan(10_000);
            disk.hang().countDown();
        }
    }

    @Test
    void aFullDiskDropsAndCountsUntilThereIsRoomAgain() throws Exception {
        try (LiveRecording recording = start(inFolder())) {
            tell(recording, "/before");
            hands.pass(Duration.ofSeconds(1));
            Lab.await(() -> recording.account().recorded() == 1);
            disk.fail(true);
            tell(recording, "/gathered");
            hands.pass(Duration.ofSeconds(1));
            Lab.await(() -> !recording.account().problem().isEmpty());
            assertThat(recording.account().problem()).isEqualTo("No space left on device");
            for (int i = 0; i < 10; i++) tell(recording, "/lost");
            hands.pass(Duration.ofMillis(600));
            Lab.await(() -> recording.account().droppedInAll() == 10);

            disk.fail(false);
            hands.pass(Duration.ofSeconds(2));
            Lab.await(() -> recording.account().problem().isEmpty());
            tell(recording, "/after");
            LiveAccount account = recording.finish();

            assertThat(account.dropped()).isEqualTo(Map.of("disk", 10L));
            assertThat(account.recorded()).isEqualTo(3);
            assertThat(account.held()).isZero();
        }
        Path trace = Lab.files(folder).get(0);
        assertThat(Lab.paths(trace)).containsExactly("/before", "/gathered", "/after");
        assertThat(Lab.footer(trace).dropped()).isEqualTo(Map.of("disk", 10L));
    }

    @Test
    void aDiskThatIsFullFromTheStartLeavesNoHalfFiles() throws Exception {
        disk.fail(true);
        try (LiveRecording recording = start(inFolder())) {
            for (int i = 0; i < 5; i++) {
                tell(recording, "/" + i);
                hands.pass(Duration.ofSeconds(2));
                long told = i + 1;
                Lab.await(() -> recording.account().droppedInAll() == told);
            }
            assertThat(recording.finish().dropped()).isEqualTo(Map.of("disk", 5L));
        }
        assertThat(Lab.files(folder)).isEmpty();
    }

    @Test
    void whatIsDroppedWhereNoFileCanBeBegunStandsInTheOneBefore() throws Exception {
        LiveConfig config = inFolder().withRotation(new Rotation(1, Duration.ofHours(1)));
        try (LiveRecording recording = start(config)) {
            tell(recording, "/kept");
            hands.pass(Duration.ofSeconds(1));
            Lab.await(() -> recording.account().recorded() == 1);
            hands.pass(Duration.ofSeconds(1));
            disk.fail(true);
            tell(recording, "/lost");
            hands.pass(Duration.ofSeconds(1));
            Lab.await(() -> recording.account().droppedInAll() == 1);
            disk.fail(false); // A footer is written in its place; the pretended disk would refuse that too.
            recording.finish();
        }
        assertThat(Lab.footer(Lab.files(folder).get(0)).dropped()).isEqualTo(Map.of("disk", 1L));
    }

    @Test
    void whatADiskThatFailsAtTheEndDoesNotTakeIsCounted() throws Exception {
        try (LiveRecording recording = start(inFolder())) {
            tell(recording, "/kept");
            hands.pass(Duration.ofSeconds(1));
            Lab.await(() -> recording.account().recorded() == 1);
            disk.fail(true);
            tell(recording, "/lost");
            LiveAccount account = recording.finish();

            assertThat(account.recorded()).isEqualTo(1);
            assertThat(account.dropped()).isEqualTo(Map.of("disk", 1L));
            assertThat(account.problem()).isEqualTo("No space left on device");
        }
    }

    @Test
    void theQuotaStopsTheRecordingUntilSomebodyMakesRoom() throws Exception {
        LiveConfig config = inFolder()
                .withRotation(new Rotation(20_000, Duration.ofHours(1)))
                .withQuota(new Quota(60_000, Quota.WhenFull.STOP));
        try (LiveRecording recording = start(config)) {
            fill(recording, 80, 60_000);
            assertThat(recording.account().dropped()).containsOnlyKeys("quota");
            assertThat(recording.account().problem()).isEqualTo("the disk quota of 60000 bytes is used up");
            assertThat(Lab.bytes(folder)).isBetween(30_000L, 60_000L);
            long recorded = recording.account().recorded();

            Files.delete(Lab.files(folder).get(0));
            hands.pass(Duration.ofSeconds(2));
            Lab.await(() -> recording.account().problem().isEmpty());
            fill(recording, 10, 60_000);
            assertThat(recording.account().recorded()).isGreaterThan(recorded);
            LiveAccount last = recording.finish();
            assertThat(last.recorded() + last.droppedInAll()).isEqualTo(90);
        }
        assertThat(Lab.bytes(folder)).isLessThanOrEqualTo(60_000);
    }

    @Test
    void theQuotaDeletesTheOldestFileWhereThatIsWanted() throws Exception {
        LiveConfig config = inFolder().withQuota(new Quota(40_000, Quota.WhenFull.DELETE_OLDEST));
        try (LiveRecording recording = start(config)) {
            fill(recording, 150, 40_000);
            LiveAccount account = recording.finish();
            assertThat(account.dropped()).isEmpty();
            assertThat(account.recorded()).isEqualTo(150);
        }
        assertThat(Lab.files(folder)).noneMatch(f -> f.toString().contains("-0001.trace"));
        assertThat(Lab.paths(Lab.files(folder).get(Lab.files(folder).size() - 1)))
                .last()
                .isEqualTo("/149");
    }

    @Test
    void anotherRecordingsFilesInTheFolderAreNeitherCountedNorDeleted() throws Exception {
        Path other = Files.write(folder.resolve("other-20261123T181500Z-0001.trace"), new byte[100_000]);
        LiveConfig config = inFolder().withQuota(new Quota(40_000, Quota.WhenFull.DELETE_OLDEST));
        try (LiveRecording recording = start(config)) {
            fill(recording, 60, 140_000);
            assertThat(recording.finish().dropped()).isEmpty();
        }
        assertThat(other).hasSize(100_000);
    }

    /** Requests of a kilobyte that does not compress; looks after each that the quota holds. */
    private void fill(LiveRecording recording, int requests, long most) {
        var chance = new Seeds(5).stream("bodies");
        for (int i = 0; i < requests; i++) {
            byte[] body = new byte[1_000];
            for (int b = 0; b < body.length; b++) body[b] = (byte) chance.nextInt();
            long done = recording.account().recorded() + recording.account().droppedInAll();
            recording.begin(Lab.request(hands.nanos(), "/" + i)).end(Body.of(body), Optional.of(Lab.OK));
            hands.pass(Duration.ofMillis(300));
            Lab.await(() -> recording.account().recorded() + recording.account().droppedInAll() > done);
            assertThat(Lab.bytes(folder)).isLessThanOrEqualTo(most);
        }
    }

    private void tell(LiveRecording recording, String path) {
        recording.begin(Lab.request(hands.nanos(), path)).end(Body.none(), Optional.of(Lab.OK));
    }

    private LiveConfig inFolder() {
        return LiveConfig.folder(folder, "shop", "a test")
                .withRedaction(RedactionConfig.defaults().off());
    }

    private LiveRecording start(LiveConfig config) throws Exception {
        return LiveRecording.start(config.withPace(Lab.QUICK), disk, hands, hands);
    }
}
