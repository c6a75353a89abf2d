package io.tierdrill.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.tier.TierKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** What holds of every tier that is a balancer. */
class TierInstanceContractTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERVICE")
    void refusesTrafficUntilItIsWiredAndServesThen(TierKind kind) throws Exception {
        try (Below a = new Below(kind, 1);
                TierInstance tier = Stacks.start(kind, "")) {
            assertThat(whoAnswers(kind, tier)).isEqualTo("refused");
            tier.wire(List.of(a.address));
            assertThat(whoAnswers(kind, tier)).isEqualTo(a.name);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERVICE")
    void swapsTheTierBelowWhenItIsWiredAgain(TierKind kind) throws Exception {
        try (Below a = new Below(kind, 1);
                Below b = new Below(kind, 2);
                TierInstance tier = Stacks.start(kind, "")) {
            tier.wire(List.of(a.address));
            assertThat(whoAnswers(kind, tier)).isEqualTo(a.name);
            tier.wire(List.of(b.address));
            assertThat(whoAnswers(kind, tier)).isEqualTo(b.name);
            tier.wire(List.of());
            assertThat(whoAnswers(kind, tier)).isEqualTo("refused");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERVICE")
    void freesItsPortsAndEndsItsThreadsWhenClosed(TierKind kind) throws Exception {
        TierInstance tier = Stacks.start(kind, "");
        InetSocketAddress traffic = tier.traffic();
        assertThat(threadsOf(kind)).isNotEmpty();
        tier.close();

        assertThatThrownBy(() -> connect(traffic)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> connect(tier.admin())).isInstanceOf(ConnectException.class);
        Await.until("its threads are gone", () -> threadsOf(kind).isEmpty());
        Stacks.start(kind, traffic, "").close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERVICE")
    void saysWhereItCannotListen(TierKind kind) throws Exception {
        try (TierInstance first = Stacks.start(kind, "")) {
            InetSocketAddress taken = first.traffic();
            assertThatThrownBy(() -> Stacks.start(kind, taken, ""))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith("127.0.0.1:" + taken.getPort() + ": cannot listen here: ")
                    .hasMessageContaining("ddress already in use")
                    .hasMessageEndingWith("1 problem; nothing was started.");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERVICE")
    void countsWhatPassesAndEndsWithNothingInFlight(TierKind kind) throws Exception {
        try (Below a = new Below(kind, 1);
                TierInstance tier = Stacks.start(kind, "")) {
            tier.wire(List.of(a.address));
            for (int i = 0; i < 5; i++) whoAnswers(kind, tier);
            Await.until("five are complete", () -> metric(tier, "tierdrill_tier_completions_total") == 5);
            assertThat(metric(tier, "tierdrill_tier_arrivals_total")).isEqualTo(5);
            assertThat(metric(tier, "tierdrill_tier_in_flight")).isZero();
            assertThat(metric(tier, "tierdrill_tier_errors_total")).isZero();
            assertThat(metric(tier, "tierdrill_tier_residence_seconds_total")).isPositive();
        }
    }

    private static double metric(TierInstance tier, String name) {
        return Raw.get(tier.admin(), "/metrics")
                .lines()
                .filter(l -> l.startsWith(name + "{"))
                .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' '))))
                .sum();
    }

    private static String whoAnswers(TierKind kind, TierInstance tier) throws IOException {
        if (kind != TierKind.DNS) {
            String body = Raw.get(tier.traffic(), "/");
            return body.startsWith("l7: not wired") ? "refused" : body;
        }
        SimpleResolver resolver = new SimpleResolver(tier.traffic());
        Record question = Record.newRecord(Name.fromString("peak.test."), Type.A, DClass.IN);
        Message answer = resolver.send(Message.newQuery(question));
        return answer.getRcode() == Rcode.SERVFAIL
                ? "refused"
                : answer.getSection(Section.ANSWER).get(0).rdataToString();
    }

    private static void connect(InetSocketAddress to) throws IOException {
        try (Socket socket = Raw.connect(to)) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    private static List<String> threadsOf(TierKind kind) {
        Set<Thread> all = Thread.getAllStackTraces().keySet();
        return all.stream()
                .map(Thread::getName)
                .filter(n -> n.startsWith(kind.word() + "-1-"))
                .toList();
    }

    /** An instance of the tier below: for DNS an address is enough. */
    private static final class Below implements AutoCloseable {
        private final EchoService service;
        private final InetSocketAddress address;
        private final String name;

        Below(TierKind above, int number) throws IOException {
            boolean dns = above == TierKind.DNS;
            service = new EchoService("service-" + number);
            address = dns ? new InetSocketAddress("127.0.9." + number, 80) : service.address();
            name = dns ? "127.0.9." + number : "service-" + number;
        }

        @Override
        public void close() {
            service.close();
        }
    }
}
