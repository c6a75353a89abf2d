package io.tierdrill.targets.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.sample.MetricNames;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.targets.Eventually;
import io.tierdrill.targets.HttpConversation;
import io.tierdrill.targets.HttpConversation.Answer;
import io.tierdrill.targets.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceServerTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private ServiceServer service;

    @AfterEach
    void close() {
        if (service != null) service.close();
    }

    @Test
    void answersEveryPathWithItsBodyOnOneConnection() throws Exception {
        start(new ServiceConfig(1, Duration.ZERO, Duration.ZERO, 0, 100_000, 1, 0));

        try (var client = connect()) {
            for (String path : List.of("/", "/cat.jpeg?of=london", "/a/b/c")) {
                Answer answer = client.get(path);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.bodyBytes()).isEqualTo(100_000);
            }
        }
        Eventually.until("all complete", () -> metric(MetricNames.COMPLETIONS) == 3);
        assertThat(metric(MetricNames.ARRIVALS)).isEqualTo(3);
        assertThat(metric(MetricNames.ERRORS)).isZero();
        assertThat(metric(MetricNames.IN_FLIGHT)).isZero();
    }

    @Test
    void readsAndDropsTheBodyOfAPost() throws Exception {
        start(ServiceConfig.DEFAULT);

        try (var client = connect()) {
            client.send("POST /order HTTP/1.1\r\nHost: test\r\nContent-Length: 200000\r\n\r\n");
            client.send(new byte[200_000]);
            assertThat(client.read().status()).isEqualTo(200);
            client.send(
                    "POST /order HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void invitesABodyThatWaitsForIt() throws Exception {
        start(ServiceConfig.DEFAULT);

        try (var client = connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.readHead().status()).isEqualTo(100);
            client.send("abc");
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void answersPipelinedRequestsOneByOneInOrder() throws Exception {
        start(new ServiceConfig(1, Duration.ZERO, Duration.ofMillis(5), 0, 10, 8, 0));
        int many = 20;

        try (var client = connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n".repeat(many)
                    + "GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n"
                    + "GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
            for (int i = 0; i < many; i++) assertThat(client.read().bodyBytes()).isEqualTo(10);
            assertThat(client.read().bodyBytes()).as("health").isEqualTo(3);
            assertThat(client.read().bodyBytes()).isEqualTo(10);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void worksOffThousandsOfPipelinedRequests() throws Exception {
        start(new ServiceConfig(1, Duration.ZERO, Duration.ZERO, 0, 0, 1, 0));
        int many = 5_000;

        try (var client = connect()) {
            client.send("GET / HTTP/1.1\r\n\r\n".repeat(many));
            for (int i = 0; i < many; i++) assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void sendsNoBodyForHead() throws Exception {
        start(ServiceConfig.DEFAULT);

        try (var client = connect()) {
            client.send("HEAD / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
            assertThat(client.readHead().headers()).containsEntry("content-length", "1024");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void delaysWithoutUsingUpItsConcurrencyOneByOne() throws Exception {
        start(new ServiceConfig(1, Duration.ZERO, Duration.ofMillis(50), 0, 0, 2, 0));

        try (var one = connect();
                var other = connect()) {
            one.send("GET / HTTP/1.1\r\n\r\n");
            other.send("GET / HTTP/1.1\r\n\r\n");
            assertThat(one.read().timing("service")).isGreaterThanOrEqualTo(50);
            assertThat(other.read().timing("service-queue")).isZero();
        }
        Eventually.until("all complete", () -> metric(MetricNames.COMPLETIONS) == 2);
        assertThat(metric(MetricNames.RESIDENCE_SECONDS)).isGreaterThanOrEqualTo(0.1);
    }

    @Test
    void letsRequestsWaitForASlotAndSaysHowLong() throws Exception {
        start(new ServiceConfig(1, Duration.ZERO, Duration.ofMillis(200), 0, 0, 1, 5));

        try (var one = connect();
                var other = connect()) {
            one.send("GET / HTTP/1.1\r\n\r\n");
            other.send("GET / HTTP/1.1\r\n\r\n");
            List<Answer> answers = List.of(one.read(), other.read());
            assertThat(answers).filteredOn(a -> a.timing("service-queue") == 0).hasSize(1);
            assertThat(answers)
                    .filteredOn(a -> a.timing("service-queue") > 0)
                    .singleElement()
                    .satisfies(a -> assertThat(a.timing("service")).isGreaterThan(a.timing("service-queue") + 199));
        }
        assertThat(metric(MetricNames.QUEUE_SECONDS)).isPositive();
        assertThat(metric(MetricNames.QUEUED)).isZero();
    }

    @Test
    void refusesWhatFindsTheQueueFullAndStillAnswersItsHealthCheck() throws Exception {
        start(new ServiceConfig(1, Duration.ZERO, LONG, 0, 0, 1, 1));

        try (var working = connect();
                var waiting = connect();
                var late = connect()) {
            working.send("GET / HTTP/1.1\r\n\r\n");
            Eventually.until("one works", () -> resource(MetricNames.RESOURCE_USED, "concurrency") == 1);
            waiting.send("GET / HTTP/1.1\r\n\r\n");
            Eventually.until("one waits", () -> resource(MetricNames.RESOURCE_USED, "queue") == 1);
            assertThat(resource(MetricNames.RESOURCE_WAITERS, "concurrency")).isEqualTo(1);

            assertThat(late.get("/").status()).isEqualTo(503);
            assertThat(late.get("/healthz").status()).isEqualTo(200);
            assertThat(late.get("/").status()).isEqualTo(503);
        }
        assertThat(resource(MetricNames.RESOURCE_DROPS, "queue")).isEqualTo(2);
        assertThat(metric(MetricNames.ERRORS)).isEqualTo(2);
        assertThat(metric(MetricNames.ARRIVALS))
                .as("health checks are not traffic")
                .isEqualTo(4);
    }

    @Test
    void forgetsAClientThatLeavesTheQueue() throws Exception {
        start(new ServiceConfig(1, Duration.ZERO, LONG, 0, 0, 1, 1));

        try (var working = connect();
                var waiting = connect()) {
            working.send("GET / HTTP/1.1\r\n\r\n");
            Eventually.until("one works", () -> resource(MetricNames.RESOURCE_USED, "concurrency") == 1);
            waiting.send("GET / HTTP/1.1\r\n\r\n");
            Eventually.until("one waits", () -> metric(MetricNames.QUEUED) == 1);
            waiting.leave();
            Eventually.until("none waits", () -> metric(MetricNames.QUEUED) == 0);
            Eventually.until("it is done with", () -> metric(MetricNames.COMPLETIONS) == 1);
        }
    }

    @Test
    void freesTheSlotOfAClientThatLeftWhileItsRequestWasWorkedOn() throws Exception {
        start(new ServiceConfig(1, Duration.ZERO, Duration.ofMillis(500), 0, 0, 1, 0));
        assertThat(metric(MetricNames.IN_FLIGHT))
                .as("the first look takes longest; the next are quicker than the work")
                .isZero();

        try (var leaving = connect()) {
            leaving.send("GET / HTTP/1.1\r\n\r\n");
            Eventually.until("it works", () -> resource(MetricNames.RESOURCE_USED, "concurrency") == 1);
        }
        Eventually.until("the slot is free", () -> resource(MetricNames.RESOURCE_USED, "concurrency") == 0);
        assertThat(metric(MetricNames.IN_FLIGHT)).isZero();
    }

    @Test
    void declaresItsLimitsWithTheSettingsThatSetThem() throws Exception {
        start(ServiceConfig.DEFAULT);

        String capacities = metrics()
                .text()
                .lines()
                .filter(line -> line.startsWith(MetricNames.RESOURCE_CAPACITY + "{"))
                .sorted()
                .reduce("", (all, line) -> all + line + "\n");
        assertThat(capacities)
                .contains("kind=\"concurrency\"", "resource=\"concurrency\"", "setting=\"stack.service.concurrency\"")
                .contains("kind=\"queue\"", "resource=\"queue\"", "setting=\"stack.service.queue\"");
    }

    @Test
    void countsRefusalsOnTheSlotsWhereThereIsNoQueue() throws Exception {
        start(new ServiceConfig(1, Duration.ZERO, LONG, 0, 0, 1, 0));

        try (var working = connect();
                var late = connect()) {
            working.send("GET / HTTP/1.1\r\n\r\n");
            Eventually.until("one works", () -> resource(MetricNames.RESOURCE_USED, "concurrency") == 1);
            assertThat(late.get("/").status()).isEqualTo(503);
        }
        assertThat(resource(MetricNames.RESOURCE_DROPS, "concurrency")).isEqualTo(1);
    }

    @Test
    void spendsProcessorTimeOneRequestAfterTheOther() throws Exception {
        start(new ServiceConfig(1, Duration.ofMillis(20), Duration.ZERO, 0, 0, 8, 0));

        try (var one = connect();
                var other = connect()) {
            one.send("GET / HTTP/1.1\r\n\r\n");
            other.send("GET / HTTP/1.1\r\n\r\n");
            double slower = Math.max(one.read().timing("service"), other.read().timing("service"));
            assertThat(slower).as("it waited for the other's 20 ms").isGreaterThan(25);
        }
    }

    @Test
    void hangsUpOnWhatIsNotHttp() throws Exception {
        start(ServiceConfig.DEFAULT);

        try (var client = connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
            client.send("what a nice day it is today\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(metric(MetricNames.ERRORS)).isEqualTo(1);
        assertThat(metric(MetricNames.IN_FLIGHT)).isZero();
    }

    @Test
    void takesConnectionsThatBeginWithAProxyHeader() throws Exception {
        start(ServiceConfig.DEFAULT);

        try (var client = connect()) {
            client.send("PROXY TCP4 192.0.2.1 192.0.2.2 1234 80\r\nGET / HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void cannotBeWiredToAnything() throws Exception {
        start(ServiceConfig.DEFAULT);

        service.wire(List.of());
        assertThatThrownBy(() -> service.wire(List.of(service.admin())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a service is the last tier and cannot be wired to ");
    }

    @Test
    void freesItsPortsAndEndsItsThreadsWhenItIsClosed() throws Exception {
        start(new ServiceConfig(1, Duration.ofMillis(1), Duration.ZERO, 0, 0, 1, 0));
        try (var client = connect()) {
            client.get("/");
            service.close();
            assertThat(client.isClosedByServer()).isTrue();
        }

        for (InetSocketAddress port : List.of(service.traffic(), service.admin()))
            try (var socket = new ServerSocket()) {
                socket.bind(port);
            }
        Eventually.until(
                "its threads have ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("service-1-")));
    }

    @Test
    void saysThatItsAddressIsTaken() throws Exception {
        start(ServiceConfig.DEFAULT);
        InetSocketAddress taken = service.traffic();

        assertThatThrownBy(() -> ServiceServer.start(
                        new InstanceId("service", 2), taken, ServiceConfig.DEFAULT, new Seeds(1), NanoClock.system()))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("127.0.0.1:" + taken.getPort() + ": cannot listen here: ")
                .hasMessageEndingWith("""
                          Stop whoever uses it, or give another address or port 0 for any free one.
                        1 problem; nothing was started.""");
    }

    private void start(ServiceConfig config) throws IOException, BadInputException {
        var any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        service = ServiceServer.start(new InstanceId("service", 1), any, config, new Seeds(1), NanoClock.system());
    }

    private HttpConversation connect() throws IOException {
        return new HttpConversation(service.traffic());
    }

    private Metrics metrics() {
        return Metrics.of(service.admin());
    }

    private double metric(String name) {
        return metrics().value(name);
    }

    private double resource(String name, String resource) {
        return metrics().value(name, "resource=\"" + resource + "\"");
    }
}
