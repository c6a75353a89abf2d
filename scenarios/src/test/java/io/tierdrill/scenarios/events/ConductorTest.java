package io.tierdrill.scenarios.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.targets.DrillAction;
import io.tierdrill.targets.StackConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ConductorTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<PlannedEvent> EVENTS = List.of(
            new PlannedEvent(Duration.ofSeconds(1), DrillAction.HANG, "l7/1"),
            new PlannedEvent(Duration.ofSeconds(2), DrillAction.RESUME, "l7/1"),
            new PlannedEvent(Duration.ofSeconds(9), DrillAction.KILL, "l7/2"));

    private final AtomicLong now = new AtomicLong(-SECOND);
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
    private final BlockingQueue<RunEvent> log = new LinkedBlockingQueue<>();
    private StackConfig stack;

    @BeforeEach
    void stack() {
        stack = StackConfig.from(ConfigFile.parse("s.yaml", "l7: {instances: 2}", new Problems()));
    }

    private Conductor start(Conductor.Performer performer) {
        return Conductor.start(EVENTS, stack, new Seeds(1), performer, now::get, log::add);
    }

    private void note(DrillAction action, InstanceId whom) {
        done.add(now.get() / SECOND + " s: " + action.word() + " " + whom);
    }

    @Test
    void doesEachWhenItsTimeHasComeAndLeavesOutWhatIsNotDueAtTheEnd() throws Exception {
        try (Conductor conductor = start(this::note)) {
            assertThat(conductor).isNotNull();
            assertThat(done).isEmpty();
            now.set(SECOND);
            assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo("1 s: hang l7/1");
            assertThat(done).isEmpty();
            now.set(2 * SECOND);
            assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo("2 s: resume l7/1");
        }
        assertThat(done).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void tellsWhatCannotBeDoneAndGoesOn() throws Exception {
        now.set(9 * SECOND);
        try (Conductor conductor = start((action, whom) -> {
            if (action == DrillAction.HANG) throw new IOException("is not running");
            note(action, whom);
        })) {
            assertThat(conductor).isNotNull();
            assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo("9 s: resume l7/1");
            assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo("9 s: kill l7/2");
        }
        assertThat(log)
                .containsExactly(new RunEvent(9 * SECOND, "drill-failed", "l7/1", "could not be hung: is not running"));
    }
}
