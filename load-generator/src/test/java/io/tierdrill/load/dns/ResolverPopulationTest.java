package io.tierdrill.load.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.load.loop.IoLoop;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.time.NanoClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResolverPopulationTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong();
    private IoLoop loop;
    private TinyDns dns;
    private ResolverPopulation population;

    @BeforeEach
    void open() throws Exception {
        loop = IoLoop.best();
        dns = new TinyDns();
        dns.answers("10.0.0.1", "10.0.0.2");
        population = of(config("{count: 4, zipf: 1}"));
    }

    @AfterEach
    void close() throws Exception {
        population.close();
        dns.close();
        loop.close();
    }

    private static ResolversConfig config(String yaml) throws Exception {
        Problems problems = new Problems();
        ResolversConfig config = ResolversConfig.from(ConfigFile.parse("s.yaml", "resolvers: " + yaml, problems));
        problems.throwIfAny();
        return config;
    }

    private ResolverPopulation of(ResolversConfig config) throws Exception {
        if (population != null) population.close();
        return new ResolverPopulation(loop, dns.address(), "shop.example", config, now::get);
    }

    private final List<String> heard = new ArrayList<>();

    private String ask(String client) {
        heard.clear();
        population.ask(client, new Addresses.Waiter() {
            @Override
            public void resolved(InetAddress address) {
                heard.add(address.getHostAddress());
            }

            @Override
            public void unresolved(String why) {
                heard.add(why);
            }
        });
        await();
        return heard.get(0);
    }

    private void await() {
        long deadline = NanoClock.system().nanos() + 10 * SECOND;
        while (heard.isEmpty()) {
            loop.await(1_000_000);
            population.expire(now.get());
            assertThat(NanoClock.system().nanos()).as("deadline").isLessThan(deadline);
        }
    }

    private String userOf(int resolver) {
        for (int i = 0; ; i++) if (population.home("user-" + i) == resolver) return "user-" + i;
    }

    /** Weights 1, 1/2, 1/3, 1/4 of 25/12; 40,000 users: deviation at most sqrt(40000 / 4) = 100; four of them. */
    @Test
    void usersHaveOneResolverEachByItsWeight() {
        int[] users = new int[4];
        for (int i = 0; i < 40_000; i++) {
            int home = population.home("user-" + i);
            assertThat(population.home("user-" + i)).isEqualTo(home);
            users[home]++;
        }
        for (int k = 0; k < 4; k++)
            assertThat((double) users[k]).isCloseTo(40_000 * 12 / 25.0 / (k + 1), within(400.0));
    }

    @Test
    void eachResolverAsksByItselfAndServesItsUsersFromItsCache() {
        for (int resolver = 0; resolver < 4; resolver++) {
            assertThat(ask(userOf(resolver))).isEqualTo("10.0.0.1");
            assertThat(population.next(userOf(resolver)).orElseThrow().getHostAddress())
                    .isEqualTo("10.0.0.2");
        }
        assertThat(dns.questions()).isEqualTo(4);
        assertThat(population.counts()).contains(new ResolverCounts(4, 4, 4, 4, 0, 0));
        now.addAndGet(60 * SECOND - 1);
        assertThat(population.next(userOf(1))).isPresent();
        now.incrementAndGet();
        assertThat(population.next(userOf(1))).isEmpty();
        ask(userOf(1));
        assertThat(dns.questions()).isEqualTo(5);
    }

    @Test
    void keepsAnswersNoShorterAndNoLongerThanItsOwnBounds() throws Exception {
        population = of(config("{minTtl: 30s, maxTtl: 120s}"));
        dns.ttl(1);
        ask("a");
        now.set(30 * SECOND - 1);
        assertThat(population.next("a")).isPresent();
        now.set(30 * SECOND);
        assertThat(population.next("a")).isEmpty();
        dns.ttl(86_400);
        ask("a");
        now.set(150 * SECOND - 1);
        assertThat(population.next("a")).isPresent();
        now.set(150 * SECOND);
        assertThat(population.next("a")).isEmpty();
    }

    @Test
    void tellsTheNetworkOfTheClientAndKeepsAnswersForTheNetworkTheyAreGoodFor() throws Exception {
        population = of(config("{ecs: true}"));
        dns.answersByNetwork(24);
        assertThat(ask("203.0.113.9")).isEqualTo("203.0.113.1");
        assertThat(ask("198.51.100.7~3")).isEqualTo("198.51.100.1");
        assertThat(population.next("203.0.113.200").orElseThrow().getHostAddress())
                .isEqualTo("203.0.113.1");
        assertThat(population.next("203.0.114.9")).isEmpty();
        assertThat(dns.subnets()).containsExactly("203.0.113.0/24", "198.51.100.0/24");

        dns.answersByNetwork(16);
        assertThat(ask("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(population.next("192.0.77.1").orElseThrow().getHostAddress()).isEqualTo("192.0.2.1");

        dns.answersByNetwork(0);
        ask("100.1.2.3");
        assertThat(population.next("8.8.8.8")).isPresent();
        assertThat(ask("no address, so no network")).isEqualTo("100.1.2.1");
    }

    @Test
    void servesAStaleAnswerOnlyWhereNoNewOneCanBeHadAndOnlySoLong() throws Exception {
        population = of(config("{stale: 5m}"));
        ask("a");
        now.set(61 * SECOND);
        assertThat(population.next("a")).isEmpty();
        dns.answers();
        assertThat(ask("a")).startsWith("10.0.0.");
        assertThat(population.next("a")).as("for half a minute").isPresent();
        assertThat(population.counts().orElseThrow().stale()).isEqualTo(1);
        now.set(60 * SECOND + 300 * SECOND);
        assertThat(ask("a")).startsWith("NXDOMAIN and no address from 127.0.0.1:");
        assertThat(population.counts().orElseThrow().failed()).isEqualTo(1);
    }

    @Test
    void asksThreeTimesAndThenTellsAllWhoWait() {
        dns.staysSilent();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 2; i++)
            population.ask(userOf(2), new Addresses.Waiter() {
                @Override
                public void resolved(InetAddress address) {
                    words.add(address.getHostAddress());
                }

                @Override
                public void unresolved(String why) {
                    words.add(why);
                }
            });
        for (int second = 1; second <= 3; second++) {
            assertThat(population.nextDeadlineNanos()).isEqualTo(second * SECOND);
            now.set(second * SECOND);
            population.expire(now.get());
        }
        assertThat(words).hasSize(2).allMatch(w -> w.startsWith("no answer from 127.0.0.1:"));
        assertThat(population.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(population.counts()).contains(new ResolverCounts(3, 0, 0, 2, 0, 2));
    }

    @Test
    void settingsReadThemselvesBackAndTellWhatIsWrong() throws Exception {
        for (String yaml : List.of(
                "{count: 20, zipf: 1.2, ecs: true, minTtl: 5s, maxTtl: 1h, stale: 1h}",
                "{weights: [5, 2.5, 1], server: '127.0.0.1:53'}",
                "{}")) {
            ResolversConfig config = config(yaml);
            Map<String, Object> map = new LinkedHashMap<>();
            config.putInto(map);
            Problems problems = new Problems();
            assertThat(ResolversConfig.from(ConfigFile.parse("s.yaml", ConfigFile.write(map), problems)))
                    .isEqualTo(config);
            problems.throwIfAny();
        }
        assertThat(config("{count: 3, zipf: 1}").weights()).containsExactly(1.0, 0.5, 1 / 3.0);
        assertThat(config("{maxTtl: 10s}").maxTtl()).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> config("{weights: [1, 0], count: 2, minTtl: 2h, maxTtl: 1h}"))
                .hasMessageContaining("resolvers.weights: stand beside a count or zipf")
                .hasMessageContaining("resolvers.weights: cannot use \"0\"")
                .hasMessageContaining("resolvers.minTtl: is more than maxTtl");
    }
}
