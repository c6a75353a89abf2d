package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.Balancers;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.diff.DiffReport;
import io.tierdrill.recorder.diff.DiffReport.Measure;
import io.tierdrill.recorder.diff.DiffText;
import io.tierdrill.recorder.diff.TraceDiff;
import io.tierdrill.recorder.live.LiveConfig;
import io.tierdrill.recorder.live.LiveRecording;
import io.tierdrill.recorder.live.Pace;
import io.tierdrill.recorder.mirror.MirrorConfig;
import io.tierdrill.recorder.mirror.MirrorEndpoint;
import io.tierdrill.recorder.redact.ClientAddresses;
import io.tierdrill.recorder.redact.RedactionConfig;
import io.tierdrill.recorder.redact.UserKey;
import io.tierdrill.targets.service.ServiceConfig;
import io.tierdrill.targets.service.ServiceServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What came out is what went in: the recording of a replay is the trace that was replayed. */
@Timeout(120)
class RoundTripTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int REQUESTS = 300;
    private static final int USERS = 20;
    private static final int SIZE = 300;

    @TempDir
    private Path folder;

    private Path trace;
    private Path recorded;

    @BeforeEach
    void importATrace() throws Exception {
        trace = folder.resolve("a.trace");
        recorded = folder.resolve("b.trace");
        Path arrivals = Files.write(folder.resolve("arrivals.csv"), rows());
        assertThat(Console.tierdrill("import", arrivals, "-o", trace)).returns(0, Console::status);
    }

    @Test
    void aTapRecordsTheReplayOfATraceAsThatTrace() throws Exception {
        // Once to load and compile: while a tap is cold its requests pile up, and a user's overtake each other.
        tapped(folder.resolve("cold.trace"));
        tapped(recorded);

        DiffReport diff = TraceDiff.of(trace, recorded, 0);
        assertThat(differences(diff)).as(DiffText.of(diff)).isSubsetOf("users whose order differs");
        assertThat(diff.order().matchedBy()).isEqualTo("name");
        // Should the machine stop for longer than a user's gap, that user's requests may change places.
        assertThat(diff.order().same()).as(DiffText.of(diff)).isGreaterThanOrEqualTo(USERS - 2);
        assertThat(records(recorded)).allMatch(r -> r.authority().equals("shop.example"));
        assertThat(records(recorded))
                .allMatch(r -> r.response().orElseThrow().latencyNanos().isPresent());
        assertThat(Console.tierdrill("inspect", recorded, "--leaks")).returns(0, Console::status);
    }

    private void tapped(Path into) throws Exception {
        NanoClock clock = NanoClock.system();
        InstanceId tapped = new InstanceId("tap", 1);
        ServiceConfig config = ServiceConfig.from(settings("size: " + SIZE));
        ConfigNode transparent = settings("transparent: true\nhealthCheck: {enabled: false}");
        try (LiveRecording live = record(into, clock);
                TierInstance service =
                        ServiceServer.start(new InstanceId("service", 1), ANY, config, new Seeds(1), clock);
                TierInstance tap = Balancers.start(TierKind.L7, tapped, ANY, transparent, new Seeds(1), clock, live)) {
            tap.wire(List.of(service.traffic()));
            replayTo(tap.traffic());
        }
    }

    @Test
    void aMirrorRecordsTheReplayOfATraceWithItsClients() throws Exception {
        NanoClock clock = NanoClock.system();
        try (LiveRecording live = record(recorded, clock);
                MirrorEndpoint mirror = MirrorEndpoint.start(MirrorConfig.defaults(ANY), live, clock)) {
            replayTo(mirror.address());
        }

        assertThat(differences(TraceDiff.of(trace, recorded, 0)))
                .allMatch(name -> name.startsWith("status ") || name.equals("bytes of responses"));
        assertThat(records(recorded).stream()
                        .map(r -> r.client() + " " + r.path())
                        .sorted())
                .containsExactlyElementsOf(records(trace).stream()
                        .map(r -> r.client() + " " + r.path())
                        .sorted()
                        .toList());
    }

    @Test
    void theCommandTellsWhereTwoTracesDiffer() throws Exception {
        List<String> other = rows();
        other.set(9, other.get(9).replaceFirst("/item/[^,]+", "/elsewhere"));
        Path arrivals = Files.write(folder.resolve("other.csv"), other);
        Console.tierdrill("import", arrivals, "-o", recorded);

        Console diff = Console.tierdrill("inspect", "--diff", trace, recorded);

        assertThat(diff.status()).isEqualTo(1);
        assertThat(diff.out()).contains("/elsewhere");
        assertThat(Console.tierdrill("inspect", "--diff", trace, trace)).returns(0, Console::status);
    }

    private LiveRecording record(Path into, NanoClock clock) throws Exception {
        RedactionConfig redaction = RedactionConfig.defaults()
                .withClients(ClientAddresses.KEEP)
                .withUser(UserKey.parse("header:X-User").orElseThrow());
        return LiveRecording.start(
                LiveConfig.file(into, "a round trip")
                        .withRedaction(redaction)
                        // On a busy machine a response may take its time.
                        .withPace(Pace.defaults().withWindow(Duration.ofSeconds(30))),
                clock,
                Clock.systemUTC());
    }

    private void replayTo(InetSocketAddress address) {
        String target = "http://" + address.getHostString() + ":" + address.getPort();
        Console replay = Console.tierdrill(
                "replay", trace, "--target", target, "--user-header", "X-User", "--client-header", "X-Real-IP");
        // A late injector makes the run invalid on a busy machine; it has sent everything all the same.
        assertThat(replay.status()).as(replay.out() + replay.err()).isIn(0, 3);
    }

    /** What differs but for the times, which are the machine's. */
    private static List<String> differences(DiffReport diff) {
        return diff.measures().stream()
                .filter(m -> !m.within())
                .map(Measure::name)
                .filter(name -> !name.startsWith("gaps between") && !name.startsWith("seconds from"))
                .toList();
    }

    private static ConfigNode settings(String text) throws Exception {
        return ConfigFile.parse("settings", text + "\n", new Problems());
    }

    private static List<RequestRecord> records(Path file) throws Exception {
        List<RequestRecord> records = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(file)) {
            reader.forEachRemaining(records::add);
            assertThat(reader.damage()).isEmpty();
        }
        return records;
    }

    /** Twenty users, each asks every 200 ms: so far apart that no two of one user's can well overtake each other. */
    private static List<String> rows() {
        RandomGenerator chance = new Seeds(3).stream("round-trip");
        List<String> rows = new ArrayList<>(List.of("time,client,user,method,host,path,status,bytes"));
        for (int i = 0; i < REQUESTS; i++)
            rows.add(String.format(
                    Locale.ROOT,
                    "%.3f,198.51.100.%d,user%d,GET,shop.example,/item/%d?page=%d,200,%d",
                    1_431_857_100 + i * 0.01,
                    i % USERS,
                    i % USERS,
                    chance.nextInt(50),
                    chance.nextInt(3),
                    SIZE));
        return rows;
    }
}
