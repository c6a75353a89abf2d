package io.tierdrill.recorder.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.fields.ExampleTraces;
import io.tierdrill.recorder.imports.ImportOptions;
import io.tierdrill.recorder.imports.TraceImport;
import io.tierdrill.recorder.leaks.LeakScan;
import io.tierdrill.recorder.leaks.LeakText;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no secret stays as it came, byte for byte: otherwise a replay asks for what nobody ever asked for. */
class OrdinaryTrafficTest {
    private final Redaction redaction = Redaction.of(RedactionConfig.defaults());

    @TempDir
    private Path folder;

    @Test
    void aRealLogKeepsAllButAddressesOfClientsAndMailAndASession() throws Exception {
        Path log = ExampleTraces.file("apache-combined/access.log");
        Path masked = folder.resolve("masked.trace");
        Path plain = folder.resolve("plain.trace");
        ImportOptions options = ImportOptions.defaults();
        TraceImport.run(List.of(log), masked, options);
        TraceImport.run(
                List.of(log), plain, options.withRedaction(options.redaction().off()));

        Map<String, String> clients = new HashMap<>();
        Set<String> told = new TreeSet<>();
        try (TraceReader kept = TraceReader.open(masked);
                TraceReader raw = TraceReader.open(plain)) {
            while (raw.hasNext()) {
                RequestRecord before = raw.next();
                RequestRecord after = kept.next();
                assertThat(after.path()).isEqualTo(before.path());
                if (!after.headers().equals(before.headers())) told.add(before.headers() + " " + after.headers());
                assertThat(network(after.client())).isEqualTo(network(before.client()));
                assertThat(clients.computeIfAbsent(before.client(), c -> after.client()))
                        .isEqualTo(after.client());
            }
            assertThat(kept.hasNext()).isFalse();
        }
        // Crawlers with an address of mail, and referers with a session or a state.
        assertThat(told).hasSizeLessThan(40).allMatch(t -> t.matches(".*(@|[?&](sid|state|key)=).*tdp[a-z]{18}.*"));
        assertThat(clients.values()).doesNotHaveDuplicates().hasSize(1_753);
        assertThat(LeakText.of(LeakScan.of(masked, n -> {})))
                .isEqualTo(masked + ": nothing looks like a secret in 10,000 requests" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?_=1369123456789",
                "/img/logo@2x.png",
                "/npm/bootstrap@5.3.0/dist/js/bootstrap.bundle.min.js",
                "/@angular/core@17.2.1",
                "/2015/05/17/10/05/03/report-20150517100503.tar.gz",
                "/backup-2015-05-17-10-05-03.tar",
                "/products/4006381333930/reviews?page=2&author=smith&sort=price%20asc",
                "/o/550e8400-e29b-41d4-a716-446655440000/items",
                "/status/1234567890123456789",
                "/search?q=what+is+a+token&max_tokens=256&lang=en",
                "/wiki/Password:_a_history",
                "/auth/login?next=%2Fhome",
                "/a?callback=jQuery18307&r=0.4111111111111111",
                "/presentations/logstash-monitorama-2013/images/kibana-dashboard3.png",
                "/static/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.js",
                "/de12abcdefghijklmnop/ES20151231",
                "/hf_models/sk-learn-pipeline-example/xox-tutorial?state=CA",
                "/a?token=&x=1",
                "/%E4%BD%A0%E5%A5%BD?name=J%C3%BCrgen",
                "/a%2",
                "/?q=100%&b=%zz",
            })
    void keepsOrdinaryPaths(String path) {
        assertThat(redaction.apply(request(path)).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/32.0.1700.107",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:26.0) Gecko/20100101 Firefox/26.0",
                "\"Chromium\";v=\"110\", \"Not A(Brand\";v=\"24\"",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "W/\"67ab43-5dEaDbEeF\"",
                "basic information and bearer certificates",
            })
    void keepsOrdinaryHeaders(String value) {
        Header header = new Header("X-Any", value);
        RequestRecord raw = request("/");
        RequestRecord with = new RequestRecord(
                0, raw.client(), "", "", "http", "GET", "", "/", List.of(header), raw.body(), Optional.empty());
        assertThat(redaction.apply(with).headers()).containsExactly(header);
    }

    private static RequestRecord request(String path) {
        return new RequestRecord(
                0,
                "192.0.2.1",
                "",
                "",
                "http",
                "GET",
                "",
                path,
                List.of(),
                RequestRecord.Body.none(),
                Optional.empty());
    }

    private static String network(String address) {
        return address.substring(0, address.lastIndexOf('.'));
    }
}
