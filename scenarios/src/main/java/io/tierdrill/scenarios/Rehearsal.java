package io.tierdrill.scenarios;

import io.tierdrill.load.InjectorProgress;
import java.util.function.Supplier;

/** Whoever watches an experiment go by; called from the thread that runs it, but for {@link #phase}: from any. */
public interface Rehearsal {

    /** A part of the work begins, or something happened to the stack, in words: {@code bringing up 14 processes}. */
    void phase(String what);

    /**
     * Requests begin to flow.
     *
     * @param progress asks the injector how it stands; cheap, from any thread, until {@link #sent}
     * @param stop ends the run early with what was done so far; from any thread
     */
    void sending(Supplier<InjectorProgress> progress, Runnable stop);

    /** The last answer is in. */
    void sent();

    /** Nobody watches. */
    static Rehearsal unwatched() {
        return new Rehearsal() {
            @Override
            public void phase(String what) {}

            @Override
            public void sending(Supplier<InjectorProgress> progress, Runnable stop) {}

            @Override
            public void sent() {}
        };
    }
}
