package io.tierdrill.recorder.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.accesslog.ClfFormat;
import io.tierdrill.recorder.fields.ExampleTraces;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Remark;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.UnitParser;
import io.tierdrill.recorder.redact.ClientAddresses;
import io.tierdrill.recorder.redact.RedactionConfig;
import io.tierdrill.recorder.redact.UserKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two ways lead from a line to a trace: field by field, where what was seen lately is remembered, and as a whole request.
 * The latter is the judge of the former.
 */
class FieldwiseImportTest {
    private static final List<String> PLANTED = List.of(
            "token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUPUGUyFqs",
            "me@example.org",
            "4111111111111111",
            "DE89370400440532013000",
            "https://a:b@example.org/",
            "user:pass@",
            "%2540",
            "\\x22",
            "\" ",
            "http://example.org/x?session=abcdefghijk",
            "AKIAIOSFODNN7EXAMPLE",
            "é",
            "::1",
            "999.1.1.1",
            "tdpbcdfghjkmnpqrstvbc");

    @TempDir
    Path folder;

    /** The same format, whose lines are only to be had as requests. */
    private record Whole(Format of) implements Format {
        @Override
        public String word() {
            return of.word();
        }

        @Override
        public String description() {
            return of.description();
        }

        @Override
        public Likeness judge(Head head) {
            return of.judge(head);
        }

        @Override
        public Reading open(Head head, InputStream in, Server server) throws IOException, BadInputException {
            Reading open = of.open(head, in, server);
            return new Reading(open.form(), open.units(), new Hiding(open.parser()), open.timing(), open.notes());
        }
    }

    private record Hiding(UnitParser of) implements UnitParser {
        @Override
        public boolean parse(byte[] bytes, int from, int to) {
            return of.parse(bytes, from, to);
        }

        @Override
        public RejectReason reason() {
            return of.reason();
        }

        @Override
        public int wrongAt() {
            return of.wrongAt();
        }

        @Override
        public long epochNanos() {
            return of.epochNanos();
        }

        @Override
        public RequestRecord request(long offsetNanos) {
            return of.request(offsetNanos);
        }

        @Override
        public Map<Remark, Long> remarks() {
            return of.remarks();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRealLogBecomesTheSameTraceByteForByte(ClfFormat format) throws Exception {
        bothWays(realLog(format), format, ImportOptions.defaults());
    }

    /** Each line several times, some of them with a wrong byte or a secret somewhere; drawn with a seed. */
    @ParameterizedTest
    @EnumSource
    void mutatedLinesBecomeTheSameTraceByteForByte(ClfFormat format) throws Exception {
        RedactionConfig usual = RedactionConfig.defaults();
        List<RedactionConfig> configs = List.of(
                usual,
                usual.off(),
                usual.withClients(ClientAddresses.PSEUDONYM),
                usual.withClients(ClientAddresses.KEEP).withNames(List.of("referer")),
                usual.withUser(UserKey.parse("query:page").orElseThrow()));
        for (int round = 0; round < configs.size(); round++) {
            Path log = mutated(realLog(format), new Seeds(round).stream("mutations/" + format));
            ImportOptions options = ImportOptions.defaults()
                    .withServer(new Server("https", "shop.example"))
                    .withSortBytes(1 << 20)
                    .withRedaction(configs.get(round));
            bothWays(log, format, options);
        }
    }

    /** Else the comparison would be of nothing with nothing. */
    @Test
    void mutationsBothSpoilLinesAndPlantSecrets() throws Exception {
        Path log = mutated(realLog(ClfFormat.COMBINED), new Seeds(0).stream("mutations/" + ClfFormat.COMBINED));
        ImportOptions options = ImportOptions.defaults().withMaxRejects(1);
        ImportedLog masked = ImportedLog.of(List.of(log), folder, options);
        ImportedLog raw = ImportedLog.of(
                List.of(log), folder, options.withRedaction(options.redaction().off()));

        assertThat(masked.account().rejected()).hasSizeGreaterThan(4);
        assertThat(masked.account().imported()).isGreaterThan(15_000);
        long changed = 0;
        for (int i = 0; i < raw.requests().size(); i++) {
            RequestRecord a = raw.requests().get(i);
            RequestRecord b = masked.requests().get(i);
            if (!a.path().equals(b.path()) || !a.headers().equals(b.headers())) changed++;
        }
        assertThat(changed).isGreaterThan(1_000);
    }

    private void bothWays(Path log, Format format, ImportOptions options) throws Exception {
        ImportOptions all = options.withMaxRejects(1);
        Path whole = folder.resolve("whole.trace");
        Path fieldwise = folder.resolve("fieldwise.trace");
        ImportAccount one = TraceImport.run(List.of(log), whole, all.withFormat(new Whole(format)));
        ImportAccount two = TraceImport.run(List.of(log), fieldwise, all.withFormat(format));

        assertThat(two).isEqualTo(one);
        assertThat(fieldwise).hasSameBinaryContentAs(whole);
    }

    private Path mutated(Path real, RandomGenerator chance) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        for (String line : Files.readString(real, StandardCharsets.ISO_8859_1).split("\n"))
            lines.add(line.getBytes(StandardCharsets.ISO_8859_1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            byte[] line = lines.get(chance.nextInt(400));
            for (int n = chance.nextInt(4); n > 2; n--) line = mutated(line, chance);
            out.write(line);
            out.write('\n');
        }
        return Files.write(folder.resolve("mutated.log"), out.toByteArray());
    }

    private static byte[] mutated(byte[] line, RandomGenerator chance) {
        int at = chance.nextInt(line.length);
        String text = new String(line, StandardCharsets.ISO_8859_1);
        String planted = switch (chance.nextInt(3)) {
            case 0 -> PLANTED.get(chance.nextInt(PLANTED.size()));
            case 1 -> "";
            default -> String.valueOf((char) chance.nextInt(256)).replace('\n', ' ');
        };
        int skip = chance.nextInt(2);
        return (text.substring(0, at) + planted + text.substring(at + skip)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private Path realLog(ClfFormat format) throws IOException {
        Path log = realLog();
        if (format != ClfFormat.VHOST_COMBINED) return log;
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        return Files.writeString(
                folder.resolve("vhosts.log"),
                text.replaceAll("(?m)^(?=.)", "shop.example:443 "),
                StandardCharsets.ISO_8859_1);
    }

    private static Path realLog() {
        return ExampleTraces.file("apache-combined/access.log");
    }
}
