package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.load.engine.Engines;
import io.tierdrill.load.loop.Transport;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PracticeTest {
    private static final NanoClock WALL = NanoClock.system();

    private static InjectorConfig over(Transport transport) {
        InjectorConfig defaults = InjectorConfig.defaults();
        return defaults.with(defaults.machinery().with(transport));
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void goesTheWayTheRunWillGo(Transport transport) throws Exception {
        if (transport != Transport.NETTY) {
            Optional<String> missing = Engines.missing(transport);
            assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        }

        Injection injection =
                Practice.run(over(transport), transport, false, WALL).orElseThrow();

        assertThat(injection.transport()).startsWith(transport.word());
        assertThat(injection.responses()).isEqualTo(1_600);
        assertThat(injection.errors()).isEmpty();
        assertThat(injection.generator().connectionsOpened()).isEqualTo(200);
    }

    @Test
    void keepsToAPoolWhereTheRunHasOne() throws Exception {
        InjectorConfig pooled = over(Transport.NIO).with(new Layout(Layout.Mode.POOL, 5));

        Injection injection = Practice.run(pooled, Transport.NIO, true, WALL).orElseThrow();

        assertThat(injection.responses()).isEqualTo(1_600);
        assertThat(injection.generator().connectionsPeak()).isEqualTo(5);
    }

    @Test
    void isSeenByNeitherTheTargetNorWhoeverWantsSamples() throws Exception {
        List<RequestSample> samples = new CopyOnWriteArrayList<>();
        try (TinyServer server = new TinyServer()) {
            Injector injector = new Injector(over(Transport.NIO), WALL, samples::add);

            assertThat(injector.practise(server.target(), WALL)).isEqualTo(1_600);

            assertThat(server.seen()).isEmpty();
            assertThat(samples).isEmpty();
            assertThat(injector.progress().sent()).isZero();
        }
    }

    @Test
    void failsNothingWhereItFails() throws Exception {
        NanoClock broken = () -> {
            throw new IllegalStateException("no time");
        };
        assertThat(Practice.run(over(Transport.NIO), Transport.NIO, false, broken))
                .isEmpty();
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        Practice.run(over(Transport.NIO), Transport.NIO, false, WALL);

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("practice-responder", "load-prepare", "load-histograms");
    }
}
