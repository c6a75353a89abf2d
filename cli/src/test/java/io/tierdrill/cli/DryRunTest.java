package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What would be sent, said without sending it. */
class DryRunTest {
    @TempDir
    Path folder;

    private String trace;

    /** 6,000 requests of 600 clients in 60 s, ten each, and five DNS questions. */
    @BeforeEach
    void write() throws IOException {
        Path file = folder.resolve("a.trace");
        var header = new TraceHeader(Instant.parse("2026-12-31T23:59:30Z"), "a test", Map.of());
        try (TraceWriter writer = TraceWriter.create(file, header)) {
            for (int i = 0; i < 6_000; i++) {
                if (i % 1_200 == 0) writer.write(record(i, "dns", "A", "shop.example"));
                writer.write(record(i, "http", "GET", "/" + i % 40));
            }
        }
        trace = file.toString();
    }

    private static RequestRecord record(int i, String scheme, String method, String path) {
        return new RequestRecord(
                i * 10_000_000L,
                "10.0." + i % 600 / 200 + "." + i % 200,
                "",
                "",
                scheme,
                method,
                "",
                path,
                List.of(),
                Body.none(),
                Optional.empty());
    }

    private JsonNode dryRun(String... options) throws Exception {
        String[] all = new String[options.length + 4];
        all[0] = "replay";
        all[1] = trace;
        all[2] = "--dry-run";
        System.arraycopy(options, 0, all, 3, options.length);
        all[all.length - 1] = "--json";
        Console console = Console.tierdrill((Object[]) all);
        assertThat(console.err()).isEmpty();
        assertThat(console.status()).isZero();
        return JsonMapper.builder().build().readTree(console.out());
    }

    @Test
    void saysOfATraceAsItIsWhatInspectSaysAndWhatIsLeftOut() throws Exception {
        JsonNode dry = dryRun();
        assertThat(dry.at("/plannedSeconds").asDouble()).isEqualTo(60);
        assertThat(dry.at("/seed").asInt()).isEqualTo(1);
        assertThat(dry.at("/remarks/0").asString()).isEqualTo("5 DNS questions of " + trace + " are left out");
        assertThat(dry.at("/remarks/1").asString())
                .isEqualTo("a replay would refuse this: " + trace
                        + ": request 2 names no host, nor does any other. Say which"
                        + " it is: '--host NAME', in a scenario 'rewrite: [{host: NAME}]'.");
        assertThat(dryRun("--host", "shop.test").at("/remarks").size()).isEqualTo(1);
        assertThat(dry.at("/statistics/requests").asInt()).isEqualTo(6_000);
        assertThat(dry.at("/statistics/burstiness/peakRequests").asInt()).isEqualTo(100);
        assertThat(dry.at("/statistics/visits/users").asInt()).isEqualTo(600);
        assertThat(dry.at("/statistics/visits/thinkTime/p50Micros").asDouble()).isBetween(5.99e6, 6.01e6);
        assertThat(dry.at("/statistics/clients/distinct").asInt()).isEqualTo(600);
    }

    @Test
    void shapesWindowsMixesAndScalesAreOptionsAsTheyAreSettings() throws Exception {
        assertThat(dryRun("--scale", "3").at("/statistics/clients/distinct").asInt())
                .isEqualTo(1_800);
        assertThat(dryRun("--window", "10s-20s").at("/statistics/requests").asInt())
                .isEqualTo(1_000);
        assertThat(dryRun("--window", "23:59:50-00:00:10")
                        .at("/statistics/requests")
                        .asInt())
                .isEqualTo(2_000);
        JsonNode ramp = dryRun("--shape", "ramp:from=10,to=400,over=50s");
        assertThat(ramp.at("/plannedSeconds").asDouble()).isEqualTo(50);
        // 205/s on average over 50 s; the users are 600 and a copy is one of ten requests: some 2 %.
        assertThat(ramp.at("/statistics/requests").asDouble()).isBetween(9_600.0, 10_900.0);
        Path rates = folder.resolve("rates.csv");
        Files.writeString(rates, "second,rate\n0,50\n30,0\n40,150\n50,0\n");
        JsonNode csv = dryRun("--shape", rates.toString());
        assertThat(csv.at("/statistics/requests").asDouble()).isBetween(2_700.0, 3_300.0);
        JsonNode mix = dryRun("--mix", trace + "=0.25", "--shape", "constant:rate=100");
        assertThat(mix.at("/statistics/requests").asDouble()).isBetween(5_500.0, 6_500.0);
        // Those of the other trace are other people, though it is the same file.
        assertThat(mix.at("/statistics/clients/distinct").asInt()).isGreaterThan(500);
    }

    @Test
    void peopleReadThis() throws Exception {
        Console console =
                Console.tierdrill("replay", trace, "--dry-run", "--host", "shop.test", "--scale", "2", "--seed", "7");
        assertThat(console.out().lines().limit(3))
                .containsExactly(
                        "DRY RUN       nothing was sent",
                        "  note        5 DNS questions of " + trace + " are left out",
                        "  requests    12,000 in 60.000 s as planned, mean 200.00/s; 1,200 clients; seed 7");
        assertThat(console.out()).contains("Rate over time", "Burstiness", "Dispersion", "Visits", "Clients", "Paths");
        assertThat(Console.tierdrill("replay", trace, "--dry-run", "--host", "shop.test", "--scale", "2", "--seed", "7")
                        .out())
                .isEqualTo(console.out());
    }

    @Test
    void refusesWhatCannotBeSent() throws Exception {
        refuses("Missing required option: '--target=URL'");
        refuses("--dry-run of a --loop never ends", "--dry-run", "--loop");
        refuses("rate: cannot use \"0.0\"", "--dry-run", "--rate", "0");
        refuses("shape: is zero everywhere", "--dry-run", "--shape", "constant:rate=0");
        refuses("shape: has no kind", "--dry-run", "--shape", "rampe:from=1");
        refuses("--shape: cannot use \"fast\"", "--dry-run", "--shape", "ramp:fast");
        refuses("window: cannot use \"10m\"", "--dry-run", "--window", "10m");
        refuses("holds no request in the window 2m-3m", "--dry-run", "--window", "2m-3m");
        refuses("--mix: cannot use \"b.trace\"", "--dry-run", "--mix", "b.trace");
        refuses("--mix: shares add up to 1.2", "--dry-run", "--mix", trace + "=0.6", "--mix", trace + "=0.6");
        refuses("scale: stands beside a shape", "--dry-run", "--scale", "2", "--shape", "constant:rate=5");
        Path rates = folder.resolve("rates.csv");
        Files.writeString(rates, "0,50\n10,x\n");
        refuses(rates + ":2:4: rate: cannot use \"x\"", "--dry-run", "--shape", rates.toString());
    }

    private void refuses(String words, String... options) throws Exception {
        String[] all = new String[options.length + 2];
        all[0] = "replay";
        all[1] = trace;
        System.arraycopy(options, 0, all, 2, options.length);
        Console console = Console.tierdrill((Object[]) all);
        assertThat(console.status()).isEqualTo(2);
        assertThat(console.err()).contains(words);
    }
}
