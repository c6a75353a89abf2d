package io.tierdrill.lb.l7;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.EchoService;
import io.tierdrill.lb.Stacks;
import io.tierdrill.lb.TestCertificate;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.lb.Witness;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 as real clients speak it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2Test {
    private static final int[] SIZES = {0, 1, 100, 1023, 8192, 65_537, 300_000, 1_500_000};

    @TempDir
    static Path folder;

    private TestCertificate certificate;
    private Witness witness;
    private EchoService service;
    private TierInstance l7;
    private HttpClient client;

    @BeforeAll
    void makeCertificate() throws Exception {
        certificate = TestCertificate.make(folder, "l7");
    }

    @BeforeEach
    void start() throws Exception {
        witness = new Witness();
        service = new EchoService("s");
        l7 = Stacks.start(TierKind.L7, certificate.yaml() + "record: {bodies: 2MiB}\n", witness);
        l7.wire(List.of(service.address()));
        client = HttpClient.newBuilder().sslContext(certificate.trusting()).build();
    }

    @AfterEach
    void stop() {
        l7.close();
        service.close();
    }

    @Test
    void carriesManyStreamsAtOnceAndTheirBodiesUnchanged() throws Exception {
        downloads(1).get(); // so that there is one connection for all that follow
        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<Void>> checks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int n = round * 20 + i;
                int size = n < 380 ? SIZES[n % 6] : SIZES[n % SIZES.length];
                checks.add(n % 2 == 0 ? downloads(size) : uploads(Math.max(1, size)));
            }
            for (CompletableFuture<Void> check : checks) check.get();
        }
        List<RequestRecord> told = witness.ended(401);
        assertThat(told).hasSize(401).allMatch(r -> r.scheme().equals("https"));
        assertThat(told)
                .extracting(RequestRecord::connection)
                .containsOnly(told.get(0).connection());
        assertThat(told)
                .filteredOn(r -> r.method().equals("POST"))
                .allMatch(r -> r.body().equals(RequestRecord.Body.of(EchoService.Bytes.array((int)
                        r.body().size()))));
        assertThat(witness.endedAgain()).isZero();
    }

    private CompletableFuture<Void> downloads(int size) {
        return client.sendAsync(HttpRequest.newBuilder(uri("/?size=" + size)).build(), BodyHandlers.ofByteArray())
                .thenAccept(a -> {
                    assertThat(a.version()).isEqualTo(HttpClient.Version.HTTP_2);
                    assertThat(a.body()).isEqualTo(EchoService.Bytes.array(size));
                });
    }

    /** Half of them without a length. */
    private CompletableFuture<Void> uploads(int size) {
        byte[] body = EchoService.Bytes.array(size);
        BodyPublisher publisher = size % 2 == 0
                ? BodyPublishers.ofByteArray(body)
                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        return client.sendAsync(HttpRequest.newBuilder(uri("/")).POST(publisher).build(), BodyHandlers.ofByteArray())
                .thenAccept(a -> assertThat(a.body()).isEqualTo(body));
    }

    @Test
    void speaksHttp1WithThoseWhoWantTo() throws Exception {
        HttpClient old = HttpClient.newBuilder()
                .sslContext(certificate.trusting())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpResponse<String> answer = old.send(HttpRequest.newBuilder(uri("/")).build(), BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(answer.body()).isEqualTo("s");
    }

    @Test
    void answersHeadAndWaitsForAContinue() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(uri("/?size=77"))
                .method("HEAD", BodyPublishers.noBody())
                .build();
        assertThat(client.send(head, BodyHandlers.ofString()).headers().firstValueAsLong("content-length"))
                .hasValue(77);
        HttpRequest expecting = HttpRequest.newBuilder(uri("/"))
                .expectContinue(true)
                .POST(BodyPublishers.ofString("body"))
                .build();
        assertThat(client.send(expecting, BodyHandlers.ofString()).body()).isEqualTo("body");
    }

    @Test
    void tellsTheFieldsAsTheyCame() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/x?y=z"))
                .header("authorization", "Bearer 1")
                .header("X-Mine", "2")
                .build();
        client.send(request, BodyHandlers.ofString());
        RequestRecord told = witness.only();
        assertThat(told.authority()).isEqualTo("localhost:" + l7.traffic().getPort());
        assertThat(told.path()).isEqualTo("/x?y=z");
        assertThat(told.headers()).contains(new Header("authorization", "Bearer 1"), new Header("x-mine", "2"));
        assertThat(told.headers())
                .noneMatch(h -> h.name().startsWith(":") || h.name().startsWith("x-forwarded"));
    }

    @Test
    void understandsNghttp() throws Exception {
        need("nghttp");
        String said = run(
                "nghttp",
                "-v",
                "--no-verify-peer",
                "-H",
                "x-a: b",
                uri("/?size=10").toString());
        assertThat(said).contains(":status: 200").contains("x-service: s").doesNotContain("RST_STREAM");
    }

    @Test
    void understandsH2load() throws Exception {
        need("h2load");
        String said = run(
                "h2load", "-n", "2000", "-c", "4", "-m", "50", uri("/?size=500").toString());
        assertThat(said).contains("2000 succeeded, 0 failed, 0 errored, 0 timeout");
        try (TierInstance clear = Stacks.start(TierKind.L7, "", witness)) {
            clear.wire(List.of(service.address()));
            String url = "http://127.0.0.1:" + clear.traffic().getPort() + "/?size=500";
            String plain = run("h2load", "-n", "2000", "-c", "4", "-m", "50", url);
            assertThat(plain).contains("2000 succeeded, 0 failed, 0 errored, 0 timeout");
        }
        assertThat(witness.ended(4000))
                .hasSize(4000)
                .extracting(RequestRecord::connection)
                .isNotEmpty();
    }

    private URI uri(String path) {
        return URI.create("https://localhost:" + l7.traffic().getPort() + path);
    }

    private static void need(String program) {
        boolean there =
                Stream.of(System.getenv("PATH").split(":")).anyMatch(f -> Files.isExecutable(Path.of(f, program)));
        String missing = "no " + program + " (Debian: apt-get install nghttp2-client)";
        if ("true".equals(System.getenv("CI"))) assertThat(there).as(missing).isTrue();
        Assumptions.assumeTrue(there, missing);
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
