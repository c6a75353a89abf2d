package io.tierdrill.load.rules;

import io.tierdrill.model.run.RuleUse;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** How often one rule was applied, and how often it could not be. Written by one thread at a time, read by any. */
final class RuleCount {
    private static final int LONGEST = 300;

    private final String rule;
    private final AtomicLong applied = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicReference<String> firstMiss = new AtomicReference<>("");

    /** @param rule the path of its setting */
    RuleCount(String rule) {
        this.rule = rule;
    }

    void applied() {
        applied.lazySet(applied.get() + 1);
    }

    /** @param why with the request it was about; kept the first time */
    void missed(String why) {
        if (missed.get() == 0) firstMiss.set(why.length() > LONGEST ? why.substring(0, LONGEST) + "..." : why);
        missed.lazySet(missed.get() + 1);
    }

    /** Whether the next miss is the first, and worth an example. */
    boolean neverMissed() {
        return missed.get() == 0;
    }

    RuleUse use() {
        return new RuleUse(rule, applied.get(), missed.get(), firstMiss.get());
    }
}
