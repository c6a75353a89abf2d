package io.tierdrill.profiler.recording;

/** A process cannot be profiled, or its profile cannot be had; the message says why in words. */
final class Unprofiled extends Exception {
    private static final long serialVersionUID = 1;

    Unprofiled(String why) {
        super(why);
    }

    Unprofiled(String why, Throwable cause) {
        super(why, cause);
    }
}
