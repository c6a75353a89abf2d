package io.tierdrill.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TickPlanTest {
    @Test
    void fallsDueAtWholeMultiplesOfTheIntervalFromNowOn() {
        assertThat(new TickPlan(100, 0).due()).isZero();
        assertThat(new TickPlan(100, 1).due()).isEqualTo(100);
        assertThat(new TickPlan(100, 100).due()).isEqualTo(100);
        assertThat(new TickPlan(100, -250).due()).isEqualTo(-200);
        assertThat(new TickPlan(100, -300).due()).isEqualTo(-300);
    }

    @Test
    void neverDriftsHoweverLateWithinTheIntervalATickIs() {
        TickPlan plan = new TickPlan(100, -250);
        for (long due = -200; due < 10_000; due += 100) {
            assertThat(plan.due()).isEqualTo(due);
            plan.taken(due + Math.floorMod(due * 7, 100));
        }
        assertThat(plan.missed()).isZero();
    }

    @Test
    void countsTicksThatCouldNotBeKeptAndDoesNotMakeThemUp() {
        TickPlan plan = new TickPlan(100, 0);

        plan.taken(99);
        assertThat(plan.due()).isEqualTo(100);
        plan.taken(200);
        assertThat(plan.due()).isEqualTo(300);
        assertThat(plan.missed()).isEqualTo(1);
        plan.taken(1_050);
        assertThat(plan.due()).isEqualTo(1_100);
        assertThat(plan.missed()).isEqualTo(1 + 7);
    }
}
