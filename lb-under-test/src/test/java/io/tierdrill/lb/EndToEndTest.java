package io.tierdrill.lb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.tier.TierKind;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** L3, two L4s, two L7s and three services in one process. */
class EndToEndTest {
    private static final int[] SIZES = {0, 1, 100, 1023, 8192, 65_537, 300_000, 1_500_000};

    private final List<AutoCloseable> running = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private List<TierInstance> l7s;
    private TierInstance l3;

    @BeforeEach
    void start() throws Exception {
        List<InetSocketAddress> services = new ArrayList<>();
        for (int i = 1; i <= 3; i++) services.add(service(i).address());
        l7s = List.of(tier(TierKind.L7, services), tier(TierKind.L7, services));
        List<InetSocketAddress> below = traffic(l7s);
        List<TierInstance> l4s = List.of(tier(TierKind.L4, below), tier(TierKind.L4, below));
        l3 = tier(TierKind.L3, traffic(l4s));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : running) one.close();
    }

    @Test
    void carriesAThousandRequestsAndTheirBodiesUnchanged() throws Exception {
        for (int round = 0; round < 50; round++) {
            List<CompletableFuture<Void>> checks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int n = round * 20 + i;
                int size = n < 960 ? SIZES[n % 5] : SIZES[n % SIZES.length];
                checks.add(n % 2 == 0 ? downloads(size) : uploads(size));
            }
            for (CompletableFuture<Void> check : checks) check.get();
        }
    }

    @Test
    void tellsTheServiceTheClientsAddress() throws Exception {
        HttpResponse<byte[]> answer = client.send(request("/"), BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("x-seen-x-forwarded-for")).contains("127.0.0.1");
        assertThat(answer.headers().firstValue("x-seen-via")).contains("1.1 tierdrill");

        String other = get(from("127.0.0.77"), "/");
        assertThat(other).contains("x-seen-x-forwarded-for: 127.0.0.77\r\n");
    }

    @Test
    void addsItsStagesBehindThoseOfTheService() throws Exception {
        HttpResponse<byte[]> answer = client.send(request("/"), BodyHandlers.ofByteArray());
        assertThat(answer.headers().allValues("server-timing"))
                .hasSize(2)
                .first()
                .isEqualTo("service;dur=1.000");
        assertThat(answer.headers().allValues("server-timing").get(1))
                .matches("l7;dur=\\d+\\.\\d{3}, l7-queue;dur=0\\.000, l7-downstream;dur=\\d+\\.\\d{3}");
    }

    @Test
    void spreadsConnectionsOverAllOfEveryTier() throws Exception {
        Set<String> services = new HashSet<>();
        for (int i = 0; i < 60; i++) services.add(Raw.get(l3.traffic(), "/"));
        assertThat(services).containsExactlyInAnyOrder("service-1", "service-2", "service-3");
    }

    private CompletableFuture<Void> downloads(int size) {
        return client.sendAsync(request("/?size=" + size), BodyHandlers.ofByteArray())
                .thenAccept(a -> assertThat(a.body()).isEqualTo(EchoService.Bytes.array(size)));
    }

    /** Half of them in chunks: a stream has no length. */
    private CompletableFuture<Void> uploads(int size) {
        byte[] body = EchoService.Bytes.array(Math.max(1, size));
        HttpRequest.BodyPublisher publisher = size % 2 == 0
                ? BodyPublishers.ofByteArray(body)
                : BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body));
        HttpRequest post = HttpRequest.newBuilder(uri("/")).POST(publisher).build();
        return client.sendAsync(post, BodyHandlers.ofByteArray())
                .thenAccept(a -> assertThat(a.body()).isEqualTo(body));
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(uri(path)).build();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + l3.traffic().getPort() + path);
    }

    private Socket from(String address) throws Exception {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(l3.traffic(), 5_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String get(Socket socket, String path) throws Exception {
        try (socket) {
            RawServer.say(socket, "GET " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    private EchoService service(int number) throws Exception {
        EchoService service = new EchoService("service-" + number);
        running.add(service);
        return service;
    }

    private TierInstance tier(TierKind kind, List<InetSocketAddress> below) throws Exception {
        TierInstance tier = Stacks.start(kind, "");
        running.add(0, tier);
        tier.wire(below);
        return tier;
    }

    private static List<InetSocketAddress> traffic(List<TierInstance> tiers) {
        return tiers.stream().map(TierInstance::traffic).toList();
    }
}
