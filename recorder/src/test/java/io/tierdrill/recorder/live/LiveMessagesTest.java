package io.tierdrill.recorder.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages on WebSockets on their way into a trace. */
@Timeout(60)
class LiveMessagesTest {
    @TempDir
    private Path folder;

    private final Lab.Hands hands = new Lab.Hands();
    private final PretendedDisk disk = new PretendedDisk();

    @Test
    void standInOrderOfTimeBehindTheRequestThatOpenedTheWebSocket() throws Exception {
        try (LiveRecording recording = start(inFolder())) {
            var open = recording.begin(Lab.request(hands.nanos(), "/chat"));
            hands.pass(Duration.ofMillis(30));
            recording.message(Lab.message(hands.nanos() + 2, 2));
            recording.message(Lab.message(hands.nanos() + 1, 1));
            recording.unreadable();
            open.end(Body.none(), Optional.of(Lab.OK));
            LiveAccount account = recording.finish();
            assertThat(account.begun()).isEqualTo(1);
            assertThat(account.recorded()).isEqualTo(1);
            assertThat(account.heldBytes()).isZero();
            assertThat(account.messages()).isEqualTo(new MessageAccount(2, 2, Map.of(), 0, 1));
        }
        List<TraceEntry> entries = Lab.entries(only());
        assertThat(((RequestRecord) entries.get(0)).path()).isEqualTo("/chat");
        assertThat(entries).extracting(TraceEntry::offsetNanos).containsExactly(0L, 30_000_001L, 30_000_002L);
        assertThat(Lab.messages(only())).containsExactly(1L, 2L);
    }

    @Test
    void areTheirRequestsAlsoWhereAddressesAndConnectionsAreMasked() throws Exception {
        LiveConfig masking = LiveConfig.folder(folder, "shop", "a test").withPace(Lab.QUICK);
        try (LiveRecording recording = LiveRecording.start(masking, hands, hands)) {
            for (int i = 0; i < 3; i++) recording.message(Lab.message(hands.nanos() + i, i));
            recording.begin(Lab.request(hands.nanos() + 5, "/chat")).end(Body.none(), Optional.of(Lab.OK));
            recording.finish();
        }
        List<TraceEntry> entries = Lab.entries(only());
        RequestRecord request = (RequestRecord) entries.get(3);
        assertThat(request.client()).isNotEqualTo("10.0.0.1");
        assertThat(request.connection()).isNotEqualTo("c1");
        assertThat(entries.subList(0, 3)).allSatisfy(entry -> {
            assertThat(((MessageRecord) entry).client()).isEqualTo(request.client());
            assertThat(((MessageRecord) entry).connection()).isEqualTo(request.connection());
        });
    }

    @Test
    void areDroppedAndCountedWhereTheBufferIsFullAndHoldNobodyUp() throws Exception {
        CountDownLatch hanging = disk.hang();
        LiveConfig config = inFolder().withBuffer(new Buffer(1 << 20, 500));
        try (LiveRecording recording = start(config)) {
            for (int i = 0; i < 5_000; i++) recording.message(Lab.message(hands.nanos(), i));
            assertThat(recording.account().heldBytes()).isLessThanOrEqualTo(500 * HeldMessage.WEIGHT);
            hanging.countDown();
            LiveAccount last = recording.finish();
            assertThat(last.droppedInAll()).isZero();
            MessageAccount messages = last.messages();
            assertThat(messages.seen()).isEqualTo(5_000);
            assertThat(messages.recorded() + messages.droppedInAll()).isEqualTo(5_000);
            assertThat(messages.dropped().get("buffer-full")).isGreaterThan(4_000);
            assertThat(Lab.footer(only()).dropped()).isEqualTo(Map.of("messages-buffer-full", messages.droppedInAll()));
        }
    }

    @Test
    void areDroppedApartFromRequestsWhereTheDiskFails() throws Exception {
        try (LiveRecording recording = start(inFolder())) {
            recording.message(Lab.message(hands.nanos(), 0));
            hands.pass(Duration.ofSeconds(1));
            Lab.await(() -> recording.account().messages().recorded() == 1);
            disk.fail(true);
            hands.pass(Duration.ofSeconds(1));
            recording.message(Lab.message(hands.nanos(), 1));
            hands.pass(Duration.ofSeconds(1));
            Lab.await(() -> !recording.account().problem().isEmpty());
            recording.message(Lab.message(hands.nanos(), 2));
            hands.pass(Duration.ofMillis(600));
            Lab.await(() -> recording.account().messages().droppedInAll() == 1);
            disk.fail(false);
            LiveAccount account = recording.finish();
            assertThat(account.messages()).isEqualTo(new MessageAccount(3, 2, Map.of("disk", 1L), 0, 0));
            assertThat(account.dropped()).isEmpty();
        }
        assertThat(Lab.messages(only())).containsExactly(0L, 1L);
    }

    @Test
    void filesRotateByThemToo() throws Exception {
        LiveConfig config = inFolder().withRotation(new Rotation(1 << 30, Duration.ofSeconds(1)));
        try (LiveRecording recording = start(config)) {
            for (long i = 0; i < 4; i++) {
                recording.message(Lab.message(hands.nanos(), i));
                hands.pass(Duration.ofMillis(700));
                long recorded = i;
                Lab.await(() -> recording.account().messages().recorded() >= recorded);
            }
        }
        List<Long> all = new ArrayList<>();
        for (Path file : Lab.files(folder)) all.addAll(Lab.messages(file));
        assertThat(Lab.files(folder)).hasSizeGreaterThan(1);
        assertThat(all).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void areDroppedAndCountedWhereATraceFromBeforeThereWereAnyIsGoneOnWith() throws Exception {
        Path old = folder.resolve("old.trace");
        try (InputStream in = getClass().getResourceAsStream("before-messages.trace")) {
            Files.copy(in, old);
        }
        int before = Lab.entries(old).size();
        LiveConfig config = LiveConfig.file(old, "a test")
                .withRedaction(RedactionConfig.defaults().off());
        try (LiveRecording recording = start(config)) {
            recording.message(Lab.message(hands.nanos(), 0));
            recording.begin(Lab.request(hands.nanos(), "/new")).end(Body.none(), Optional.of(Lab.OK));
            LiveAccount account = recording.finish();
            assertThat(account.recorded()).isEqualTo(1);
            assertThat(account.messages()).isEqualTo(new MessageAccount(1, 0, Map.of("old-format", 1L), 0, 0));
        }
        assertThat(Lab.entries(old)).hasSize(before + 1);
        assertThat(Lab.footer(old).dropped()).isEqualTo(Map.of("messages-old-format", 1L));
    }

    private LiveConfig inFolder() {
        return LiveConfig.folder(folder, "shop", "a test")
                .withRedaction(RedactionConfig.defaults().off());
    }

    private LiveRecording start(LiveConfig config) throws Exception {
        return LiveRecording.start(config.withPace(Lab.QUICK), disk, hands, hands);
    }

    private Path only() throws Exception {
        assertThat(Lab.files(folder)).hasSize(1);
        return Lab.files(folder).get(0);
    }
}
