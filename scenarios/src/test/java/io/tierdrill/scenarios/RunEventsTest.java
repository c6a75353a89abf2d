package io.tierdrill.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.sample.RunEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunEventsTest {
    @Test
    void holdsEarlyEventsBackAndMovesAllOntoTheRunsTime() {
        List<RunEvent> log = new ArrayList<>();
        RunEvents events = new RunEvents();

        events.accept(new RunEvent(100, "start", "run", "up"));
        assertThat(log).isEmpty();
        events.begin(250, log::add);
        events.accept(new RunEvent(400, "crash", "l7/1", "gone"));

        assertThat(log)
                .containsExactly(new RunEvent(-150, "start", "run", "up"), new RunEvent(150, "crash", "l7/1", "gone"));
    }

    @Test
    void keepsWhatHappensBetweenTwoRunsForTheSecond() {
        List<RunEvent> first = new ArrayList<>();
        List<RunEvent> second = new ArrayList<>();
        RunEvents events = new RunEvents();
        events.begin(100, first::add);
        events.end();

        events.accept(new RunEvent(150, "crash", "l7/1", "gone"));
        events.begin(200, second::add);

        assertThat(first).isEmpty();
        assertThat(second).containsExactly(new RunEvent(-50, "crash", "l7/1", "gone"));
    }
}
