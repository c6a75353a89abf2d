package io.tierdrill.targets.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final List<String> begun = new ArrayList<>();

    @Test
    void beginsAsManyAsThereAreSlotsAndLetsTheRestWaitInOrder() {
        var slots = new Slots<String>(2, 2, begun::add);

        for (String request : List.of("a", "b", "c", "d"))
            assertThat(slots.offer(request)).isTrue();

        assertThat(begun).containsExactly("a", "b");
        assertThat(slots.used()).isEqualTo(2);
        assertThat(slots.queued()).isEqualTo(2);

        slots.release();
        assertThat(begun).containsExactly("a", "b", "c");
        slots.release();
        assertThat(begun).containsExactly("a", "b", "c", "d");
        assertThat(slots.queued()).isZero();
    }

    @Test
    void refusesAndCountsWhatFindsTheQueueFull() {
        var slots = new Slots<String>(1, 1, begun::add);
        slots.offer("a");
        slots.offer("b");

        assertThat(slots.offer("c")).isFalse();
        assertThat(slots.offer("d")).isFalse();

        assertThat(slots.drops()).isEqualTo(2);
        assertThat(slots.queued()).isEqualTo(1);
    }

    @Test
    void refusesAtOnceWhereThereIsNoQueue() {
        var slots = new Slots<String>(1, 0, begun::add);

        assertThat(slots.offer("a")).isTrue();
        assertThat(slots.offer("b")).isFalse();

        slots.release();
        assertThat(slots.offer("c")).isTrue();
    }

    @Test
    void skipsWhoeverLeftTheQueue() {
        var slots = new Slots<String>(1, 5, begun::add);
        for (String request : List.of("a", "b", "c")) slots.offer(request);

        assertThat(slots.withdraw("b")).isTrue();
        assertThat(slots.withdraw("a")).as("it does not wait").isFalse();
        slots.release();

        assertThat(begun).containsExactly("a", "c");
    }

    @Test
    void worksOffALongQueueOfRequestsThatFinishWhileTheyBegin() {
        int many = 100_000;
        var at = new Slots<?>[1];
        var slots = new Slots<Integer>(1, many, request -> {
            if (request > 0) at[0].release();
        });
        at[0] = slots;
        IntStream.rangeClosed(0, many).forEach(slots::offer);

        slots.release();

        assertThat(slots.queued()).isZero();
        assertThat(slots.used()).isZero();
    }
}
