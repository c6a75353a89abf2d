package io.tierdrill.recorder.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.recorder.leaks.LeakReport;
import io.tierdrill.recorder.leaks.LeakScan;
import io.tierdrill.recorder.output.TraceOutput;
import io.tierdrill.recorder.redact.Secrets.Kind;
import io.tierdrill.recorder.redact.Secrets.Writing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants secrets in every place and writing, and looks for them in what reached the disk. */
class PlantedSecretsTest {
    private static final int ROUNDS = 1;
    private static final int BATCH = 100;
    /** Places that tell nobody but the recorder that a secret stands there. */
    private static final Set<Places> UNTOLD = EnumSet.of(
            Places.UNKNOWN_BODY, Places.MULTIPART_FILE, Places.CHOSEN_HEADER, Places.USER_HEADER, Places.CONNECTION);

    @TempDir
    private Path folder;

    private final RandomGenerator chance = new Seeds(77).stream("secrets");
    private final Secrets secrets = new Secrets(chance);

    private record Planted(Places place, Kind kind, Writing writing, String secret, RequestRecord request) {
        String name() {
            return place + " " + kind + " " + writing + ": " + secret;
        }
    }

    @Test
    void noneOfThemReachesTheDiskInAnyPlaceOrWriting() throws Exception {
        RedactionConfig config = RedactionConfig.defaults()
                .withUser(UserKey.parse("header:X-User").orElseThrow())
                .withNames(List.of("x-chosen"));
        List<Planted> all = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) all.addAll(everywhere());
        Set<String> failures = new TreeSet<>();
        for (int from = 0; from < all.size(); from += BATCH)
            failures.addAll(onDisk(config, all.subList(from, Math.min(all.size(), from + BATCH))));

        assertThat(all).hasSizeGreaterThan(2_400);
        assertThat(failures).isEmpty();
    }

    @Test
    void theScanFindsEachKindInEachPlaceWhereNothingIsMasked() throws Exception {
        RedactionConfig off = RedactionConfig.defaults().off();
        Set<String> missed = new TreeSet<>();
        for (Places place : Places.values())
            for (Kind kind : Kind.values()) {
                boolean told = kind.hasLooks() || place.any && !UNTOLD.contains(place);
                if (!told || kind.hasLooks() && chance.nextInt(4) > 0) continue;
                Planted planted = plant(place, kind, plainest(place));
                if (LeakScan.of(write(off, List.of(planted)), n -> {}).clean()) missed.add(planted.name());
            }

        assertThat(missed).isEmpty();
    }

    @Test
    void whatIsMaskedOnceStaysAsItIs() {
        RedactionConfig config = RedactionConfig.defaults().withClients(ClientAddresses.PSEUDONYM);
        Redaction redaction = Redaction.of(config);
        Redaction other = Redaction.of(RedactionConfig.defaults().withClients(ClientAddresses.PSEUDONYM));
        for (Planted planted : everywhere()) {
            // A digest is made of what it stands for, and here that is a digest.
            if (planted.place == Places.UNKNOWN_BODY) continue;
            RequestRecord masked = redaction.apply(planted.request);
            assertThat(other.apply(masked)).as(planted.name()).isEqualTo(masked);
        }
    }

    private static Writing plainest(Places place) {
        return place.writings.contains(Writing.PLAIN) ? Writing.PLAIN : Writing.PERCENT;
    }

    private List<Planted> everywhere() {
        List<Planted> all = new ArrayList<>();
        for (Places place : Places.values())
            for (Writing writing : place.writings)
                for (Kind kind : Kind.values()) {
                    if (!place.any && !kind.hasLooks() || !survives(kind, writing, place)) continue;
                    all.add(plant(place, kind, writing));
                }
        return all;
    }

    private Planted plant(Places place, Kind kind, Writing writing) {
        String secret = secrets.make(kind);
        return new Planted(place, kind, writing, secret, place.with(Secrets.write(secret, writing)));
    }

    /** In another case, a token is none any more, except where the place says what it is. */
    private static boolean survives(Kind kind, Writing writing, Places place) {
        if (place.any) return true;
        return switch (writing) {
            case UPPER, LOWER -> Set.of(Kind.EMAIL, Kind.CARD, Kind.IBAN).contains(kind);
            default -> true;
        };
    }

    private Set<String> onDisk(RedactionConfig config, List<Planted> planted) throws Exception {
        Path trace = write(config, planted);
        String disk = decompressed(trace).toLowerCase(Locale.ROOT);
        Set<String> failures = new TreeSet<>();
        for (Planted one : planted) {
            Set<String> forms = new TreeSet<>(List.of(one.secret, one.secret.replaceAll("[ -]", "")));
            for (Writing writing : Writing.values()) forms.add(Secrets.write(one.secret, writing));
            for (String form : forms)
                if (disk.contains(form.toLowerCase(Locale.ROOT))) failures.add("on disk: " + one.name());
        }
        LeakReport report = LeakScan.of(trace, n -> {});
        if (!report.clean())
            for (var leak : report.leaks())
                failures.add("found: " + leak + " "
                        + (leak.record() == 0
                                ? ""
                                : planted.get((int) (leak.record() - 1) % planted.size())
                                        .name()));
        return failures;
    }

    private Path write(RedactionConfig config, List<Planted> planted) throws IOException {
        Path trace = folder.resolve("x.trace");
        TraceHeader header = new TraceHeader(Instant.EPOCH, "import access.log", Map.of("seed", "1"));
        try (TraceOutput out = TraceOutput.create(trace, header, config)) {
            for (Planted one : planted) out.write(one.request);
            // And as live carriers hand it over, so often that it is known.
            for (int again = 0; again < 3; again++)
                for (Planted one : planted) out.write(PackedRequest.of(one.request));
        }
        return trace;
    }

    /** Metadata and all blocks. */
    private static String decompressed(Path trace) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(trace);
                DataFileStream<GenericRecord> file = new DataFileStream<>(in, new GenericDatumReader<>())) {
            for (String key : file.getMetaKeys()) all.writeBytes(file.getMeta(key));
            while (file.hasNext()) {
                ByteBuffer block = file.nextBlock();
                byte[] bytes = new byte[block.remaining()];
                block.duplicate().get(bytes);
                all.writeBytes(bytes);
            }
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }
}
