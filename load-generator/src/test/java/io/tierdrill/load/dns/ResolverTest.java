package io.tierdrill.load.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.load.loop.IoLoop;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong();
    private IoLoop loop;
    private TinyDns dns;
    private Resolver resolver;

    /** What a waiter heard. */
    private static final class Heard implements Addresses.Waiter {
        final List<String> words = new ArrayList<>();

        @Override
        public void resolved(InetAddress address) {
            words.add(address.getHostAddress());
        }

        @Override
        public void unresolved(String why) {
            words.add(why);
        }
    }

    @BeforeEach
    void open() throws IOException {
        loop = IoLoop.best();
        dns = new TinyDns();
        resolver = new Resolver(loop, dns.address(), "shop.example", now::get);
    }

    @AfterEach
    void close() throws IOException {
        resolver.close();
        dns.close();
        loop.close();
    }

    private String ask() {
        Heard heard = new Heard();
        resolver.ask(heard);
        turnUntil(heard, 1);
        return heard.words.get(0);
    }

    private void turnUntil(Heard heard, int words) {
        long deadline = NanoClock.system().nanos() + 10 * SECOND;
        while (heard.words.size() < words) {
            loop.await(1_000_000);
            assertThat(NanoClock.system().nanos()).as("deadline").isLessThan(deadline);
        }
    }

    @Test
    void rotatesOverTheAddressesOfOneAnswer() {
        dns.answers("10.0.0.1", "10.0.0.2");
        assertThat(ask()).isEqualTo("10.0.0.1");
        assertThat(ask()).isEqualTo("10.0.0.2");
        assertThat(resolver.next().orElseThrow().getHostAddress()).isEqualTo("10.0.0.1");
        assertThat(dns.questions()).isEqualTo(1);
    }

    @Test
    void keepsAnAnswerForItsTimeToLiveAndNotANanosecondLonger() {
        dns.ttl(30);
        dns.answers("10.0.0.1");
        ask();
        now.addAndGet(30 * SECOND - 1);
        assertThat(resolver.next()).isPresent();
        now.addAndGet(1);
        assertThat(resolver.next()).isEmpty();
        dns.answers("10.0.0.9");
        assertThat(ask()).isEqualTo("10.0.0.9");
        assertThat(dns.questions()).isEqualTo(2);
    }

    @Test
    void asksOnceForAllWhoWait() {
        dns.answers("10.0.0.1", "10.0.0.2");
        Heard heard = new Heard();
        for (int i = 0; i < 3; i++) resolver.ask(heard);
        turnUntil(heard, 3);
        assertThat(heard.words).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.1");
        assertThat(dns.questions()).isEqualTo(1);
    }

    @Test
    void asksAgainOverTcpWhenTheAnswerWasCut() {
        dns.truncates();
        dns.answers("10.0.0.7");
        assertThat(ask()).isEqualTo("10.0.0.7");
        assertThat(dns.questionsOverTcp()).isEqualTo(1);
    }

    @Test
    void tellsWhatTheServerSaidOfANameItDoesNotKnow() {
        assertThat(ask()).startsWith("NXDOMAIN and no address from 127.0.0.1:");
        assertThat(ask()).startsWith("NXDOMAIN");
        assertThat(dns.questions()).as("a failure is not kept").isEqualTo(2);
    }

    @Test
    void asksThreeTimesAndGivesUp() {
        dns.staysSilent();
        Heard heard = new Heard();
        resolver.ask(heard);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(heard.words).isEmpty();
            assertThat(resolver.nextDeadlineNanos()).isEqualTo(now.get() + SECOND);
            now.addAndGet(SECOND);
            resolver.expire(now.get());
        }
        assertThat(heard.words)
                .containsExactly(
                        "no answer from " + "127.0.0.1:" + dns.address().getPort() + " to 3 questions");
    }

    @Test
    void ignoresAnswersToQuestionsItDidNotAsk() {
        dns.forgesFirst();
        dns.answers("10.0.0.1");
        assertThat(ask()).isEqualTo("10.0.0.1");
    }
}
