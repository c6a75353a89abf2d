package io.tierdrill.lb.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> expired = new ArrayList<>();
    private long now;
    private final DeadlineQueue queue = new DeadlineQueue(channel.eventLoop(), () -> now, 100);

    DeadlineQueueTest() {
        channel.freezeTime();
    }

    @Test
    void runsWhatIsOverInOrderAndNothingElse() {
        Deadline a = deadline("a");
        Deadline b = deadline("b");
        Deadline c = deadline("c");
        queue.start(a);
        pass(10);
        queue.start(b);
        pass(10);
        queue.start(c);
        b.cancel();
        pass(79);
        assertThat(expired).isEmpty();
        pass(1);
        assertThat(expired).containsExactly("a");
        pass(20);
        assertThat(expired).containsExactly("a", "c");
    }

    @Test
    void startsAnewWhenStartedAgain() {
        Deadline a = deadline("a");
        queue.start(a);
        pass(90);
        queue.start(a);
        pass(99);
        assertThat(expired).isEmpty();
        pass(1);
        assertThat(expired).containsExactly("a");
        pass(500);
        assertThat(expired).hasSize(1);
    }

    @Test
    void canBeStartedByWhatExpires() {
        List<Deadline> self = new ArrayList<>();
        Deadline again = new Deadline(() -> {
            expired.add("again");
            queue.start(self.get(0));
        });
        self.add(again);
        queue.start(again);
        pass(100);
        pass(100);
        again.cancel();
        pass(300);
        assertThat(expired).containsExactly("again", "again");
    }

    private Deadline deadline(String name) {
        return new Deadline(() -> expired.add(name));
    }

    /** Both clocks go together: the loop's, and the one the queue is given. */
    private void pass(long nanos) {
        now += nanos;
        channel.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }
}
