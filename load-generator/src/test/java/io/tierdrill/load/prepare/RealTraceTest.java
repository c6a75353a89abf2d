package io.tierdrill.load.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.load.http.Identity;
import io.tierdrill.load.http.PlainEncoder;
import io.tierdrill.load.http.RequestEncoder;
import io.tierdrill.load.order.Order;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.model.trace.TraceWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is prepared is, byte for byte, what a slow and obvious encoder makes of the same trace. */
@Timeout(60)
class RealTraceTest {
    private static final Pattern COMBINED =
            Pattern.compile("(\\S+) \\S+ \\S+ \\[[^]]*] \"(\\S+) (\\S+)[^\"]*\" \\S+ \\S+ \"(.*?)\" \"(.*)\"");
    private static final Identity IDENTITY = new Identity(Optional.of("X-Forwarded-For"), Optional.of("X-User"));

    @TempDir
    Path folder;

    private static RequestRecord request(
            int number, String client, String user, String method, String path, List<Header> headers, Body body) {
        String host = number % 3 == 0 ? "" : "h" + number % 5 + ".example";
        return new RequestRecord(number, client, "", user, "http", method, host, path, headers, body, Optional.empty());
    }

    /** A real log. Some of its clients are taken for users, and some of its requests have a host and a body. */
    private static List<RequestRecord> real() throws Exception {
        Path log = Path.of(
                        Optional.ofNullable(System.getenv("TIERDRILL_TRACES")).orElse("../../shared/traces"))
                .resolve("apache-combined/access.log");
        String missing = log + " is not there; set TIERDRILL_TRACES to the folder of example traces";
        if ("true".equals(System.getenv("CI"))) assertThat(log).as(missing).isReadable();
        assumeTrue(Files.isReadable(log), missing);
        List<RequestRecord> requests = new ArrayList<>();
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Matcher m = COMBINED.matcher(line);
                if (!m.matches()) continue;
                int i = requests.size();
                List<Header> headers = List.of(
                        new Header("Referer", m.group(4)),
                        new Header("User-Agent", m.group(5)),
                        new Header(i % 7 == 0 ? "connection" : "x-forwarded-for", "close"));
                Body body = i % 11 == 0 ? Body.of(m.group(5).getBytes(StandardCharsets.UTF_8)) : Body.none();
                String user = m.group(1).hashCode() % 2 == 0 ? m.group(1) : "";
                requests.add(request(i, m.group(1), user, m.group(2), m.group(3), headers, body));
            }
        }
        assertThat(requests).hasSizeGreaterThan(9_900);
        return requests;
    }

    /**
     * Whatever may stand in a trace: control characters, letters of all kinds, names that are ours, WebSockets; {@code Aa} and
     * {@code BB} have the same hash.
     */
    private static List<RequestRecord> strange() {
        RandomGenerator chance = new Seeds(5).stream("strange");
        String[] names = {
            "Upgrade", "Sec-WebSocket-Key", "X-User", "a:b", "\u00e4", "Content-Length", "Aa", "BB", "X\r\nY"
        };
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            List<Header> headers = new ArrayList<>();
            while (chance.nextInt(4) > 0)
                headers.add(new Header(
                        names[chance.nextInt(names.length)], chance.nextInt(5) == 0 ? "websocket" : text(chance)));
            requests.add(request(
                    i, "1.1.1." + i % 200, "u" + i % 9, "G" + text(chance), "/" + text(chance), headers, Body.none()));
        }
        return requests;
    }

    private static String text(RandomGenerator chance) {
        StringBuilder text = new StringBuilder();
        int[] some = "abc /%?\r\n\t\u0000\u007f\u00e4\u20ac\ud83d\ude00:;\u001f~"
                .codePoints()
                .toArray();
        while (chance.nextInt(chance.nextInt(9) + 1) > 0) text.appendCodePoint(some[chance.nextInt(some.length)]);
        return text.toString();
    }

    private void check(List<RequestRecord> requests) throws Exception {
        Path file = folder.resolve("t.trace");
        try (TraceWriter writer = TraceWriter.create(file, new TraceHeader(Instant.EPOCH, "test", Map.of()))) {
            for (RequestRecord request : requests) writer.write(request);
        }
        PlainEncoder plain = new PlainEncoder("target:80", IDENTITY);
        RequestEncoder encoder = new RequestEncoder("target:80", IDENTITY);
        Lanes lanes = new Lanes(Layout.byClient());
        try (TraceReader reader = TraceReader.open(file);
                Encoding ahead = new Encoding(
                        new Read(reader), encoder, lanes, Order.USER, Optional.empty(), false, 1, 4 << 20)) {
            Upcoming<Encoded> upcoming = ahead.upcoming(0);
            for (RequestRecord request : requests) {
                while (!upcoming.next()) assertThat(upcoming.ended()).isFalse();
                Encoded encoded = upcoming.request();
                byte[] bytes = new byte[encoded.length()];
                encoded.bytes().get(encoded.from(), bytes);
                assertThat(new String(bytes, StandardCharsets.UTF_8))
                        .isEqualTo(new String(plain.encode(request), StandardCharsets.UTF_8));
                assertThat(bytes).isEqualTo(plain.encode(request));
            }
        }
    }

    /** Everything at once, as it is read. */
    private static final class Read implements Plan {
        private final TraceReader reader;
        private RequestRecord current;

        Read(TraceReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean next() {
            if (!reader.hasNext()) return false;
            current = reader.next();
            return true;
        }

        @Override
        public long dueNanos() {
            return current.offsetNanos();
        }

        @Override
        public RequestRecord request() {
            return current;
        }

        @Override
        public void close() {}
    }

    @Test
    void ofAWebServersLog() throws Exception {
        check(real());
    }

    @Test
    void ofWhateverMayStandInATrace() throws Exception {
        check(strange());
    }
}
